import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readProperties } from '../../../../engine/targets/properties/read.ts';
import { escapeProperty } from '../../../../engine/targets/properties/write.ts';
import { requireTool } from '../../../support/requires.ts';
import { hostileSecret } from '../arbitrary.ts';

const JUDGE = fileURLToPath(new URL('./Judge.java', import.meta.url));

const encode = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('base64');

/** What Java makes of each text. */
function ask(texts: string[]): string[] {
  const input = texts.map((text) => `${encode(text)}\n`).join('');
  const output = execFileSync('java', [JUDGE], { input, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return output.split('\n').slice(0, -1);
}

/** What we make of a text, in the judge's form: the last of a key, in the order of UTF-16 units. */
function ours(text: string): string {
  const { entries, fault } = readProperties(text);
  if (fault) return 'fault';
  const values = new Map(entries.map(({ key, value }) => [key, value]));
  const sorted = [...values].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([key, value]) => `${encode(key)}:${encode(value)} `).join('');
}

describe.skipIf(!requireTool('java'))('java.util.Properties itself', () => {
  it('reads any text as we do', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'a',
        'b=',
        'c : ',
        'd ',
        '\\',
        '\n',
        '\r\n',
        '\r',
        '\\\n',
        '\\\r\n  ',
        ' ',
        '\t',
        '\f',
        '#',
        '!',
        '=',
        ':',
        '\\u00e4',
        '\\t',
        '\\ ',
      ),
      fc.string({ maxLength: 4 }),
    );
    const texts = fc
      .sample(fc.array(piece, { maxLength: 14 }), { numRuns: 6_000, seed: 13 })
      .map((pieces) => pieces.join(''))
      // A last line of a backslash alone is a nameless key to Java; no file ends so.
      .map((text) => (/\\\s*$/.test(text) ? `${text}\nz=1` : text));
    const answers = ask(texts);
    expect(answers).toHaveLength(texts.length);
    expect(texts.filter((text, index) => ours(text) !== answers[index])).toEqual([]);
  });

  it('reads back every value that we write', () => {
    const values = fc.sample(hostileSecret, { numRuns: 800, seed: 2 });
    const answers = ask(values.map((value) => `key=${escapeProperty(value)}\n`));
    expect(answers).toEqual(values.map((value) => `${encode('key')}:${encode(value)} `));
  });
});
