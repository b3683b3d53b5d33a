import { diffArrays } from 'diff';
import type { DiffLine } from '../../shared/target.ts';

/** Unchanged lines that are shown around a change. */
const CONTEXT = 3;
/** Lines of a diff; the rest of a change that is longer is only counted. */
const MAX_LINES = 2_000;
/** Characters of one line; a minified file is a single line of megabytes. */
const MAX_LINE = 500;
/** Edit steps that are looked for; beyond it the changed part is shown as removed and added whole. */
const MAX_EDITS = 4_000;

/** Stands for lines that were left out. */
export const GAP: DiffLine = { kind: 'same', text: '…' };

/** A text that is compared as it is and shown masked. Both have the same number of lines. */
export interface MaskedText {
  real: string;
  shown: string;
}

/**
 * The lines that differ, with a little around them, as they may be shown. A secret that changes is seen to change and
 * nothing more. [] when nothing differs.
 */
export function diffLines(before: MaskedText, after: MaskedText): DiffLine[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const shared = Math.min(old.real.length, now.real.length);
  let head = 0;
  while (head < shared && old.real[head] === now.real[head]) head++;
  if (head === old.real.length && head === now.real.length) return [];
  let tail = 0;
  while (tail < shared - head && old.real.at(-1 - tail) === now.real.at(-1 - tail)) tail++;
  const from = Math.max(0, head - CONTEXT);
  const middle = [
    ...now.shown.slice(from, head).map(same),
    ...changed(old, now, head, tail),
    ...now.shown.slice(now.shown.length - tail, now.shown.length - tail + CONTEXT).map(same),
  ];
  return bounded([...(from > 0 ? [GAP] : []), ...collapse(middle), ...(tail > CONTEXT ? [GAP] : [])]);
}

interface Lines {
  real: string[];
  shown: string[];
}

function linesOf({ real, shown }: MaskedText): Lines {
  const lines = { real: split(real), shown: split(shown) };
  // Only a mask that eats lines could differ; then what is shown is what is compared.
  return lines.real.length === lines.shown.length ? lines : { real: lines.shown, shown: lines.shown };
}

function split(text: string): string[] {
  return text.split(/\r?\n/);
}

function changed(old: Lines, now: Lines, head: number, tail: number): DiffLine[] {
  const oldEnd = old.real.length - tail;
  const nowEnd = now.real.length - tail;
  const removed = (from: number, to: number) => old.shown.slice(from, to).map((text) => line('removed', text));
  const added = (from: number, to: number) => now.shown.slice(from, to).map((text) => line('added', text));
  const parts = diffArrays(old.real.slice(head, oldEnd), now.real.slice(head, nowEnd), { maxEditLength: MAX_EDITS });
  if (!parts) return [...removed(head, oldEnd), ...added(head, nowEnd)];
  const lines: DiffLine[] = [];
  let [atOld, atNow] = [head, head];
  for (const part of parts) {
    if (part.removed) append(lines, removed(atOld, atOld + part.count));
    else if (part.added) append(lines, added(atNow, atNow + part.count));
    else append(lines, now.shown.slice(atNow, atNow + part.count).map(same));
    if (!part.added) atOld += part.count;
    if (!part.removed) atNow += part.count;
  }
  return lines;
}

/** Leaves out what is far from any change. */
function collapse(lines: DiffLine[]): DiffLine[] {
  const near = new Uint8Array(lines.length);
  lines.forEach(({ kind }, index) => {
    if (kind !== 'same') near.fill(1, Math.max(0, index - CONTEXT), index + CONTEXT + 1);
  });
  return lines.flatMap((entry, index) => {
    if (near[index]) return [entry];
    return index === 0 || near[index - 1] ? [GAP] : [];
  });
}

function bounded(lines: DiffLine[]): DiffLine[] {
  return lines.length > MAX_LINES ? [...lines.slice(0, MAX_LINES), GAP] : lines;
}

/** Not by spreading into push: a hundred thousand arguments overflow the stack. */
function append(lines: DiffLine[], more: DiffLine[]): void {
  for (const entry of more) lines.push(entry);
}

function same(text: string): DiffLine {
  return line('same', text);
}

function line(kind: DiffLine['kind'], text: string): DiffLine {
  return { kind, text: text.length > MAX_LINE ? `${text.slice(0, MAX_LINE)}…` : text };
}
