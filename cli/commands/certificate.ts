import type { Engine } from '../../engine/index.ts';
import type { CertificateInfo } from '../../shared/certificate.ts';
import type { Subject } from '../../shared/contract.ts';
import { applyFix } from '../../shared/fix.ts';
import { hostSyntax } from '../../shared/host.ts';
import type { StoredProfile } from '../../shared/library.ts';
import { emptySettings, type ProfileSettings, settingsOf } from '../../shared/profile.ts';
import type { TestReport } from '../../shared/report.ts';
import { certificateToTrust, trustFix } from '../../shared/trust.ts';
import { type Context, defineCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { type CliResult, usage } from '../failure.ts';
import { writeNewPem } from '../new-file.ts';
import { certificateLines } from '../output/certificate.ts';
import { diagnosisLines } from '../output/report.ts';
import { safe } from '../output/safe.ts';
import { loadProfile } from '../profile-ref.ts';
import { askOnce, readSecrets } from '../secret-options.ts';
import { SECRET_OPTIONS } from '../secret-table.ts';
import { applyOptions } from '../settings-options.ts';
import { SERVER_OPTIONS } from '../settings-table.ts';
import { trustCommand } from '../trust-command.ts';

const OPTIONS = {
  ...SERVER_OPTIONS,
  chain: { kind: 'text', value: 'FILE', help: 'Write the certificates as PEM into a new file, the server’s first.' },
  trust: {
    kind: 'text',
    value: 'FINGERPRINT',
    help: 'Trust the private CA or self-signed certificate with this SHA-256 fingerprint, for this profile only.',
  },
  ...SECRET_OPTIONS,
} as const;

type CertificateContext = Context<typeof OPTIONS>;

/** What is looked at; `stored` where it is a profile as it is stored. */
interface Target {
  subject: Subject;
  settings: ProfileSettings;
  stored: StoredProfile | null;
}

export const certificate = defineCommand({
  usage: 'PROFILE|HOST [--chain FILE] [--trust FINGERPRINT] [OPTIONS]',
  details: [
    'Connects, and shows the server’s certificate chain: names, validity, keys, fingerprints, what the server sends and what is missing, and everything that is wrong with it. No user name and no password is sent.',
    'For a host it is port 587 with STARTTLS unless --port and --security say otherwise.',
    '--trust adds a CA to the profile, if nothing else is wrong with the chain and its fingerprint is the one that is named. Compare that with the server’s administrator first.',
    'Exit code 0: the certificate is trusted, or is now. 1: it is not.',
  ],
  options: OPTIONS,
  positionals: [1, 1],
  examples: [
    'relaysmith certificate mail.acme.example --port 465 --security tls',
    'relaysmith certificate acme --chain chain.pem',
    'relaysmith certificate acme --trust 9A:4E:…',
  ],
  async run(context) {
    const { io, values, positionals, printJson } = context;
    const engine = await context.engine();
    const target = await targetOf(context, engine, positionals[0] ?? '');
    if (!target.ok) return target;
    const { subject, settings, stored } = target.value;
    if (settings.server.security === 'none') {
      return usage('Without encryption there is no certificate.', 'Add --security tls or --security starttls.');
    }
    if (values.trust !== undefined && !stored) {
      return usage(
        'Only a stored profile can trust a CA.',
        'Name one, without other options. For a host there is --ca.',
      );
    }
    const given = await readSecrets(io, values);
    if (!given.ok) return given;
    const tested = await askOnce(io, given.value, (secrets) =>
      engine.client(
        'tests.check',
        { subject, secrets, until: 'certificate', recipient: null, keep: false },
        { signal: io.signal },
      ),
    );
    if (!tested.ok) return tested;
    const report = tested.value;
    if (report.cancelled) return { ok: true, value: EXIT.cancelled };
    const facts = factsOf(report);
    if (values.chain !== undefined && facts.chain) {
      const pem = facts.chain.map((each) => each.pem).join('');
      const written = await writeNewPem(values.chain, pem, 'chain');
      if (!written.ok) return written;
    }
    const candidate = certificateToTrust(report);
    const trusted = values.trust === undefined ? null : await trust(engine, stored, candidate, values.trust);
    if (trusted && !trusted.ok) return trusted;
    const { chain = [], faults = [] } = facts;
    const isTrusted = facts.trusted === true || trusted !== null;
    printJson({
      destination: report.destination,
      serverName: facts.serverName ?? '',
      trusted: isTrusted,
      chain,
      faults,
      diagnosis: trusted ? null : report.diagnosis,
      trust: candidate ? { subject: candidate.subject, fingerprint: candidate.fingerprint } : null,
      written: values.chain !== undefined && chain.length > 0 ? values.chain : null,
    });
    printForPeople(context, report, { stored, candidate, nowTrusted: trusted !== null });
    return { ok: true, value: isTrusted ? EXIT.ok : EXIT.failed };
  },
});

async function targetOf(context: CertificateContext, engine: Engine, name: string): Promise<CliResult<Target>> {
  const { values } = context;
  const stored = await loadProfile(engine, name);
  if (!stored.ok && (stored.error.code !== 'NOT_FOUND' || hostSyntax(name) !== 'ok')) return stored;
  const base = stored.ok ? settingsOf(stored.value.profile) : { ...emptySettings(), name };
  if (!stored.ok) base.signIn.method = 'none';
  const settings = await applyOptions(base, stored.ok ? values : { ...values, host: name }, engine);
  if (!settings.ok) return settings;
  const isStored = stored.ok && JSON.stringify(base) === JSON.stringify(settings.value);
  const id = stored.ok ? stored.value.profile.id : null;
  const subject: Subject =
    isStored && id !== null
      ? { kind: 'stored', profileId: id }
      : { kind: 'settings', settings: settings.value, secretsOf: id };
  return { ok: true, value: { subject, settings: settings.value, stored: isStored ? stored.value : null } };
}

/** Adds the CA to the profile, if it is the one that was named. */
async function trust(
  engine: Engine,
  stored: StoredProfile | null,
  candidate: CertificateInfo | null,
  fingerprint: string,
): Promise<CliResult<null>> {
  if (!stored || !candidate) {
    return usage(
      'There is nothing that --trust would mend.',
      'It is for a private CA whose root the server sends, or a self-signed certificate, with nothing else wrong.',
    );
  }
  if (plain(candidate.fingerprint) !== plain(fingerprint)) {
    return usage(
      'The server shows another certificate than the one that is to be trusted.',
      `Its fingerprint is ${candidate.fingerprint}. Ask the server’s administrator which is right.`,
    );
  }
  const before = settingsOf(stored.profile);
  const saved = await engine.client('profiles.save', {
    id: stored.profile.id,
    revision: stored.revision,
    settings: applyFix(before, trustFix(before, candidate)),
    secrets: [],
  });
  if (!saved.ok) return saved;
  if (saved.value.outcome === 'saved') return { ok: true, value: null };
  return { ok: false, error: { code: 'LIBRARY_BUSY', facts: {} } };
}

function printForPeople(
  { io, values, style, print }: CertificateContext,
  report: TestReport,
  {
    stored,
    candidate,
    nowTrusted,
  }: { stored: StoredProfile | null; candidate: CertificateInfo | null; nowTrusted: boolean },
): void {
  const facts = factsOf(report);
  const { columns } = io.stdout;
  for (const line of certificateLines(facts, style, columns)) print(line);
  if (values.chain !== undefined && facts.chain) print(`Written to ${safe(values.chain)}.`);
  if (nowTrusted) {
    print(`${style.passed(style.icons.passed)} This profile now trusts ${safe(candidate?.subject ?? '')}.`);
  } else if (report.diagnosis) {
    print();
    for (const line of diagnosisLines(report.diagnosis, null, null, style, columns)) print(line);
    if (candidate && stored) {
      print('  To trust this CA for this profile, after comparing the fingerprint:');
      print(`    ${style.accent(trustCommand(stored.profile.id, candidate))}`);
    }
  } else {
    const stage = report.stages.find(({ stage: name }) => name === 'certificate');
    const mark = facts.trusted ? style.passed(style.icons.passed) : style.warned(style.icons.warned);
    print(`${mark} ${safe(stage?.note ?? 'There is no certificate')}.`);
  }
}

function factsOf({ stages }: TestReport) {
  return stages.find(({ stage }) => stage === 'certificate')?.facts ?? {};
}

function plain(fingerprint: string): string {
  return fingerprint.replace(/[^0-9a-f]/gi, '').toUpperCase();
}
