import type { DetectStatus } from '../../../shared/detect.ts';
import type { Candidate } from './candidate.ts';

/** What one step brought. */
export interface Found {
  status: DetectStatus;
  text: string;
  candidates: Candidate[];
}

/** A step that names servers. */
export function found(text: string, candidates: Candidate[]): Found {
  return { status: 'found', text, candidates };
}

/** A step that was taken and names none. */
export function nothing(text: string): Found {
  return { status: 'nothing', text, candidates: [] };
}

/** A step that was not needed or has no meaning here. */
export function skipped(text: string): Found {
  return { status: 'skipped', text, candidates: [] };
}

/** A question that no name server answered. */
export function unanswered(code: string): Found {
  return { status: 'failed', text: `The name server did not answer (${code}).`, candidates: [] };
}

/** `a, b and c`. */
export function listOf(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
