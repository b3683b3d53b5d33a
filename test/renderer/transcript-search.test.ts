import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutAt, linesWith, nextHit } from '../../renderer/features/bench/transcript-search.ts';
import type { TranscriptLine } from '../../shared/report.ts';

const line = (text: string): TranscriptLine => ({ ms: 1, from: 'server', text, encrypted: false });

describe('the search in a transcript', () => {
  it('finds lines whatever the case, and none for an empty query', () => {
    const lines = ['250-STARTTLS', 'EHLO desk', '250 starttls'].map(line);
    expect(linesWith(lines, 'StartTLS')).toEqual([0, 2]);
    expect(linesWith(lines, ' ')).toEqual([]);
  });

  it('sets every occurrence off and loses no character', () => {
    expect(cutAt('abcABC', 'bc')).toEqual(['a', 'bc', 'A', 'BC', '']);
    expect(cutAt('abc', '')).toEqual(['abc']);
    fc.assert(
      fc.property(fc.string(), fc.string({ maxLength: 3 }), (text, query) => {
        expect(cutAt(text, query).join('')).toBe(text);
      }),
    );
  });

  it('goes on round the end', () => {
    expect(nextHit(2, 3, 1)).toBe(0);
    expect(nextHit(0, 3, -1)).toBe(2);
    expect(nextHit(0, 0, 1)).toBe(0);
  });
});
