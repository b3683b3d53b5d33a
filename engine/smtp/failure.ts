import type { StageFacts } from '../../shared/report.ts';
import type { RawReply } from './reply.ts';

/** Facts for the diagnosis rules, under the names that `diagnosis/` documents. Absent means "not known". */
export type RuleFacts = Record<string, string | number | boolean | null>;

/** Why a step of the dialogue did not work. `code` is the system's or OpenSSL's where there is one. */
export interface Failure {
  /** Error code such as ECONNREFUSED, ERR_SSL_WRONG_VERSION_NUMBER or CANCELLED; '' when the reply says it all. */
  code: string;
  /** Technical text; not yet escaped or redacted. */
  detail: string;
  /** What the rules need to know about exactly this failure. */
  facts: RuleFacts;
  /** The reply that refused the command. */
  reply?: RawReply;
  /** What arrived instead of a reply. */
  banner?: string;
}

/** A value, or why there is none. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** Wraps a value as success. */
export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

/** Makes a failed outcome. */
export function failing(
  code: string,
  detail: string,
  facts: RuleFacts = {},
  rest: Pick<Failure, 'reply' | 'banner'> = {},
): { ok: false; failure: Failure } {
  return { ok: false, failure: { code, detail, facts, ...rest } };
}

/** The failure of a run that its user ended. */
export const CANCELLED: Failure = { code: 'CANCELLED', detail: 'Cancelled', facts: {} };

/** The failure of a command that the server answered with something else than hoped for. */
export function refused(reply: RawReply, facts: RuleFacts = {}): Failure {
  return {
    code: '',
    detail: '',
    facts: { replyClass: Math.floor(reply.code / 100), replyDelayMs: reply.delayMs, ...facts },
    reply,
  };
}

/** What a stage hands back to the run. `note` is one line of plain words. */
export type StageOutcome =
  | { status: 'passed' | 'warned'; note: string; facts: StageFacts; ruleFacts?: RuleFacts }
  | { status: 'skipped'; why: SkipReason; note: string; facts: StageFacts }
  | {
      status: 'failed';
      note: string;
      facts: StageFacts;
      failure: Failure;
      /** Further faults that are diagnosed beside the first, such as a second thing wrong with a certificate. */
      alsoFailing?: Failure[];
    };

/** Outcome of a stage that failed. */
export function failedStage(
  failure: Failure,
  note: string,
  facts: StageFacts = {},
): StageOutcome & { status: 'failed' } {
  return { status: 'failed', note, facts, failure };
}

/**
 * Why a stage was not tried: it has no meaning here (no STARTTLS after implicit TLS), nobody asked for it (no message on a
 * check), or something that it needs is missing, which keeps a run from being called fine.
 */
export type SkipReason = 'not-applicable' | 'not-asked' | 'not-possible';

/** Outcome of a stage that was not tried. */
export function skippedStage(why: SkipReason, note: string, facts: StageFacts = {}): StageOutcome {
  return { status: 'skipped', why, note, facts };
}

/** Outcome of a stage that worked. `ruleFacts` are kept for the rules of this and later stages. */
export function passedStage(note: string, facts: StageFacts, ruleFacts: RuleFacts = {}): StageOutcome {
  return { status: 'passed', note, facts, ruleFacts };
}

/** Outcome of a stage that worked, with something that its reader must know. */
export function warnedStage(note: string, facts: StageFacts, ruleFacts: RuleFacts = {}): StageOutcome {
  return { status: 'warned', note, facts, ruleFacts };
}

/**
 * Outcome of a stage for which the profile names no address. A check leaves it out and says so; a message cannot be
 * sent without.
 */
export function withoutAddress(action: 'check' | 'send', lacking: string): StageOutcome {
  if (action === 'check') return skippedStage('not-asked', `Not tried: ${lacking}.`);
  return failedStage(failing('', lacking).failure, `Nothing can be sent: ${lacking}.`);
}
