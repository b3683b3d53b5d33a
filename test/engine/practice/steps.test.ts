import { connect as connectTls } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Behaviour } from '../../../engine/practice/scenario.ts';
import { RawClient, startBehaviour } from './client.ts';

const OPEN: Behaviour = { tls: 'off', loginRequired: false, loginWithoutTls: true };

/** A client of a server that takes mail from anybody and behaves like this. */
async function clientOf(behaviour: Behaviour): Promise<RawClient> {
  const { port } = await startBehaviour({ ...OPEN, ...behaviour });
  return RawClient.connect(port);
}

test('raw sends octets as they are', async () => {
  const client = await clientOf({
    at: { greeting: [{ do: 'raw', bytes: '220 a\0\x1b[31m\xff' }, { do: 'close' }] },
  });
  expect(await client.closed()).toBe('220 a\0\x1b[31m\xff');
});

test('drip sends everything, byte by byte', async () => {
  const client = await clientOf({ at: { greeting: [{ do: 'drip', bytes: '220 hi\r\n', everyMs: 1 }] } });
  expect(await client.reply()).toBe('220 hi\r\n');
});

test('flood goes on to its bound and stops for a client that leaves', async () => {
  const { port } = await startBehaviour(
    { ...OPEN, at: { greeting: [{ do: 'flood', bytes: '220-x\r\n' }, { do: 'close' }] } },
    { floodBytes: 100_000 },
  );
  const client = await RawClient.connect(port);
  const received = await client.closed();
  expect(received.length).toBeGreaterThanOrEqual(100_000);
  expect(received.startsWith('220-x\r\n220-x\r\n')).toBe(true);
  const { port: endless, listener } = await startBehaviour({
    ...OPEN,
    at: { greeting: [{ do: 'flood', bytes: 'y' }] },
  });
  await RawClient.connect(endless);
  await listener.close();
});

test('reset ends the connection with RST', async () => {
  const client = await clientOf({ at: { rcpt: [{ do: 'reset' }] } });
  await client.reply();
  await client.exchange('EHLO c.test', 'MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>');
  expect(client.errorCode).toBe('ECONNRESET');
});

test('reset works inside TLS', async () => {
  const { port, caPem } = await startBehaviour({ at: { 'ehlo-in-tls': [{ do: 'reset' }] } });
  const client = await RawClient.open(port);
  await client.exchange('EHLO c.test', 'STARTTLS');
  await client.startTls(caPem);
  await client.exchange('EHLO c.test');
  expect(client.errorCode).toBe('ECONNRESET');
});

test('half-close sends FIN and leaves the other direction open', async () => {
  const client = await clientOf({ at: { ehlo: [{ do: 'half-close' }, { do: 'silence' }] } });
  await client.reply();
  client.send('EHLO c.test\r\n');
  expect(await client.closed()).toBe('');
  expect(client.errorCode).toBe('');
});

test('silence answers nothing, until the client leaves', async () => {
  const { port } = await startBehaviour({ ...OPEN, at: { ehlo: [{ do: 'silence' }] } });
  const client = await RawClient.open(port);
  client.send('EHLO c.test\r\nNOOP\r\n');
  client.end();
  expect(await client.closed()).toBe('');
});

test('mixed codes, challenges without end, and a wrong reply to DATA are data', async () => {
  const client = await clientOf({
    at: {
      ehlo: [{ do: 'reply', lines: ['250-practice', '550 no'] }, { do: 'usual' }],
      auth: [
        { do: 'repeat', times: 3, steps: [{ do: 'raw', bytes: '334 !!!\r\n' }, { do: 'read-line' }] },
        { do: 'reply', lines: ['454 4.7.0 Later'] },
      ],
      data: [{ do: 'reply', lines: ['250 2.0.0 Ok'] }],
      message: [{ do: 'close' }],
    },
  });
  await client.reply();
  client.send('EHLO c.test\r\n');
  expect(await client.reply()).toBe('250-practice\r\n550 no\r\n');
  expect(await client.reply()).toMatch(/^250-/);
  expect(await client.exchange('AUTH LOGIN', 'a', 'b', 'c')).toEqual([
    ...Array(3).fill('334 !!!\r\n'),
    '454 4.7.0 Later\r\n',
  ]);
  expect(await client.exchange('MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>', 'DATA', 'NOOP')).toEqual([
    expect.stringMatching(/^250/),
    expect.stringMatching(/^250/),
    '250 2.0.0 Ok\r\n',
    '250 2.0.0 Ok\r\n',
  ]);
});

test('what a client said cannot split a reply or act on a terminal', async () => {
  const client = await clientOf({
    at: {
      ehlo: [
        { do: 'reply', lines: ['250 hello {client}'] },
        { do: 'usual', silent: true },
      ],
      login: [{ do: 'reply', lines: ['535 5.7.8 no {user}'] }],
    },
  });
  await client.reply();
  const response = Buffer.from('\0joe\r\n235 in\0x').toString('base64');
  expect(await client.exchange('EHLO a\x1bb', `AUTH PLAIN ${response}`)).toEqual([
    '250 hello a\\x1bb\r\n',
    '535 5.7.8 no joe\\x0d\\x0a235 in\r\n',
  ]);
});

test('injection: plain text behind the 220 of STARTTLS, then a real handshake', async () => {
  const { port, caPem } = await startBehaviour({
    at: { starttls: [{ do: 'raw', bytes: '220 go\r\n250 injected\r\n' }, { do: 'start-tls' }] },
  });
  const client = await RawClient.open(port);
  const [, reply] = await client.exchange('EHLO c.test', 'STARTTLS');
  expect([reply, client.received || (await client.reply())].join('')).toBe('220 go\r\n250 injected\r\n');
  await client.startTls(caPem);
});

