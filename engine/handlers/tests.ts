import { connectionPart } from '../../shared/connection-part.ts';
import type { RequestEvent, Subject } from '../../shared/contract.ts';
import type { MatrixCell } from '../../shared/matrix.ts';
import { type ProfileSettings, settingsOf } from '../../shared/profile.ts';
import type { TestReport } from '../../shared/report.ts';
import { STAGES, type Stage } from '../../shared/report.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type SecretKind, secretsNeeded } from '../../shared/secrets.ts';
import type { HandlerContext, HandlerGroup } from '../dispatch.ts';
import type { RunHistory } from '../history/run-history.ts';
import type { ProfileLibrary } from '../profiles/profile-library.ts';
import type { Resolver } from '../smtp/index.ts';
import type { ImportSessions } from './import-sessions.ts';
import { resolveSubject, type Secrets } from './subject.ts';

interface TestInput {
  subject: Subject;
  secrets: Secrets;
  recipient: string | null;
  until: Stage | null;
  keep?: boolean | undefined;
  relay?: boolean | undefined;
}

/** Requests that test a mail server or explain its words. */
export function testHandlers(
  library: ProfileLibrary,
  imports: ImportSessions,
  history: RunHistory,
  { now, resolver }: { now: () => Date; resolver?: Resolver },
): HandlerGroup<'tests'> & HandlerGroup<'diagnoses'> {
  const run = async (
    action: 'check' | 'send',
    { subject, secrets: given, until, recipient, keep = true, relay = false }: TestInput,
    { signal, emit }: Pick<HandlerContext<'tests.check'>, 'signal' | 'emit'>,
  ): Promise<Result<TestReport>> => {
    const resolved = await resolveSubject(subject, library, imports);
    if (!resolved.ok) return resolved;
    const { settings } = resolved.value;
    const missing = secretsNeeded(settings).filter((kind) => given[kind] === undefined && isUsed(kind, until));
    const stored = await resolved.value.secrets(missing, optionalSecrets(settings));
    if (!stored.ok) return stored;
    const { runTest } = await import('../smtp/index.ts');
    const request = {
      action,
      settings,
      secrets: { ...stored.value, ...given },
      until,
      recipient,
      relay,
      profileName: settings.name,
    };
    const onEvent = (event: RequestEvent<'tests.check'>) => emit(event);
    const report = await runTest(request, { now, signal, onEvent, ...(resolver && { resolver }) });
    const owner = keep ? await ownerOf(subject, settings, library) : null;
    if (owner) history.add({ ...owner, report });
    return ok(report);
  };

  return {
    'tests.check': (input, context) => run('check', input, context),
    'tests.send': (input, context) => run('send', { ...input, until: null }, context),
    'tests.matrix': async ({ subject, ports }, { signal, emit }) => {
      const resolved = await resolveSubject(subject, library, imports);
      if (!resolved.ok) return resolved;
      const { runMatrix } = await import('../smtp/index.ts');
      const onCell = (cell: MatrixCell) => emit({ type: 'cell', cell });
      const { settings } = resolved.value;
      return ok(await runMatrix({ settings, ports }, { now, signal, onCell, ...(resolver && { resolver }) }));
    },
    'diagnoses.explain': async ({ text, ...known }) => {
      const { explain } = await import('../smtp/diagnosis/index.ts');
      return ok(explain(text, known));
    },
  };
}

/** The stored profile whose history a run belongs to, and whether its stored settings were the tested ones. */
async function ownerOf(
  subject: Subject,
  settings: ProfileSettings,
  library: ProfileLibrary,
): Promise<{ profileId: string; unsaved: boolean } | null> {
  if (subject.kind === 'stored') return { profileId: subject.profileId, unsaved: false };
  if (subject.kind === 'import' || subject.secretsOf === null) return null;
  const stored = await library.get(subject.secretsOf);
  if (!stored.ok) return null;
  const unsaved = connectionPart(settingsOf(stored.value.profile)) !== connectionPart(settings);
  return { profileId: subject.secretsOf, unsaved };
}

/** A run that stops before sign-in needs no password, so it does not ask for one. */
function isUsed(kind: string, until: Stage | null): boolean {
  if (until === null) return true;
  const last = STAGES.indexOf(until);
  return last >= STAGES.indexOf(kind.startsWith('clientKey') ? 'tls' : 'auth');
}

/** Many client keys have no passphrase, so a lacking one is no reason to ask. */
function optionalSecrets({ tls }: ProfileSettings): SecretKind[] {
  return tls.clientCertificatePem === '' ? [] : ['clientKeyPassphrase'];
}
