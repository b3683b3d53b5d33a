import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIALECT_IDS, DIALECTS, type DialectId } from '../../../../engine/targets/env/dialects.ts';
import { quoteEnv } from '../../../../engine/targets/env/env.ts';
import { COMMON_DIALECTS, quoteFor } from '../../../../engine/targets/env/quote.ts';
import { scanEnv } from '../../../../engine/targets/env/scan.ts';
import { hostileSecret, variable } from '../arbitrary.ts';
import { JUDGES } from './judges.ts';

const value = fc.oneof(
  hostileSecret,
  fc
    .array(fc.constantFrom("'", '"', '\\', '$', '#', ' ', '\n', '`', 'a', 'n', '{', '}', '(', '='), { maxLength: 8 })
    .map((parts) => parts.join('')),
);

/** Other assignments follow, since a quote that is not closed swallows them. */
const fileOf = (written: string) => `A=${written}\nB='b'\nC="c"\n`;

describe.each(JUDGES)(
  'a value written for $name',
  { timeout: 30_000 },
  ({ id, available, takes = () => true, read }) => {
    const isSlow = id === 'sh' || id === 'systemd';
    it.skipIf(!available)('is read back by it exactly', () => {
      const samples = fc.sample(value.filter(takes), { numRuns: isSlow ? 60 : 2_000, seed: 11 });
      for (const dialects of [[id], COMMON_DIALECTS]) {
        const written = samples.flatMap((text) => {
          const quoted = quoteFor(text, dialects);
          return quoted === null ? [] : [{ text, quoted }];
        });
        expect(written.length).toBeGreaterThan(samples.length / 4);
        expect(read(written.map(({ quoted }) => fileOf(quoted)))).toEqual(written.map(({ text }) => text));
      }
    });

    it.skipIf(!available)('is read by our rules as it does', () => {
      const written = fc.sample(
        value.filter(takes).map((text) => text.replaceAll(/[\r\n\0]/g, '')),
        { numRuns: isSlow ? 40 : 2_000, seed: 12 },
      );
      // A quote inside of quotes is read differently from version to version.
      const texts = written.flatMap((text) => [
        `A=${text}\n`,
        `A='${text.replaceAll("'", '')}' # c\n`,
        `A="${text.replaceAll('"', '')}"\n`,
      ]);
      const plain = texts.flatMap((text) => {
        const [entry] = scanEnv(text, DIALECTS[id]).entries;
        return entry && !entry.broken && !entry.dynamic && takes(entry.value) ? [{ text, value: entry.value }] : [];
      });
      expect(plain.length).toBeGreaterThan(texts.length / 4);
      const real = read(plain.map(({ text }) => text));
      expect(plain.map(({ text }, index) => ({ text, value: real[index] }))).toEqual(plain);
    });
  },
);

describe('quoting', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['two words', "'two words'"],
    ['pa$$wörd#1', "'pa$$wörd#1'"],
    ["it's", '"it\'s"'],
    ['a"b\\c', "'a\"b\\c'"],
    ['line\nbreak', null],
    [`'"`, null],
    [variable('X'), null],
    ['a\\', null],
  ])('of %j for every reader that knows quotes is %j', (text, expected) => {
    expect(quoteFor(text, COMMON_DIALECTS)).toBe(expected);
  });

  it.each<[DialectId, string, string | null]>([
    ['node', `'"`, '`\'"`'],
    ['ruby', `'"$x`, `"'\\"\\$x"`],
    ['compose', `'"$x`, `"'\\"\\$x"`],
    ['python', `'"$x`, `"'\\"$x"`],
    ['systemd', `'"$x`, `"'\\"\\$x"`],
    ['sh', `'"$x`, `"'\\"\\$x"`],
    ['docker', `'"$x # y `, `'"$x # y `],
    ['docker', 'two\nlines', null],
    ['compose', 'two\nlines', "'two\nlines'"],
    ['python', variable('X'), null],
    ['compose', 'a\\', '"a\\\\"'],
    ['node', 'a\\', 'a\\'],
  ])('for %s of %j is %j', (id, text, expected) => {
    expect(quoteFor(text, [id])).toBe(expected);
  });

  it('is refused for a line break by those who join variables from many places', () => {
    expect(quoteEnv('a\nb')).toBeNull();
  });

  it('never gives a form that another reader of the same set takes differently', () => {
    fc.assert(
      fc.property(value, fc.subarray([...DIALECT_IDS], { minLength: 1 }), (text, ids) => {
        const written = quoteFor(text, ids);
        if (written === null) return;
        for (const id of ids) expect(scanEnv(fileOf(written), DIALECTS[id]).entries[0]?.value).toBe(text);
      }),
    );
  });
});
