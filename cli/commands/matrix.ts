import type { Engine } from '../../engine/index.ts';
import type { Subject } from '../../shared/contract.ts';
import { hostSyntax } from '../../shared/host.ts';
import { cellFix, type MatrixEvent, type MatrixReport } from '../../shared/matrix.ts';
import { emptySettings, settingsOf } from '../../shared/profile.ts';
import { type Context, defineCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { type CliResult, usage } from '../failure.ts';
import { fixCommand, fixOptions } from '../fix-command.ts';
import { importIndex, readImport } from '../import-file.ts';
import { matrixLines, matrixProgress } from '../output/matrix.ts';
import { parsePorts } from '../parse-ports.ts';
import { loadProfile } from '../profile-ref.ts';
import { applyOptions, changesSettings } from '../settings-options.ts';
import { SERVER_OPTIONS } from '../settings-table.ts';
import { commandLine } from '../shell.ts';

const OPTIONS = {
  ...SERVER_OPTIONS,
  from: { kind: 'text', value: 'FILE', help: 'Take the host, CA and proxy from a product’s own file.' },
  target: { kind: 'text', value: 'TARGET', help: 'Product that the file belongs to, if it is not recognised.' },
  index: { kind: 'number', value: 'N', range: [1, 1_000], help: 'Which profile of a file that holds several.' },
  ports: {
    kind: 'text',
    value: 'PORTS',
    help: 'Which ports, such as 587,465. Else 587, 465, 25, 2525, 2587 and the set one.',
  },
} as const;

type MatrixContext = Context<typeof OPTIONS>;

/** What is tried, and the command that takes a result over. */
interface Target {
  subject: Subject;
  use(fix: ReturnType<typeof cellFix>): string;
}

export const matrix = defineCommand({
  usage: 'PROFILE|HOST|--from FILE [--ports PORTS] [OPTIONS]',
  details: [
    'Tries the usual ports, each with TLS, with STARTTLS and in the clear, and says which is the safest that works. No user name and no password is sent.',
    'Takes a stored profile (its host, proxy, CA and names count) or a host. --user says that you mean to sign in, so that a port which offers it is preferred.',
    'Exit code 0: some combination works. 1: none does.',
  ],
  options: OPTIONS,
  positionals: [0, 1],
  examples: [
    'relaysmith matrix mail.acme.example',
    'relaysmith matrix "Acme relay" --ports 587,465 --json',
    'relaysmith matrix --from /etc/grafana/grafana.ini',
  ],
  async run(context) {
    const { io, json, style, print, printJson, positionals, values } = context;
    const ports = parsePorts(values.ports);
    if (!ports.ok) return ports;
    const engine = await context.engine();
    const target = await targetOf(context, engine, positionals[0] ?? values.host);
    if (!target.ok) return target;
    const live = io.stdout.isTTY && !json;
    let done = 0;
    const onEvent = (_event: MatrixEvent) => {
      done += 1;
      if (live) io.stdout.write(matrixProgress(done, style));
    };
    const { subject, use } = target.value;
    const result = await engine.client('tests.matrix', { subject, ports: ports.value }, { signal: io.signal, onEvent });
    if (live) io.stdout.write('\r\u001b[2K');
    if (!result.ok) return result;
    const report: MatrixReport = result.value;
    printJson(report);
    const command = report.recommended ? use(cellFix(report.recommended)) : null;
    for (const line of matrixLines(report, command, style, io.stdout.columns)) print(line);
    if (report.cancelled) return { ok: true, value: EXIT.cancelled };
    return { ok: true, value: report.recommended ? EXIT.ok : EXIT.failed };
  },
});

async function targetOf(context: MatrixContext, engine: Engine, name: string | undefined): Promise<CliResult<Target>> {
  const { from } = context.values;
  if (from !== undefined && name !== undefined)
    return usage('Name a profile, a host or a file, not two of them.', 'Leave one out.');
  if (from !== undefined) return fromFile(context, engine, from);
  if (name === undefined) return usage('There is nothing to try.', 'Name a profile, a host or a file (--from FILE).');
  const stored = await loadProfile(engine, name);
  if (!stored.ok && (stored.error.code !== 'NOT_FOUND' || hostSyntax(name) !== 'ok')) return stored;
  return stored.ok ? fromProfile(context, engine, stored.value.profile) : fromHost(context, engine, name);
}

async function fromProfile(
  { values }: MatrixContext,
  engine: Engine,
  profile: Parameters<typeof settingsOf>[0],
): Promise<CliResult<Target>> {
  const { id } = profile;
  const use: Target['use'] = (fix) => fixCommand(id, fix);
  if (!changesSettings(values, Object.keys(SERVER_OPTIONS))) {
    return { ok: true, value: { subject: { kind: 'stored', profileId: id }, use } };
  }
  const settings = await applyOptions(settingsOf(profile), { ...values, from: undefined }, engine);
  if (!settings.ok) return settings;
  return { ok: true, value: { subject: { kind: 'settings', settings: settings.value, secretsOf: null }, use } };
}

async function fromFile({ values, io }: MatrixContext, engine: Engine, path: string): Promise<CliResult<Target>> {
  const preview = await readImport(engine, io, path, values.target);
  if (!preview.ok) return preview;
  const index = importIndex(preview.value, values.index);
  if (!index.ok) return index;
  const { importId, profiles } = preview.value;
  const subject: Subject = { kind: 'import', importId, index: index.value };
  const base = profiles[index.value];
  if (base && changesSettings(values, Object.keys(SERVER_OPTIONS))) {
    const settings = await applyOptions(base, { ...values, from: undefined }, engine);
    if (!settings.ok) return settings;
    subject.settings = settings.value;
  }
  const use: Target['use'] = (fix) => `${commandLine(['relaysmith', 'test', '--from', path, ...fixOptions(fix)])} …`;
  return { ok: true, value: { subject, use } };
}

async function fromHost({ values }: MatrixContext, engine: Engine, host: string): Promise<CliResult<Target>> {
  const blank = emptySettings();
  // Most people who look for a port have an account there; without a name for it the sign-in counts as wanted.
  blank.signIn.method = values.auth ?? 'password';
  const settings = await applyOptions({ ...blank, name: host }, { ...values, host, from: undefined }, engine);
  if (!settings.ok) return settings;
  return {
    ok: true,
    value: {
      subject: { kind: 'settings', settings: settings.value, secretsOf: null },
      use: (fix) => `${commandLine(['relaysmith', 'test', '--host', host, ...fixOptions(fix)])} …`,
    },
  };
}
