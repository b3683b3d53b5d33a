import { appErrorOf } from '../../shared/errors.ts';
import type { MessageContent, PracticeMessage, PracticeScenario, PracticeState } from '../../shared/practice.ts';
import type { TestReport } from '../../shared/report.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { escapeControls } from '../../shared/text.ts';
import { type CertificateAuthority, createCertificateAuthority } from './certificates.ts';
import type { Tap } from './connection.ts';
import { Inbox } from './inbox.ts';
import { PRACTICE_LIMITS, type PracticeLimits } from './limits.ts';
import { contentOf } from './message-content.ts';
import { replayOf } from './replay.ts';
import type { Scenario, ScenarioProfile } from './scenario.ts';
import { outcomeOf, SCENARIOS } from './scenarios/index.ts';
import { type Listener, listen, PRACTICE_ADDRESS } from './server.ts';

export { replayOf } from './replay.ts';
export type { ScenarioProfile } from './scenario.ts';
export { scenarioInfos } from './scenarios/index.ts';
export {
  type PracticeTarget,
  practiceSecrets,
  practiceSettings,
  type RunningPracticeState,
  trustPem,
} from './settings.ts';

/** One message of the inbox, as it came and taken apart; `content` is null when that cannot be done. */
export interface OpenedMessage {
  readonly message: PracticeMessage;
  readonly source: string;
  readonly content: MessageContent | null;
}

/** One message of the inbox, as it came and taken apart; `content` is null when that cannot be done. */
export interface OpenedMessage {
  readonly message: PracticeMessage;
  readonly source: string;
  readonly content: MessageContent | null;
}

/** The practice server as the engine sees it. */
export interface PracticeServer {
  /** Whether it runs, and where. */
  state(): PracticeState;
  /** Starts it on a free port of 127.0.0.1; a running one keeps its port and connections and changes its scenario. */
  start(scenario: PracticeScenario): Promise<Result<PracticeState>>;
  /** How the profile that shows what it does now differs from the usual one. */
  profile(): ScenarioProfile;
  /** The same with what a report told of a server. Error: REPLAY_IMPOSSIBLE. */
  replay(report: TestReport): Promise<Result<PracticeState>>;
  /** Ends all connections and stops. The inbox stays. */
  stop(): Promise<void>;
  /** Accepted messages, newest first. */
  inbox(): PracticeMessage[];
  /** One message with its source and its parts; NOT_FOUND when it is not, or no longer, there. */
  message(id: string): Promise<Result<OpenedMessage>>;
  /** Empties the inbox. */
  clear(): void;
  /** Calls back for each new message until the returned function is called. */
  onMessage(listener: (message: PracticeMessage) => void): () => void;
}

/** What the practice server is made with. */
export interface PracticeOptions {
  readonly now: () => Date;
  /** Other bounds than the usual ones, for tests. */
  readonly limits?: Partial<PracticeLimits>;
  /** Told of a bug in one session, for the log; the server goes on. */
  readonly onFault?: (error: unknown) => void;
  /** Told what clients send, for tests. */
  readonly tap?: Tap;
}

/** Makes a practice server that does not run yet. It keeps its CA and, where it can, its port as long as it exists. */
export function createPracticeServer({
  now,
  limits: changed,
  onFault = () => undefined,
  tap,
}: PracticeOptions): PracticeServer {
  const limits: PracticeLimits = { ...PRACTICE_LIMITS, ...changed };
  const inbox = new Inbox(limits, now);
  let authority: CertificateAuthority | undefined;
  let listener: Listener | undefined;
  let state: PracticeState = { running: false };
  let running: ScenarioProfile = {};
  let lastPort = 0;
  let queue: Promise<unknown> = Promise.resolve();

  /** Starts and stops come one after the other, so that two of them at once cannot open two ports. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function begin(id: PracticeScenario | 'replay', scenario: Scenario): Promise<PracticeState> {
    authority ??= await createCertificateAuthority(now);
    const { behaviour, profile = {} } = scenario;
    if (listener) await listener.use(behaviour);
    else listener = await listenAgain({ behaviour, authority, inbox, limits, onFault, tap, port: lastPort });
    lastPort = listener.port;
    // The CA is told in every scenario, also where it does not help: the profile must still be right after a switch.
    const crlPem = profile.revocationList ? await authority.revocationList() : '';
    const where = { host: PRACTICE_ADDRESS, port: listener.port, caPem: authority.caPem, crlPem };
    state = { running: true, scenario: id, outcome: outcomeOf(scenario), ...where };
    running = profile;
    return state;
  }

  function startAs(id: PracticeScenario | 'replay', scenario: Scenario): Promise<Result<PracticeState>> {
    return inTurn(async () => {
      try {
        return ok(await begin(id, scenario));
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        return fail(appErrorOf('PRACTICE_FAILED', { detail: escapeControls(detail) }));
      }
    });
  }

  return {
    state: () => state,
    profile: () => running,
    start: (scenario) => startAs(scenario, SCENARIOS[scenario]),
    async replay(report) {
      const scenario = replayOf(report);
      return scenario ? startAs('replay', scenario) : fail(appErrorOf('REPLAY_IMPOSSIBLE', {}));
    },
    stop: () =>
      inTurn(async () => {
        const open = listener;
        listener = undefined;
        state = { running: false };
        await open?.close();
      }),
    inbox: () => inbox.list(),
    async message(id) {
      const found = inbox.find(id);
      const bytes = inbox.bytesOf(id);
      if (!found || !bytes) return fail(appErrorOf('NOT_FOUND', { what: 'message', name: id }));
      return ok({ ...found, content: await contentOf(bytes) });
    },
    clear: () => inbox.clear(),
    onMessage: (callback) => inbox.onMessage(callback),
  };
}

/** Takes the earlier port again, so that profiles stay right; any other when somebody else has it now. */
async function listenAgain(options: Parameters<typeof listen>[0]): Promise<Listener> {
  try {
    return await listen(options);
  } catch (error) {
    if (options.port === 0) throw error;
    return listen({ ...options, port: 0 });
  }
}
