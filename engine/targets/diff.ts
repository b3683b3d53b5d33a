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

/** The part of two versions of a text in which they differ, in whole lines with some around; null when they do not. */
export interface ChangedPart {
  /** Offset where the part begins, in both. */
  from: number;
  oldEnd: number;
  newEnd: number;
}

/** Finds the part of two texts that differs, without splitting them: they can be many megabytes. */
export function changedPart(before: string, after: string): ChangedPart | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  const head = commonLength(shorter, (from, to) => before.slice(from, to) === after.slice(from, to));
  const tail = commonLength(
    shorter - head,
    (from, to) =>
      before.slice(before.length - to, before.length - from) === after.slice(after.length - to, after.length - from),
  );
  return {
    from: linesBefore(after, head, CONTEXT),
    oldEnd: linesAfter(before, before.length - tail, CONTEXT),
    newEnd: linesAfter(after, after.length - tail, CONTEXT),
  };
}

/** How much of a range is the same from its beginning: by native comparison in steps, halved where they differ. */
function commonLength(length: number, same: (from: number, to: number) => boolean): number {
  let known = 0;
  let step = 65_536;
  while (step > 0 && known < length) {
    const to = Math.min(known + step, length);
    if (same(known, to)) known = to;
    else step = Math.floor((to - known) / 2);
  }
  return known;
}

/** Offset of the beginning of the line that lies `count` lines before that of an offset. */
function linesBefore(text: string, offset: number, count: number): number {
  let at = offset;
  for (let line = 0; line <= count && at > 0; line++) at = text.lastIndexOf('\n', at - 2) + 1;
  return at;
}

/** Offset after the line that lies `count` lines after that of an offset. */
function linesAfter(text: string, offset: number, count: number): number {
  let at = offset;
  for (let line = 0; line <= count && at < text.length; line++) at = text.indexOf('\n', at) + 1 || text.length + 1;
  return Math.min(at, text.length);
}

/** A part of a text that is compared as it is and shown masked. Both have the same number of lines. */
export interface MaskedText {
  real: string;
  shown: string;
  /** True when more of the text lies before, and after. */
  before: boolean;
  after: boolean;
}

/**
 * The lines that differ, with a little around them, as they may be shown. A secret that changes is seen to change and
 * nothing more. [] when nothing differs.
 */
export function diffLines(before: MaskedText, after: MaskedText): DiffLine[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const lines = collapse(changed(old, now));
  return bounded([
    ...(after.before && lines[0] !== GAP ? [GAP] : []),
    ...lines,
    ...(after.after && lines.at(-1) !== GAP ? [GAP] : []),
  ]);
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

/** Lines without their ends; what follows the last line end is a line only when there is something. */
function split(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function changed(old: Lines, now: Lines): DiffLine[] {
  const removed = (from: number, to: number) => old.shown.slice(from, to).map((text) => line('removed', text));
  const added = (from: number, to: number) => now.shown.slice(from, to).map((text) => line('added', text));
  const parts = diffArrays(old.real, now.real, { maxEditLength: MAX_EDITS });
  if (!parts) return [...removed(0, old.real.length), ...added(0, now.real.length)];
  const lines: DiffLine[] = [];
  let [atOld, atNow] = [0, 0];
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
