import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONFIG_PARSER, GO_INI } from '../../../../engine/targets/ini/dialect.ts';
import { readIni } from '../../../../engine/targets/ini/read.ts';
import {
  CONFIG_PARSER_SYNTAX,
  configParserUnwritable,
  GO_INI_SYNTAX,
  goIniUnwritable,
} from '../../../../engine/targets/ini/write.ts';
import { editLines } from '../../../../engine/targets/lines/edit.ts';
import { maskEntries } from '../../../../engine/targets/lines/mask.ts';
import { requireTool } from '../../../support/requires.ts';
import { hostileSecret } from '../arbitrary.ts';

/** Values by section and key, or the word fault. */
function valuesOf(text: string, dialect = GO_INI): [string, string, string][] | 'fault' {
  const { entries, fault } = readIni(text, dialect);
  return fault ? 'fault' : entries.map(({ section, key, value }) => [section, key, value]);
}

describe('go-ini reading', () => {
  // Each pair is what gopkg.in/ini.v1 gives; read.system.test.ts asks the library itself.
  it.each<[string, [string, string, string][] | 'fault']>([
    ['[a]\nk = `a`b`c` ; x\n', [['a', 'k', 'a`b`c']]],
    ['[a]\nk = """a"""b""" # c\n', [['a', 'k', 'a"""b']]],
    [
      '[a]\nk = """a\n b"""\nj=1',
      [
        ['a', 'k', 'a\n b'],
        ['a', 'j', '1'],
      ],
    ],
    [
      '[a]\nl="a"b"\nk = "x"\nj=\'y\'',
      [
        ['a', 'l', '"a"b"'],
        ['a', 'k', 'x'],
        ['a', 'j', 'y'],
      ],
    ],
    [
      '[a]\nm = a\\\n b\\\n c\nn=\\\nz=1',
      [
        ['a', 'm', 'abc'],
        ['a', 'n', 'z=1'],
      ],
    ],
    [
      '[a]\nm = a;b\\\n c#d\nz=1\n',
      [
        ['a', 'm', 'a;bc#d'],
        ['a', 'z', '1'],
      ],
    ],
    ['[a]\nk=a#b', [['a', 'k', 'a']]],
    [
      '[ a ]\n k : v\n[a] ; x\n"q=r"=5\n',
      [
        [' a ', 'k', 'v'],
        ['a', 'q=r', '5'],
      ],
    ],
    [
      'k=1\n[DEFAULT]\nz=2',
      [
        ['', 'k', '1'],
        ['', 'z', '2'],
      ],
    ],
    ['\ufeff[a]\nb=\u00a0x\u2003', [['a', 'b', 'x']]],
    ['[a]\nk', 'fault'],
    ['[a\n', 'fault'],
    ['[]\n', 'fault'],
    ['[a]\n=x', 'fault'],
    ['[a]\nk=`abc\nj=2', 'fault'],
  ])('reads %j', (text, expected) => {
    expect(valuesOf(text)).toEqual(expected);
  });

  it('gives back every value that it writes', () => {
    fc.assert(
      fc.property(hostileSecret, (value) => {
        if (goIniUnwritable(value) !== null) return;
        expect(valuesOf(`[a]\nk = ${GO_INI_SYNTAX.write(value)}\nj = 1\n`)).toEqual([
          ['a', 'k', value],
          ['a', 'j', '1'],
        ]);
      }),
      { numRuns: 500 },
    );
  });

  it('names the place of a fault and not its text', () => {
    expect(readIni('[a]\nb = 1\nhunter2', GO_INI).fault).toEqual({
      line: 3,
      column: 1,
      detail: 'this line is neither a section nor a key with a value',
    });
  });
});

const judge = `
import sys, json, configparser
out = []
for text in json.load(sys.stdin):
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(text)
        out.append({s + '.' + k: v for s in parser.sections() for k, v in parser.items(s)})
    except configparser.Error:
        out.append('fault')
json.dump(out, sys.stdout)
`;

describe.skipIf(!requireTool('python3'))('ConfigParser reading', () => {
  const ask = (texts: string[]) =>
    JSON.parse(execFileSync('python3', ['-c', judge], { input: JSON.stringify(texts), encoding: 'utf8' })) as unknown[];

  it('reads what Python reads', () => {
    const pieces = [
      'k = 1',
      '  more',
      '\tx',
      '',
      '; c',
      '# c',
      ' ; c',
      '[b]',
      'K2: a = b',
      '=x',
      'j=',
      '   j2 = y',
      'word',
      'm = a;b#c "q"',
    ];
    const texts = fc
      .sample(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), { numRuns: 400, seed: 3 })
      .map((lines) => ['[a]', ...lines].join('\n'));
    const ours = texts.map((text) => {
      const values = valuesOf(text, CONFIG_PARSER);
      if (values === 'fault') return values;
      return Object.fromEntries(values.map(([section, key, value]) => [`${section}.${key.toLowerCase()}`, value]));
    });
    expect(ours).toEqual(ask(texts));
  });

  it('writes what Python reads back', () => {
    const values = fc
      .sample(hostileSecret, { numRuns: 400, seed: 9 })
      .filter((value) => configParserUnwritable(value) === null);
    const texts = values.map((value) => `[a]\nk = ${CONFIG_PARSER_SYNTAX.write(value)}\n`);
    expect(ask(texts)).toEqual(values.map((value) => ({ 'a.k': value })));
  });
});

