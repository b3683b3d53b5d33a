import { connectionPart } from '../../shared/connection-part.ts';
import type { Subject } from '../../shared/contract.ts';
import { type ProfileSettings, settingsOf } from '../../shared/profile.ts';
import type { Stage, TestEvent, TestReport } from '../../shared/report.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { RunHistory } from '../history/run-history.ts';
import type { ProfileLibrary } from '../profiles/profile-library.ts';
import type { Resolver } from '../smtp/index.ts';
import type { TokenStore } from '../smtp/oauth/token-store.ts';
import type { ImportSessions } from './import-sessions.ts';
import { keepRefreshToken, secretsForRun } from './run-secrets.ts';
import { resolveSubject, type Secrets } from './subject.ts';

/** What a run is asked to do. */
export interface TestInput {
  action: 'check' | 'send';
  subject: Subject;
  /** Typed for this run only. */
  secrets: Secrets;
  recipient: string | null;
  until: Stage | null;
  /** False leaves the run out of the profile's history. */
  keep?: boolean | undefined;
  /** Asks the further questions about relaying too. */
  relay?: boolean | undefined;
}

/** Tests one subject with its secrets and keeps the report. Errors: those of the subject, SECRET_*, KEYCHAIN_*. */
export type TestRunner = (
  input: TestInput,
  context: { signal: AbortSignal; emit(event: TestEvent): void },
) => Promise<Result<TestReport>>;

/** What a runner works with. */
export interface RunnerParts {
  library: ProfileLibrary;
  imports: ImportSessions;
  history: RunHistory;
  tokens: TokenStore;
  ports: { now: () => Date; resolver?: Resolver };
}

/** Makes the one way in which every request tests. */
export function createTestRunner({ library, imports, history, tokens, ports }: RunnerParts): TestRunner {
  const { now, resolver } = ports;
  return async (
    { action, subject, secrets: given, recipient, until, keep = true, relay = false },
    { signal, emit },
  ) => {
    const resolved = await resolveSubject(subject, library, imports);
    if (!resolved.ok) return resolved;
    const { settings } = resolved.value;
    const secrets = await secretsForRun(resolved.value, given, until);
    if (!secrets.ok) return secrets;
    const { runTest } = await import('../smtp/index.ts');
    const request = { action, settings, secrets: secrets.value, until, recipient, relay, profileName: settings.name };
    const report = await runTest(request, {
      now,
      signal,
      onEvent: emit,
      tokens,
      keepRefreshToken: (old, next) => keepRefreshToken({ library, tokens, subject, settings }, old, next),
      ...(resolver && { resolver }),
    });
    const owner = keep ? await ownerOf(subject, settings, library) : null;
    if (owner) history.add({ ...owner, report });
    return ok(report);
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
