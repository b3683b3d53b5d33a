import type { Engine } from '../../engine/index.ts';
import { emptySettings, type ProfileSettings, settingsOf } from '../../shared/profile.ts';
import { STAGES } from '../../shared/report.ts';
import { BATCH_OPTIONS, isBatch, runBatch } from '../batch-run.ts';
import { type Context, defineCommand } from '../command.ts';
import { type CliResult, usage } from '../failure.ts';
import { fixCommand, fixOptions } from '../fix-command.ts';
import { importIndex, readImport } from '../import-file.ts';
import { loadProfile } from '../profile-ref.ts';
import { REFRESH_TOKEN_OPTION } from '../refresh-token.ts';
import { chooseReportFile, REPORT_OPTIONS } from '../report-file.ts';
import { readSecrets } from '../secret-options.ts';
import { SECRET_OPTIONS } from '../secret-table.ts';
import { applyOptions, changesSettings } from '../settings-options.ts';
import { SERVER_OPTIONS } from '../settings-table.ts';
import { commandLine } from '../shell.ts';
import { runTest, type TestRun } from '../test-run.ts';

const OPTIONS = {
  ...BATCH_OPTIONS,
  ...SERVER_OPTIONS,
  from: { kind: 'text', value: 'FILE', help: 'Test what a product’s own file says, where it stands.' },
  target: { kind: 'text', value: 'TARGET', help: 'Product that the file belongs to, if it is not recognised.' },
  index: { kind: 'number', value: 'N', range: [1, 1_000], help: 'Which profile of a file that holds several.' },
  'from-address': { kind: 'text', value: 'A@B', help: 'Sender for MAIL FROM.' },
  to: { kind: 'text', value: 'A@B', help: 'Recipient for RCPT TO; nothing is sent to it.' },
  relay: { kind: 'flag', help: 'Ask also to where, as whom and what the server lets you send.' },
  until: { kind: 'text', value: 'STAGE', choices: STAGES, help: 'Last stage to run.' },
  'no-history': { kind: 'flag', help: 'Do not keep this run in the profile’s history.' },
  ...REPORT_OPTIONS,
  ...SECRET_OPTIONS,
  ...REFRESH_TOKEN_OPTION,
} as const;

/** Options that change what is tested. */
const OVERRIDES = [...Object.keys(SERVER_OPTIONS), 'from-address'];

type TestContext = Context<typeof OPTIONS>;
type Target = Pick<TestRun, 'subject' | 'fixCommand'>;

export const test = defineCommand({
  usage: '[PROFILE...] [--all|--active] [--from FILE] [--host HOST --port PORT --security MODE] [OPTIONS]',
  details: [
    'Connects, and looks at each stage in turn: settings, DNS, TCP, TLS, greeting, EHLO, certificate, sign-in, sender, recipient. No message is sent.',
    'Tests a stored profile, a product’s file (--from), or a server named by options. Options beside PROFILE or --from apply to this run only; a secret that is stored or in the file is then used only for the destination that it belongs to.',
    '--relay asks more, in transactions that are each taken back: its own domain, an outside recipient (--to, or the test recipient), every sender and domain that the profile declares, SIZE, 8BITMIME, SMTPUTF8, DSN.',
    'Several profiles, --all or --active test many at once and end with a table: 64 tests at a time, of one host 4, so that no server is flooded (--concurrency, --per-host). A profile whose secret is not stored says so, and the others go on.',
    'Exit code 0: every stage that was asked for passed. 1: a stage failed; the report says why and what to do.',
  ],
  options: OPTIONS,
  positionals: [0, 1_000],
  examples: [
    'relaysmith test "Acme production relay"',
    'relaysmith test acme --report acme.html --mask',
    'relaysmith test --active --junit results.xml',
    'relaysmith test --from /opt/mattermost/config/config.json',
    'relaysmith test --host mail.acme.example --port 587 --security starttls --user alerts --password-stdin < password.txt',
    'relaysmith test --host mail.acme.example --port 465 --security tls --until certificate --json',
  ],
  async run(context) {
    const { values, io, positionals } = context;
    if (isBatch(context)) return runBatch(context, values.until ?? null, !values['no-history']);
    const engine = await context.engine();
    const target = await targetOf(context, engine, positionals[0]);
    if (!target.ok) return target;
    const reportFile = await chooseReportFile(engine, values.report, values.mask);
    if (!reportFile.ok) return reportFile;
    const secrets = await readSecrets(io, values);
    if (!secrets.ok) return secrets;
    const { subject } = target.value;
    if (
      secrets.value.password !== undefined &&
      subject.kind === 'settings' &&
      subject.settings.signIn.method === 'none'
    ) {
      return usage(
        'There is a password, but no user name to sign in with.',
        'Add --user NAME, or leave the password out.',
      );
    }
    return runTest(context, {
      engine,
      ...target.value,
      secrets: secrets.value,
      refreshTokenFile: values['refresh-token-file'],
      recipient: values.to ?? null,
      keep: !values['no-history'],
      reportFile: reportFile.value,
      action: { kind: 'check', until: values.until ?? null, relay: values.relay },
    });
  },
});

