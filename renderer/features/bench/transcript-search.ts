import type { TranscriptLine } from '../../../shared/report.ts';

/** Indices of the lines that hold the query, whatever the case; [] for an empty query. */
export function linesWith(lines: readonly TranscriptLine[], query: string): number[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  return lines.flatMap(({ text }, index) => (text.toLowerCase().includes(wanted) ? [index] : []));
}

/** A text cut where the query stands in it: the pieces at odd places are the query. */
export function cutAt(text: string, query: string): string[] {
  const wanted = query.trim().toLowerCase();
  const low = text.toLowerCase();
  // In a few scripts lower case is longer; a mark in the wrong place would be worse than none.
  if (wanted === '' || low.length !== text.length) return [text];
  const pieces: string[] = [];
  let from = 0;
  for (let at = low.indexOf(wanted); at !== -1; at = low.indexOf(wanted, from)) {
    pieces.push(text.slice(from, at), text.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  return [...pieces, text.slice(from)];
}

/** The place in a list of hits that is one step further, round the end. */
export function nextHit(at: number, hits: number, step: 1 | -1): number {
  return hits === 0 ? 0 : (at + step + hits) % hits;
}
