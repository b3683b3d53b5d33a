import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GO_INI } from '../../../../engine/targets/ini/dialect.ts';
import { readIni } from '../../../../engine/targets/ini/read.ts';
import { GO_INI_SYNTAX, goIniLosesOnSave, goIniUnwritable } from '../../../../engine/targets/ini/write.ts';
import { editLines } from '../../../../engine/targets/lines/edit.ts';
import { requireTool } from '../../../support/requires.ts';
import { hostileSecret } from '../arbitrary.ts';

const GO_PATH = '/usr/share/gocode';

/** True when go and the library (Debian: golang-go, golang-gopkg-ini.v1-dev) are there; in CI their lack is an error. */
function haveGoIni(): boolean {
  if (!requireTool('go')) return false;
  if (existsSync(join(GO_PATH, 'src/gopkg.in/ini.v1'))) return true;
  if (process.env.CI) throw new Error('The Go library gopkg.in/ini.v1 is needed for this test and is not installed');
  console.warn('Skipped: the Go library gopkg.in/ini.v1 is not installed');
  return false;
}

/** What we make of a text, in the judge's form. */
function ours(text: string): unknown {
  const { entries, fault } = readIni(text, GO_INI);
  if (fault) return 'fault';
  const pairs = entries.map(({ section, key, value }) => [`${section || 'DEFAULT'}.${key}`, value] as const);
  // The judge gives its map in the order of the keys.
  return Object.fromEntries(pairs.toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
}

describe.skipIf(!haveGoIni())('go-ini itself', () => {
  let folder = '';
  const ask = (texts: string[], ...args: string[]) =>
    JSON.parse(
      execFileSync(join(folder, 'judge'), args, {
        input: JSON.stringify(texts),
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      }),
    ) as unknown[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'relaysmith-go-ini-'));
    const source = fileURLToPath(new URL('./go-ini-judge.go', import.meta.url));
    const env = { ...process.env, GO111MODULE: 'off', GOPATH: GO_PATH, GOFLAGS: '', GOCACHE: join(folder, 'cache') };
    execFileSync('go', ['build', '-o', join(folder, 'judge'), source], { env, timeout: 120_000 });
  }, 130_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('reads any text as we do', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'k = ',
        'j=',
        'm : ',
        '"q" = ',
        '`',
        '"""',
        '"',
        "'",
        '\\',
        '\n',
        '\r\n',
        ' ',
        '\t',
        '#',
        ';',
        '[b]',
        '[',
        ']',
        'x',
        '\u00a0',
        '\u0085',
      ),
      fc.string({ maxLength: 4 }),
    );
    const texts = fc
      .sample(fc.array(piece, { maxLength: 14 }), { numRuns: 6_000, seed: 21 })
      .map((pieces) => `[a]\n${pieces.join('')}`)
      // A key named - is numbered by go-ini, and a child section reads its parent's keys: neither is any of ours.
      .filter((text) => !/^\s*-\s*[=:]/m.test(text));
    const answers = ask(texts);
    const differing = texts.filter((text, index) => JSON.stringify(ours(text)) !== JSON.stringify(answers[index]));
    expect(differing).toEqual([]);
  });

  it('reads back every value that we write, in a new file and in an edited one', () => {
    const values = fc
      .sample(hostileSecret, { numRuns: 800, seed: 4 })
      .filter((value) => goIniUnwritable(value) === null);
    const edited = '[smtp]\nhost = "old" ; it`s\npassword = """x\ny"""\n';
    const texts = values.flatMap((value) => [
      `[smtp]\nhost = ${GO_INI_SYNTAX.write(value)}\npassword = 1\n`,
      editLines(
        edited,
        readIni(edited, GO_INI),
        [
          { section: 'smtp', key: 'host', value },
          { section: 'smtp', key: 'password', value: '1' },
        ],
        GO_INI_SYNTAX,
      ),
    ]);
    const expected = values.flatMap((value) => Array(2).fill({ 'smtp.host': value, 'smtp.password': '1' }));
    expect(ask(texts)).toEqual(expected);
  });

  it('reads back after its own saving what we call safe, and only that', () => {
    const values = fc
      .sample(hostileSecret, { numRuns: 1_500, seed: 8 })
      .filter((value) => goIniUnwritable(value) === null);
    const quoted = ['"a"', "'a'", 'a\\', '"""a', '`a', ' a"b', ' a ', 'a;`', '"a#"'];
    const all = [...values, ...quoted];
    const answers = ask(
      all.map((value) => `[a]\nk = ${GO_INI_SYNTAX.write(value)}\n`),
      'saved',
    );
    const survived = all.map((value, index) => JSON.stringify(answers[index]) === JSON.stringify({ 'a.k': value }));
    expect(all.filter((value, index) => survived[index] === goIniLosesOnSave(value))).toEqual([]);
  });
});