describe('editing lines', () => {
  const edit = (text: string, changes: Record<string, string | undefined>, section = 'smtp') =>
    editLines(
      text,
      readIni(text, GO_INI),
      Object.entries(changes).map(([key, value]) => ({ section, key, value })),
      GO_INI_SYNTAX,
    );

  it('changes a value where it stands and nothing around it', () => {
    expect(edit('; top\r\n[smtp]\r\n  host\t=  old.example:25   ; keep\r\nuser = a', { host: 'new.example:587' })).toBe(
      '; top\r\n[smtp]\r\n  host\t=  new.example:587   ; keep\r\nuser = a',
    );
  });

  it('leaves a value that already means the same as it is written', () => {
    const text = '[smtp]\nhost = "a.example:25"\n';
    expect(edit(text, { host: 'a.example:25' })).toBe(text);
  });

  it('puts a new key below its commented-out default, or at the end of its section', () => {
    expect(edit('[smtp]\n;host = localhost:25\n;user =\n\n[log]\nmode = x\n', { host: 'a:25', other: '1' })).toBe(
      '[smtp]\n;host = localhost:25\nhost = a:25\n;user =\nother = 1\n\n[log]\nmode = x\n',
    );
  });

  it('adds a missing section, to a text without a last line break too', () => {
    expect(edit('[log]\nmode = x', { host: 'a:25', user: 'u' })).toBe(
      '[log]\nmode = x\n\n[smtp]\nhost = a:25\nuser = u\n',
    );
    expect(edit('', { host: 'a:25' })).toBe('[smtp]\nhost = a:25\n');
    expect(edit('[smtp]\nuser = u', { host: 'a:25' })).toBe('[smtp]\nuser = u\nhost = a:25');
  });

  it('removes a key, and earlier ones of a key that stands twice', () => {
    expect(edit('[smtp]\nhost = a\nuser = u\nhost = b\n', { host: 'c', user: undefined })).toBe('[smtp]\nhost = c\n');
  });

  it('fills an empty value, and replaces one over several lines', () => {
    expect(edit('[smtp]\nhost =\nuser = """a\nb"""\n', { host: 'a', user: 'c' })).toBe('[smtp]\nhost = a\nuser = c\n');
  });

  it('adds a key below a last line that goes on into the next', () => {
    const edited = edit('[smtp]\nuser = x\\', { host: 'a' });
    expect(edited).toBe('[smtp]\nuser = x\\\n\nhost = a');
    expect(readIni(edited, GO_INI).entries.map(({ key, value }) => [key, value])).toEqual([
      ['user', 'x'],
      ['host', 'a'],
    ]);
  });

  it('gives up a comment that would change the new value', () => {
    expect(edit('[smtp]\nhost = a ; it`s\n', { host: 'b#c' })).toBe('[smtp]\nhost = `b#c`\n');
  });

  it('changes to what is asked for, whatever stands there', () => {
    const value = hostileSecret.filter((text) => goIniUnwritable(text) === null);
    const piece = fc.oneof(
      fc.constantFrom(
        'host = ',
        'host=`',
        'user = """',
        ' ; c',
        '`',
        '"',
        '\\',
        '\n',
        '\r\n',
        '[smtp]\n',
        '# host = x\n',
        'x',
        '\t',
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 15 }), value, (pieces, wanted) => {
        const text = pieces.join('');
        // Three quotes are a plain value where nothing at all follows them, and only there.
        if (readIni(text, GO_INI).fault || text.endsWith('"""')) return;
        const edited = edit(text, { host: wanted });
        const { entries, fault } = readIni(edited, GO_INI);
        expect(fault).toBeNull();
        expect(
          entries.filter(({ section, key }) => section === 'smtp' && key === 'host').map((entry) => entry.value),
        ).toEqual([wanted]);
        expect(edit(edited, { host: wanted })).toBe(edited);
        const others = (reading: typeof entries) =>
          reading
            .filter(({ section, key }) => section !== 'smtp' || key !== 'host')
            .map(({ section, key, value: kept }) => [section, key, kept]);
        expect(others(entries)).toEqual(others(readIni(text, GO_INI).entries));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('masking lines', () => {
  it('hides secrets over several lines and in comments, and keeps references and the number of lines', () => {
    const text =
      '[smtp]\npassword = """hun\nter2"""\n;password = hunter2\nSECRET = $' +
      '{X}\nurl = pg://u:hunter2@db/x\nuser = u\n';
    expect(maskEntries(text, readIni(text, GO_INI))).toBe(
      '[smtp]\npassword = ••••••••\n\n;password = ••••••••\nSECRET = $' + '{X}\nurl = pg://u:••••••••@db/x\nuser = u\n',
    );
  });
});
