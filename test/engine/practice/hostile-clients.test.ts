import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RawClient, startBehaviour, startPractice } from './client.ts';

const OPEN = { tls: 'off', loginRequired: false } as const;
const MAIL = ['EHLO c.test', 'MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>', 'DATA'];

test.each([
  ['without TLS', OPEN],
  ['with STARTTLS', { loginRequired: false }],
])('any bytes at any point leave the server able to serve the next client: %s', async (_, behaviour) => {
  const { port } = await startBehaviour(behaviour);
  const word = fc.constantFrom(
    'EHLO x\r\n',
    'MAIL FROM:<a@b>\r\n',
    'RCPT TO:<c@d>\r\n',
    'DATA\r\n',
    '.\r\n',
    'AUTH PLAIN\r\n',
    'STARTTLS\r\n',
    '\r\n',
    '\0',
    '\x16\x03\x01',
  );
  const noise = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(word, noise), { maxLength: 12 }), async (parts) => {
      const client = await RawClient.open(port);
      for (const part of parts) client.send(part);
      client.end();
      await client.closed();
      const next = await RawClient.open(port);
      expect(await next.exchange('NOOP', 'QUIT')).toEqual(['250 2.0.0 Ok\r\n', '221 2.0.0 Bye\r\n']);
    }),
    { numRuns: 60 },
  );
});

test('a command line above the limit is refused, and the next one is read', async () => {
  const { port } = await startBehaviour(OPEN);
  const client = await RawClient.open(port);
  expect(await client.exchange('X'.repeat(200_000), 'NOOP')).toEqual([
    '500 5.5.2 Line too long\r\n',
    '250 2.0.0 Ok\r\n',
  ]);
});

test('a client that collects too many refusals is sent away', async () => {
  const { port } = await startBehaviour(OPEN, { errors: 3 });
  const client = await RawClient.open(port);
  expect(await client.exchange('A', 'B', 'C')).toEqual([
    expect.stringMatching(/^500/),
    expect.stringMatching(/^500/),
    '421 4.7.0 Too many errors\r\n',
  ]);
  await client.closed();
});

test('a message above the limit is refused after its end, and nothing is kept', async () => {
  const { port, inbox } = await startBehaviour(OPEN, { messageBytes: 1_000 });
  const client = await RawClient.open(port);
  await client.exchange(...MAIL);
  expect(await client.sendMessage(Buffer.from(`${'x'.repeat(100_000)}\r\n`))).toMatch(/^552 5\.3\.4/);
  expect(inbox.list()).toEqual([]);
  expect(await client.exchange('NOOP')).toEqual(['250 2.0.0 Ok\r\n']);
});

test('messages on their way share one bound, which is free again when they are through', async () => {
  const { port, inbox } = await startBehaviour(OPEN, { arrivingBytes: 1_000 });
  const first = await RawClient.open(port);
  const second = await RawClient.open(port);
  await first.exchange(...MAIL);
  await second.exchange(...MAIL);
  expect(await first.sendMessage(Buffer.from(`${'x'.repeat(2_000)}\r\n`))).toMatch(/^452 4\.3\.1/);
  expect(await second.sendMessage(Buffer.from(`${'x'.repeat(900)}\r\n`))).toMatch(/^250/);
  await first.exchange(...MAIL.slice(1));
  expect(await first.sendMessage(Buffer.from(`${'x'.repeat(900)}\r\n`))).toMatch(/^250/);
  expect(inbox.list()).toHaveLength(2);
});

test('more recipients than the limit are refused', async () => {
  const { port } = await startBehaviour(OPEN, { recipients: 1 });
  const client = await RawClient.open(port);
  const replies = await client.exchange(
    'EHLO c.test',
    'MAIL FROM:<a@b.test>',
    'RCPT TO:<c@d.test>',
    'RCPT TO:<e@d.test>',
  );
  expect(replies[3]).toMatch(/^452 4\.5\.3/);
});

test('a connection above the limit is told so and closed; one that ends makes room', async () => {
  const { port } = await startBehaviour(OPEN, { connections: 2 });
  const clients = [await RawClient.open(port), await RawClient.open(port)];
  const third = await RawClient.connect(port);
  expect(await third.closed()).toBe('421 4.7.0 Too many connections\r\n');
  await clients[0]?.exchange('QUIT');
  await clients[0]?.closed();
  expect(await (await RawClient.open(port)).exchange('NOOP')).toEqual(['250 2.0.0 Ok\r\n']);
});

test('a silent client is disconnected', async () => {
  const { port } = await startBehaviour(OPEN, { idleMs: 50 });
  const client = await RawClient.open(port);
  expect(await client.closed()).toBe('');
});

test('a client that never begins the TLS handshake is disconnected', async () => {
  const { port } = await startBehaviour({}, { handshakeMs: 50 });
  const client = await RawClient.open(port);
  await client.exchange('EHLO c.test', 'STARTTLS');
  await client.closed();
});

test('a client that leaves instead of beginning the TLS handshake is let go at once', async () => {
  const { port } = await startBehaviour({});
  const client = await RawClient.open(port);
  await client.exchange('EHLO c.test', 'STARTTLS');
  client.end();
  await client.closed();
});

test('a client that leaves while it is told to begin the TLS handshake is let go at once', async () => {
  const { port } = await startBehaviour({ replyDelayMs: 30 });
  const client = await RawClient.open(port);
  client.send('STARTTLS\r\n');
  client.end();
  await client.closed();
});

test('a connection ends at its time, even in the middle of a message', async () => {
  const { port, inbox } = await startBehaviour(OPEN, { sessionMs: 200 });
  const client = await RawClient.open(port);
  await client.exchange(...MAIL);
  client.send('half a message');
  await client.closed();
  expect(inbox.list()).toEqual([]);
});

test('a client that goes away in the middle of a message leaves nothing behind', async () => {
  const { practice, signedIn } = await startPractice('all-well');
  const client = await signedIn();
  await client.exchange('MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>', 'DATA');
  client.send('Subject: half\r\n');
  client.end();
  await client.closed();
  expect(practice.inbox()).toEqual([]);
});

test('a message that comes in single bytes arrives whole', async () => {
  const { port, inbox } = await startBehaviour(OPEN);
  const client = await RawClient.open(port);
  await client.exchange(...MAIL);
  const source = `Subject: x\r\n\r\n${'.\r\n'.repeat(20)}`;
  for (const byte of source.replace(/(^|\r\n)\./g, '$1..')) client.send(byte);
  client.send('.\r\n');
  await client.reply();
  expect(inbox.find(inbox.list()[0]?.id ?? '')?.source).toBe(source);
});