async function targetOf(context: TestContext, engine: Engine, name: string | undefined): Promise<CliResult<Target>> {
  const { values } = context;
  if (name !== undefined && values.from !== undefined)
    return usage('Name a profile or a file, not both.', 'Leave one out.');
  if (values.from !== undefined) return fromFile(context, engine, values.from);
  if (name !== undefined) return fromProfile(context, engine, name);
  return fromOptions(context, engine);
}

async function fromProfile({ values }: TestContext, engine: Engine, name: string): Promise<CliResult<Target>> {
  const stored = await loadProfile(engine, name);
  if (!stored.ok) return stored;
  const { id } = stored.value.profile;
  const ownFix: Target['fixCommand'] = (fix) => fixCommand(id, fix);
  if (!changesSettings(values, OVERRIDES)) {
    return { ok: true, value: { subject: { kind: 'stored', profileId: id }, fixCommand: ownFix } };
  }
  const settings = await overridden(settingsOf(stored.value.profile), values, engine);
  if (!settings.ok) return settings;
  return {
    ok: true,
    value: { subject: { kind: 'settings', settings: settings.value, secretsOf: id }, fixCommand: ownFix },
  };
}

/** Settings with the options of this run. */
function overridden(
  settings: ProfileSettings,
  values: TestContext['values'],
  engine: Engine,
): Promise<CliResult<ProfileSettings>> {
  const { sender } = settings;
  const from = { ...sender.from, address: values['from-address'] ?? sender.from.address };
  // Here `--from` is a file; elsewhere it is the sender.
  return applyOptions({ ...settings, sender: { ...sender, from } }, { ...values, from: undefined }, engine);
}

async function fromFile({ values, io }: TestContext, engine: Engine, path: string): Promise<CliResult<Target>> {
  const preview = await readImport(engine, io, path, values.target);
  if (!preview.ok) return preview;
  const index = importIndex(preview.value, values.index);
  if (!index.ok) return index;
  const { importId, origins, target } = preview.value;
  const again = ['relaysmith', 'import', path, '--target', target];
  const subject: Target['subject'] = { kind: 'import', importId, index: index.value };
  const base = preview.value.profiles[index.value];
  if (base && changesSettings(values, OVERRIDES)) {
    const settings = await overridden(base, values, engine);
    if (!settings.ok) return settings;
    subject.settings = settings.value;
  }
  return {
    ok: true,
    value: {
      subject,
      fixCommand: (fix) => {
        const prefix = index.value === 0 ? '' : `${index.value}:`;
        const places = fix.set.flatMap(({ field, value }) => {
          const origin = origins[prefix + field];
          return origin ? [`line ${origin.line}, ${origin.key}, for ${field} = ${JSON.stringify(value)}`] : [];
        });
        return places.length > 0
          ? `edit ${path}: ${places.join('; ')}`
          : `${commandLine(again)} (then relaysmith edit)`;
      },
    },
  };
}

async function fromOptions({ values }: TestContext, engine: Engine): Promise<CliResult<Target>> {
  if (values.host === undefined && values.preset === undefined) {
    return usage('There is nothing to test.', 'Name a profile, a file (--from FILE), or a server (--host HOST).');
  }
  const blank = emptySettings();
  blank.name = values.host ?? values.preset ?? '';
  blank.signIn.method = 'none';
  const settings = await overridden(blank, values, engine);
  if (!settings.ok) return settings;
  const { host, port } = settings.value.server;
  return {
    ok: true,
    value: {
      subject: { kind: 'settings', settings: settings.value, secretsOf: null },
      fixCommand: (fix) => {
        const words = fixOptions(fix);
        const destination = words.includes('--host') ? [] : ['--host', host];
        const portWords = words.includes('--port') ? [] : ['--port', String(port)];
        return `${commandLine(['relaysmith', 'test', ...destination, ...portWords, ...words])} …`;
      },
    },
  };
}
