import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEngine, type Engine } from '../../../engine/index.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { memoryClipboard } from '../../support/memory-clipboard.ts';
import { realServer, script, settingsFor } from '../smtp/support.ts';

let home: string;
let engine: Engine;
let taken: string[];
beforeEach(async () => {
  taken = [];
  home = mkdtempSync(join(tmpdir(), 'relaysmith-sends-'));
  engine = await start();
});
afterEach(async () => {
  await engine.close();
  rmSync(home, { recursive: true, force: true });
});

/** An engine on the data directory of this test, as each program has its own. */
function start(): Promise<Engine> {
  const quiet = () => undefined;
  return createEngine({
    version: '0.0.0-test',
    door: 'browser',
    dataDirectory: home,
    files: { kind: 'typed-path', open: async () => null, folder: async () => null, save: async () => null },
    clipboard: memoryClipboard(),
    preferences: { get: () => ({ theme: 'system', density: 'comfortable' }), set: quiet },
    log: { info: quiet, warn: quiet, error: quiet },
    now: () => new Date(),
  });
}

/** A server that keeps what it took; returns its port. */
function inbox(options: Partial<SMTPServerOptions> = {}): Promise<number> {
  return realServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        taken.push(Buffer.concat(chunks).toString('utf8'));
        done();
      });
    },
    ...options,
  });
}

function send(settings: ProfileSettings, sendId: string, signal?: AbortSignal, door = engine) {
  const subject = { kind: 'settings' as const, settings, secretsOf: null };
  return door.client(
    'tests.send',
    { subject, secrets: {}, recipient: 'you@example.net', sendId },
    signal ? { signal } : {},
  );
}

test('one decision sends one message, however often its request comes', async () => {
  const settings = settingsFor(await inbox());
  const sendId = randomUUID();
  const [first, second] = await Promise.all([send(settings, sendId), send(settings, sendId)]);
  const third = await send(settings, sendId);
  expect(taken).toHaveLength(1);
  expect(first).toMatchObject({ ok: true, value: { ok: true } });
  expect(second).toEqual(first);
  expect(third).toEqual(first);
});

test('a second decision sends a second message', async () => {
  const settings = settingsFor(await inbox());
  await send(settings, randomUUID());
  await send(settings, randomUUID());
  expect(taken).toHaveLength(2);
});

test('while a message is on its way, another window cannot send the same one', async () => {
  const settings = settingsFor(await inbox());
  const [first, second] = await Promise.all([send(settings, randomUUID()), send(settings, randomUUID())]);
  expect(first.ok).toBe(true);
  expect(second).toMatchObject({ ok: false, error: { code: 'SEND_RUNNING' } });
  expect(taken).toHaveLength(1);
});

test('while a message is on its way, another program cannot send the same one; afterwards it can', async () => {
  const settings = settingsFor(await inbox());
  const other = await start();
  const both = await Promise.all([send(settings, randomUUID()), send(settings, randomUUID(), undefined, other)]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'SEND_RUNNING' } });
  expect(taken).toHaveLength(1);
  expect(await send(settings, randomUUID(), undefined, other)).toMatchObject({ ok: true });
  await other.close();
  expect(readdirSync(join(home, 'sends'))).toEqual([]);
});

test('a message that never left can be sent with the same id', async () => {
  const settings = settingsFor(await inbox());
  settings.signIn = { ...settings.signIn, method: 'password', username: 'alice' };
  const sendId = randomUUID();
  expect(await send(settings, sendId)).toMatchObject({ ok: false, error: { code: 'SECRET_NEEDED' } });
  settings.signIn.method = 'none';
  expect(await send(settings, sendId)).toMatchObject({ ok: true, value: { ok: true } });
  expect(taken).toHaveLength(1);
});

test('a message whose acceptance is not known is not sent again: its report comes back', async () => {
  const server = await script(
    { send: '220 mx\r\n' },
    { expect: /^EHLO/ },
    { send: '250 mx\r\n' },
    { expect: /^MAIL/ },
    { send: '250 ok\r\n' },
    { expect: /^RCPT/ },
    { send: '250 ok\r\n' },
    { expect: /^DATA/ },
    { send: '354 go\r\n' },
  );
  const settings = settingsFor(server.port);
  settings.server.commandTimeoutSeconds = 1;
  const sendId = randomUUID();
  const first = await send(settings, sendId);
  expect(first).toMatchObject({ ok: true, value: { ok: false } });
  expect(await send(settings, sendId)).toEqual(first);
  expect(server.received().match(/^Subject:/gm)).toHaveLength(1);
});

test('a cancelled send that did not get to the message can be repeated', async () => {
  const settings = settingsFor(await inbox());
  const sendId = randomUUID();
  const gone = new AbortController();
  gone.abort();
  await send(settings, sendId, gone.signal);
  expect(taken).toHaveLength(0);
  await send(settings, sendId);
  expect(taken).toHaveLength(1);
});

test('an id is not lent to another message', async () => {
  const settings = settingsFor(await inbox());
  const sendId = randomUUID();
  await send(settings, sendId);
  const other = { ...settings, sender: { ...settings.sender, from: { address: 'other@example.com', name: '' } } };
  expect(await send(other, sendId)).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
  expect(taken).toHaveLength(1);
});
