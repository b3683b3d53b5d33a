import type { DiffLine } from '../../../shared/target.ts';

/** A part of a diff: lines to show, or a run of unchanged ones that is folded to its length. */
export type DiffPart = { kind: 'lines'; lines: DiffLine[] } | { kind: 'gap'; length: number };

/** Folds long runs of unchanged lines, keeping a few around every change. */
export function diffParts(lines: readonly DiffLine[], context = 3): DiffPart[] {
  const near = new Set<number>();
  lines.forEach(({ kind }, index) => {
    if (kind === 'same') return;
    for (let at = index - context; at <= index + context; at += 1) near.add(at);
  });
  const parts: DiffPart[] = [];
  lines.forEach((line, index) => {
    const last = parts.at(-1);
    if (near.has(index)) {
      if (last?.kind === 'lines') last.lines.push(line);
      else parts.push({ kind: 'lines', lines: [line] });
    } else if (last?.kind === 'gap') last.length += 1;
    else parts.push({ kind: 'gap', length: 1 });
  });
  return parts;
}
