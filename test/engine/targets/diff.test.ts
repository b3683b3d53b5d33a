import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedPart, diffLines } from '../../../engine/targets/diff.ts';

/** The diff of two texts with nothing masked, as `kind text`. */
function diff(before: string, after: string): string[] {
  const part = changedPart(before, after);
  if (!part) return [];
  const side = (text: string, to: number) => {
    const real = text.slice(part.from, to);
    return { real, shown: real, before: part.from > 0, after: to < text.length };
  };
  return diffLines(side(before, part.oldEnd), side(after, part.newEnd)).map(({ kind, text }) => `${kind} ${text}`);
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}\n`).join('');

describe('diff', () => {
  it('is empty for equal texts', () => {
    expect(diff(numbered(3), numbered(3))).toEqual([]);
  });

  it('shows three lines around a change and marks what is left out', () => {
    expect(diff(numbered(20), numbered(20).replace('line 10\n', 'new\n'))).toEqual([
      'same …',
      'same line 7',
      'same line 8',
      'same line 9',
      'removed line 10',
      'added new',
      'same line 11',
      'same line 12',
      'same line 13',
      'same …',
    ]);
  });

  it('leaves out what lies between two changes far apart', () => {
    const after = numbered(40).replace('line 5\n', 'a\n').replace('line 30\n', 'b\n');
    const lines = diff(numbered(40), after);
    expect(lines.filter((line) => line === 'same …')).toHaveLength(3);
    expect(lines).toHaveLength(2 * 2 + 4 * 3 + 3);
  });

  it('shows a file that was empty as added whole', () => {
    expect(diff('', 'a\nb\n')).toEqual(['added a', 'added b']);
  });

  it('holds every added and removed line, and both texts agree on the rest', () => {
    const line = fc.constantFrom('a', 'b', 'c', '', 'x y');
    const text = fc.array(line, { maxLength: 30 }).map((lines) => lines.map((one) => `${one}\n`).join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diff(before, after);
        const removed = lines.filter((one) => one.startsWith('removed ')).length;
        const added = lines.filter((one) => one.startsWith('added ')).length;
        expect(added - removed).toBe(after.split('\n').length - before.split('\n').length);
        expect(lines.length === 0).toBe(before === after);
      }),
    );
  });

  it('cuts a line of megabytes and a change of a hundred thousand lines', () => {
    expect(JSON.stringify(diff('x', 'y'.repeat(3_000_000))).length).toBeLessThan(1_000);
    expect(diff('', numbered(100_000)).length).toBeLessThanOrEqual(2_001);
  });
});
