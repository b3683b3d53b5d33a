import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileLogger, createRedactor } from '../../../engine/log/index.ts';

const now = () => new Date('2026-03-01T08:00:00.000Z');
const CANARY = 'canary7F3aQ9';
let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'relaysmith-log-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const current = () => join(directory, 'relaysmith.log');
const entries = () =>
  readFileSync(current(), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('the file logger', () => {
  it('appends one JSON object a line', () => {
    const log = createFileLogger({ directory, now });
    log.info('app.started', { door: 'desktop', pid: 12, first: true });
    log.warn('library.busy');
    log.error('smtp.failed', { stage: 'tcp' });
    const time = '2026-03-01T08:00:00.000Z';
    expect(entries()).toEqual([
      { time, level: 'info', event: 'app.started', door: 'desktop', pid: 12, first: true },
      { time, level: 'warn', event: 'library.busy' },
      { time, level: 'error', event: 'smtp.failed', stage: 'tcp' },
    ]);
  });

  it('makes directory and file for this user alone', () => {
    const nested = join(directory, 'new', 'logs');
    createFileLogger({ directory: nested, now }).info('x');
    expect(statSync(nested).mode & 0o777).toBe(0o700);
    expect(statSync(join(nested, 'relaysmith.log')).mode & 0o777).toBe(0o600);
  });

  it('takes back rights that others have on an earlier file', () => {
    writeFileSync(current(), '');
    chmodSync(current(), 0o644);
    createFileLogger({ directory, now }).info('x');
    expect(statSync(current()).mode & 0o777).toBe(0o600);
  });

  it('keeps at most two files of 1 MB, and the newest entries', () => {
    const log = createFileLogger({ directory, now });
    for (let index = 0; index < 6_000; index += 1) log.info('fill', { index, text: `${'x '.repeat(200)}` });
    expect(readdirSync(directory).sort()).toEqual(['relaysmith.1.log', 'relaysmith.log']);
    for (const file of readdirSync(directory)) {
      expect(statSync(join(directory, file)).size).toBeLessThanOrEqual(1024 * 1024);
      expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600);
    }
    const kept = ['relaysmith.1.log', 'relaysmith.log']
      .flatMap((file) => readFileSync(join(directory, file), 'utf8').trimEnd().split('\n'))
      .map((line) => JSON.parse(line).index);
    expect(kept.at(-1)).toBe(5_999);
    expect(kept).toEqual(Array.from(kept, (_, offset) => 6_000 - kept.length + offset));
  });

  it('lets two programs log to the same file', () => {
    const [one, two] = [createFileLogger({ directory, now }), createFileLogger({ directory, now })];
    for (let index = 0; index < 50; index += 1) {
      one.info('one', { index });
      two.info('two', { index });
    }
    expect(entries()).toHaveLength(100);
  });
});

describe('what breaks while logging', () => {
  it.each([
    ['a file in place of the directory', () => join(import.meta.dirname, 'file-logger.test.ts')],
    ['an impossible path', () => '/dev/null/logs'],
    ['an empty path', () => ''],
    ['a NUL in the path', () => `${directory}/\0`],
  ])('breaks nothing else: %s', (_name, path) => {
    expect(() => createFileLogger({ directory: path(), now }).error('x', { a: 1 })).not.toThrow();
  });

  it('breaks nothing else: facts, clock and redactor that throw', () => {
    const facts = Object.defineProperty({}, 'bad', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    expect(() => createFileLogger({ directory, now }).info('x', facts)).not.toThrow();
    expect(() => createFileLogger({ directory, now: () => new Date(Number.NaN) }).info('x')).not.toThrow();
    const redact = () => {
      throw new Error('no');
    };
    expect(() => createFileLogger({ directory, now, redact }).info('x', { a: 'b' })).not.toThrow();
    expect(readdirSync(directory)).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('does not follow a symbolic link to another file', () => {
    const other = join(directory, 'other.txt');
    writeFileSync(other, 'precious');
    symlinkSync(other, current());
    createFileLogger({ directory, now }).info('x');
    expect(readFileSync(other, 'utf8')).toBe('precious');
  });
});

describe('facts', () => {
  it('are texts, numbers and booleans under plain names, whatever a caller passes', () => {
    const log = createFileLogger({ directory, now });
    const wrong = {
      object: { password: CANARY },
      list: [CANARY],
      error: new Error(CANARY),
      nothing: null,
      missing: undefined,
      'no plain\nname': CANARY,
      __proto__: { inherited: CANARY },
      good: 'yes',
      count: Number.NaN,
    };
    log.info('x', wrong as unknown as Record<string, string>);
    expect(entries()).toEqual([{ time: now().toISOString(), level: 'info', event: 'x', good: 'yes', count: null }]);
  });

  it('cannot replace time, level or event', () => {
    createFileLogger({ directory, now }).info('real', { event: 'fake', time: 'fake', level: 'fake' });
    expect(entries()[0]).toEqual({ event: 'real', time: now().toISOString(), level: 'info' });
  });

  it('cannot start a line, act on a terminal, or be long', () => {
    const log = createFileLogger({ directory, now });
    log.info('e'.repeat(1_000), {
      text: 'a\r\n{"event":"fake"}\x1b[2J\u202e',
      long: 'x y '.repeat(5_000),
      huge: 'z'.repeat(70_000),
    });
    const [entry] = entries();
    expect(entries()).toHaveLength(1);
    expect(entry.event).toBe(`${'e'.repeat(80)}…`);
    expect(entry.text).toBe('a\\x0d\\x0a{"event":"fake"}\\x1b[2J\\u202e');
    expect(entry.long).toHaveLength(501);
    expect(entry.huge).toBe('(70000 characters)');
  });

  it('that are named like a secret are never written', () => {
    const log = createFileLogger({ directory, now });
    log.info('x', { password: CANARY, clientSecret: CANARY, refresh_token: CANARY, hasPassword: true });
    expect(readFileSync(current(), 'utf8')).not.toContain(CANARY);
    expect(entries()[0]).toMatchObject({ hasPassword: true, password: '********' });
  });
});

it('never writes a known secret, wherever it is passed and however long the text', () => {
  const place = fc.constantFrom('event', 'name', 'value', 'number');
  const around = fc.tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 700 }));
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme-ascii', minLength: 6, maxLength: 40 }),
      fc.integer({ min: 100_000 }),
      place,
      around,
      (word, number, where, [before, after]) => {
        fc.pre(/[a-z0-9]{4}/i.test(word));
        rmSync(current(), { force: true });
        const secret = where === 'number' ? String(number) : word;
        const log = createFileLogger({ directory, now, redact: createRedactor([secret]) });
        const text = `${'. '.repeat(before)}${secret}${' .'.repeat(after)}`;
        if (where === 'event') log.info(text);
        if (where === 'name') log.info('x', { [secret]: 1 });
        if (where === 'value') log.info('x', { text, coded: Buffer.from(`\0u\0${secret}`).toString('base64') });
        if (where === 'number') log.info('x', { number });
        const written = readFileSync(current(), 'utf8').replace('2026-03-01T08:00:00.000Z', '');
        const json = JSON.stringify(secret).slice(1, -1);
        // Neither the secret nor a half of it that a cut could have left.
        for (const trace of [secret, json, Buffer.from(`\0u\0${secret}`).toString('base64')])
          expect(written.includes(trace)).toBe(false);
        if (secret.length > 12) expect(written.includes(secret.slice(0, secret.length / 2 + 4))).toBe(false);
      },
    ),
  );
});
