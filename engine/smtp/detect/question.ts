import { within } from '../limit.ts';
import type { Resolver } from '../resolver.ts';

/** Milliseconds for one question to DNS. */
const QUESTION_LIMIT = 5_000;

/** Codes with which a name server, or the system, says that there is no such record. */
const NO_RECORD = ['ENOTFOUND', 'ENODATA', 'ENONAME', 'EAI_NODATA', 'EAI_NONAME'];

/** What the look-ups of one detection share. */
export interface LookUps {
  resolver: Resolver;
  signal: AbortSignal;
}

/** Records, or the code with which nobody answered. */
export interface Answer<T> {
  records: T[];
  /** '' when there was an answer, be it an empty one. */
  failure: string;
}

/** Waits for an answer of DNS, but neither too long nor after a cancel. "No such record" is an empty answer. */
export async function ask<T>({ signal }: LookUps, question: Promise<T[]>): Promise<Answer<T>> {
  try {
    const waited = await within(QUESTION_LIMIT, signal, question);
    return waited.kind === 'done' ? { records: waited.value, failure: '' } : { records: [], failure: 'ETIMEOUT' };
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return { records: [], failure: NO_RECORD.includes(code) ? '' : code };
  }
}
