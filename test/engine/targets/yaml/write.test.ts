import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { quoteDouble, quoteSingle, writeFlow, writeYaml, YamlWord } from '../../../../engine/targets/yaml/write.ts';
import { variable } from '../arbitrary.ts';
import { hasPyYaml, readWithPyYaml } from './python.ts';

const WORDS = [
  ...[
    'y',
    'n',
    'yes',
    'No',
    'on',
    'OFF',
    'true',
    'False',
    'null',
    '~',
    '',
    ' ',
    ' lead',
    'trail ',
    '0123',
    '0x1F',
    '1e3',
  ],
  ...[
    '12:30:45',
    '1_000',
    '2024-01-01',
    '.inf',
    '.nan',
    '<<',
    '=',
    '- a',
    '? a',
    ': a',
    'a: b',
    'a #b',
    '#a',
    '@a',
    '`a',
  ],
  ...[
    '%a',
    '!a',
    '&a',
    '*a',
    '|',
    '>',
    "'",
    '"',
    '\\',
    '\\n',
    '[a]',
    '{a}',
    'a,b',
    '---',
    '...',
    '\t',
    'a\tb',
    '\n',
    'a\nb\n',
  ],
  ...[
    '\r\n',
    '\u0085',
    '\u2028',
    '\u2029',
    '\ufeff',
    '\ufffe',
    '\u0001',
    '\u007f',
    '\u009f',
    '😀',
    'ß',
    variable('x'),
    '{{ x }}',
    '<%= x %>',
  ],
];

const text = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.string({ unit: 'binary', maxLength: 20 }).filter((value) => value.isWellFormed() && !value.includes('\0')),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 4 }).map((parts) => parts.join('')),
);
const value = fc.oneof(text, fc.integer({ min: 0, max: 99_999 }), fc.boolean());
const map = fc.dictionary(
  text,
  fc.oneof(value, fc.dictionary(text, value, { maxKeys: 3 }), fc.array(value, { maxLength: 3 })),
  {
    minKeys: 1,
    maxKeys: 4,
  },
);

describe('Writing YAML', () => {
  it.each(['1.1', '1.2'] as const)('gives any text back to a reader of version %s', (version) => {
    fc.assert(
      fc.property(map, (wanted) => {
        expect({ ...parse(writeYaml(wanted), { version }) }).toEqual({ ...wanted });
        expect({ ...parse(writeFlow(wanted), { version }) }).toEqual({ ...wanted });
      }),
      { numRuns: 300 },
    );
  });

  it.skipIf(!hasPyYaml())('gives any text back to PyYAML', () => {
    const samples = fc.sample(map, 400);
    expect(readWithPyYaml(samples.map((wanted) => writeYaml(wanted)))).toEqual(samples);
    const flat = [...WORDS, ...fc.sample(text, 400)];
    expect(readWithPyYaml(flat.map(quoteDouble))).toEqual(flat);
    const single = flat.filter((item) => quoteSingle(item) !== null);
    expect(readWithPyYaml(single.map((item) => quoteSingle(item) ?? ''))).toEqual(single);
  });

  it('never writes a surrogate pair as two escapes', () => {
    expect(quoteDouble('😀\u0001')).toBe('"😀\\x01"');
  });

  it('puts quotes around keys that a reader takes for something else', () => {
    expect(writeYaml({ y: 1, 'a b': 2, 'smtp.host': 3 })).toBe('"y": 1\n"a b": 2\nsmtp.host: 3\n');
  });

  it('writes lists of maps, empty containers and words as they are', () => {
    const wanted = { a: [{ b: 'x', c: { d: 1 } }, 'y'], e: {}, f: [], g: new YamlWord('!secret pw') };
    expect(writeYaml(wanted)).toBe('a:\n  - b: "x"\n    c:\n      d: 1\n  - "y"\ne: {}\nf: []\ng: !secret pw\n');
  });
});