test('garbage instead of a handshake', async () => {
  const { port, caPem } = await startBehaviour({
    at: {
      starttls: [
        { do: 'reply', lines: ['220 go'] },
        { do: 'read-line' },
        { do: 'raw', bytes: 'not TLS\r\n' },
        { do: 'close' },
      ],
    },
  });
  const client = await RawClient.open(port);
  await client.exchange('EHLO c.test', 'STARTTLS');
  await expect(client.startTls(caPem)).rejects.toThrow();
});

test('implicit TLS speaks TLS from the first byte', async () => {
  const { port, caPem } = await startBehaviour({ tls: 'implicit' });
  const socket = connectTls({ host: '127.0.0.1', port, ca: caPem });
  onTestFinished(() => void socket.destroy());
  const greeting = await new Promise((resolve) => socket.once('data', (chunk) => resolve(chunk.toString())));
  expect(greeting).toMatch(/^220 /);
});

test.each(['TLSv1', 'TLSv1.1'] as const)(
  'a server that speaks %s only is refused by a current client',
  async (version) => {
    const { port, caPem } = await startBehaviour({ tls: 'implicit', maxTlsVersion: version });
    const socket = connectTls({ host: '127.0.0.1', port, ca: caPem });
    const code = await new Promise((resolve) =>
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code)),
    );
    expect(code).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
  },
);

test('a demanded client certificate ends the connection of a client without one', async () => {
  const { port, caPem } = await startBehaviour({ tls: 'implicit', clientCertificate: 'demanded' });
  const socket = connectTls({ host: '127.0.0.1', port, ca: caPem });
  const code = await new Promise((resolve) =>
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code)),
  );
  expect(code).toBe('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED');
});

test('keywords can be hidden and added', async () => {
  const client = await clientOf({ hiddenKeywords: ['SIZE', 'AUTH'], extraKeywords: ['XXXXXXXA', 'AUTH=LOGIN'] });
  await client.reply();
  const [reply] = await client.exchange('EHLO c.test');
  expect(reply).not.toMatch(/SIZE|AUTH /);
  expect(reply).toContain('250-XXXXXXXA\r\n250 AUTH=LOGIN\r\n');
});

test('a silent usual does the work behind another reply', async () => {
  const { port, inbox } = await startBehaviour({
    ...OPEN,
    at: {
      ehlo: [
        { do: 'reply', lines: ['500 5.5.2 Never heard of it'] },
        { do: 'usual', silent: true },
      ],
      data: [
        { do: 'reply', lines: ['250 2.0.0 Ok'] },
        { do: 'usual', silent: true },
      ],
      message: [
        { do: 'usual', silent: true },
        { do: 'reply', lines: ['251 odd'] },
      ],
    },
  });
  const client = await RawClient.open(port);
  const commands = ['EHLO c.test', 'MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>', 'DATA', 'Subject: x\r\n\r\n.', 'NOOP'];
  const replies = await client.exchange(...commands);
  expect(replies.map((reply) => reply.slice(0, 3))).toEqual(['500', '250', '250', '250', '251', '250']);
  expect(inbox.list()).toMatchObject([{ subject: 'x' }]);
});

describe('commands that come before the reply to the one before', () => {
  const TOGETHER = 'EHLO c.test\r\nNOOP\r\nNOOP\r\n';

  test('are answered in turn by a server that keeps its word', async () => {
    const client = await RawClient.open((await startBehaviour({})).port);
    client.send(TOGETHER);
    expect([await client.reply(), await client.reply(), await client.reply()]).toEqual([
      expect.stringMatching(/^250-/),
      expect.stringMatching(/^250 /),
      expect.stringMatching(/^250 /),
    ]);
  });

  test('are lost where the scenario says so, and the next one is answered again', async () => {
    const client = await RawClient.open((await startBehaviour({ pipelined: 'lost' })).port);
    client.send(TOGETHER);
    expect(await client.reply()).toMatch(/^250-/);
    expect(await client.exchange('QUIT')).toEqual([expect.stringMatching(/^221/)]);
  });

  test('are refused where the scenario says so', async () => {
    const client = await RawClient.open((await startBehaviour({ pipelined: 'refused' })).port);
    client.send(TOGETHER);
    expect([await client.reply(), await client.reply(), await client.reply()]).toEqual([
      expect.stringMatching(/^250-/),
      expect.stringMatching(/^503/),
      expect.stringMatching(/^503/),
    ]);
  });
});

test('a server may announce and take small messages only', async () => {
  const client = await RawClient.open((await startBehaviour({ messageBytes: 20, loginRequired: false })).port);
  const [ehlo, tooBig] = await client.exchange('EHLO c.test', 'MAIL FROM:<a@b.test> SIZE=21');
  expect(ehlo).toContain('SIZE 20\r\n');
  expect(tooBig).toMatch(/^552/);
  await client.exchange('MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>', 'DATA');
  expect(await client.sendMessage(Buffer.from('Subject: longer than that\r\n\r\n'))).toMatch(/^552/);
});

test('a parameter whose keyword is hidden is not taken', async () => {
  const client = await RawClient.open(
    (await startBehaviour({ hiddenKeywords: ['SMTPUTF8'], loginRequired: false })).port,
  );
  expect((await client.exchange('EHLO c.test', 'MAIL FROM:<a@b.test> SMTPUTF8'))[1]).toMatch(/^555/);
});
