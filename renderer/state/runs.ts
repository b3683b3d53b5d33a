import { create } from 'zustand';
import type { Client } from '../../shared/client.ts';
import { connectionPart } from '../../shared/connection-part.ts';
import type { Subject } from '../../shared/contract.ts';
import type { AppError, ErrorFacts } from '../../shared/errors.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import type { Stage, StageResult, TestEvent, TestReport, TranscriptLine } from '../../shared/report.ts';
import type { SecretKind } from '../../shared/secrets.ts';

/** What a test was asked to do. */
export type Action = 'check' | 'send';

/** Secrets for one run only. */
export type RunSecrets = Partial<Record<SecretKind, string>>;

/** One test of this session: running or finished. */
export interface Run {
  /** Tells this run from an earlier one of the same profile, whose late events must not count. */
  id: number;
  action: Action;
  /** Milliseconds since 1970. */
  startedAt: number;
  running: boolean;
  /** The tested settings, to tell when the form has moved on. */
  tested: string;
  stages: StageResult[];
  /** The stage that is at work now. */
  current: { stage: Stage; since: number } | null;
  transcript: TranscriptLine[];
  report: TestReport | null;
  error: AppError | null;
  cancel: () => void;
}

/** A run that waits for secrets. */
export interface SecretPrompt {
  facts: ErrorFacts<'SECRET_NEEDED'>;
  /** Goes on with the secrets, or gives up with null. */
  answer: (secrets: RunSecrets | null) => void;
}

interface RunState {
  runs: Record<string, Run>;
  prompts: Record<string, SecretPrompt>;
}

/** The last run of each profile in this session, by profile id or the key of a new one. */
export const useRuns = create<RunState>(() => ({ runs: {}, prompts: {} }));

/** What to test, and for which entry of {@link useRuns}. */
export interface RunRequest {
  key: string;
  action: Action;
  settings: ProfileSettings;
  /** Stored profile whose secrets may be used. */
  secretsOf: string | null;
  secrets: RunSecrets;
  /** A file that was read and whose secrets the run may use, as far as the destination is the file's. */
  imported?: { importId: string; index: number } | null;
  recipient: string | null;
  /** Asks the further questions about relaying too; for a check. */
  relay?: boolean;
  /** Names the decision to send, for a send: the same one is carried out once. */
  sendId?: string;
}

let lastId = 0;

/**
 * Runs a test and keeps its progress. Asks for secrets that are not at hand and goes on with them. Returns the report,
 * or null when the run could not start or the user gave up.
 */
export async function startRun(client: Client, request: RunRequest): Promise<TestReport | null> {
  const { key } = request;
  let { secrets } = request;
  const before = useRuns.getState().runs[key];
  // A message that is on its way is not cut off by a second press.
  if (before?.running && before.action === 'send' && request.action === 'send') return null;
  before?.cancel();
  const sendId = request.sendId ?? crypto.randomUUID();
  for (;;) {
    const controller = new AbortController();
    const run = newRun(request, () => controller.abort());
    useRuns.setState(({ runs }) => ({ runs: { ...runs, [key]: run } }));
    const result = await call(client, { ...request, sendId }, run.id, secrets, controller.signal);
    if (useRuns.getState().runs[key]?.id !== run.id) return null;
    if (result.ok) {
      const { stages, transcript } = result.value;
      changeRun(key, run.id, { running: false, current: null, stages, transcript, report: result.value });
      return result.value;
    }
    changeRun(key, run.id, { running: false, current: null, error: result.error });
    if (result.error.code !== 'SECRET_NEEDED') return null;
    const answer = await askForSecrets(key, result.error.facts);
    if (!answer) return null;
    secrets = { ...secrets, ...answer };
  }
}

/** Moves a run to another key, when a new profile has got its id. */
export function moveRun(from: string, to: string): void {
  useRuns.setState(({ runs }) => {
    const { [from]: run, ...rest } = runs;
    return run ? { runs: { ...rest, [to]: run } } : { runs };
  });
}

/** What an event changes of a run. */
export function changeBy(event: TestEvent, run: Run): Partial<Run> {
  if (event.type === 'stage-started') return { current: { stage: event.stage, since: Date.now() } };
  if (event.type === 'transcript') return { transcript: [...run.transcript, event.line] };
  return { current: null, stages: [...run.stages, event.result] };
}

function newRun({ action, settings }: RunRequest, cancel: () => void): Run {
  lastId += 1;
  return {
    id: lastId,
    action,
    startedAt: Date.now(),
    running: true,
    tested: connectionPart(settings),
    stages: [],
    current: null,
    transcript: [],
    report: null,
    error: null,
    cancel,
  };
}

function call(
  client: Client,
  request: RunRequest & { sendId: string },
  id: number,
  secrets: RunSecrets,
  signal: AbortSignal,
) {
  const { key, action, settings, secretsOf, imported, recipient, relay = false, sendId } = request;
  const subject: Subject = imported
    ? { kind: 'import', ...imported, settings }
    : { kind: 'settings', settings, secretsOf };
  const onEvent = (event: TestEvent) => {
    const run = useRuns.getState().runs[key];
    if (run?.running) changeRun(key, id, changeBy(event, run));
  };
  return action === 'check'
    ? client('tests.check', { subject, secrets, until: null, recipient, relay }, { signal, onEvent })
    : client('tests.send', { subject, secrets, recipient, sendId }, { signal, onEvent });
}

function changeRun(key: string, id: number, change: Partial<Run>): void {
  useRuns.setState(({ runs }) => {
    const run = runs[key];
    return run?.id === id ? { runs: { ...runs, [key]: { ...run, ...change } } } : { runs };
  });
}

function askForSecrets(key: string, facts: ErrorFacts<'SECRET_NEEDED'>): Promise<RunSecrets | null> {
  return new Promise((resolve) => {
    const answer = (secrets: RunSecrets | null) => {
      useRuns.setState(({ prompts }) => {
        const { [key]: _answered, ...rest } = prompts;
        return { prompts: rest };
      });
      resolve(secrets);
    };
    useRuns.setState(({ prompts }) => ({ prompts: { ...prompts, [key]: { facts, answer } } }));
  });
}
