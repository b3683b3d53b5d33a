import nodemailer from 'nodemailer';
import { describe, expect, test } from 'vitest';
import { scenarioInfos } from '../../../engine/practice/index.ts';
import { PRACTICE_PASSWORD, PRACTICE_SCENARIOS, PRACTICE_USERNAME, scenarioInfo } from '../../../shared/practice.ts';
import { PLAIN, RawClient, startPractice } from './client.ts';

const MAIL = `MAIL FROM:<${PRACTICE_USERNAME}>`;
const RCPT = 'RCPT TO:<inbox@relaysmith.test>';

/** What nodemailer makes of a scenario with STARTTLS required and the certificate checked. */
async function send(scenario: (typeof PRACTICE_SCENARIOS)[number]) {
  const server = await startPractice(scenario);
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port: server.port,
    requireTLS: true,
    tls: { ca: server.caPem, servername: 'mail.relaysmith.test' },
    auth: { user: PRACTICE_USERNAME, pass: PRACTICE_PASSWORD },
  });
  const mail = { from: PRACTICE_USERNAME, to: 'inbox@relaysmith.test', text: 'x' };
  const error = await transport.sendMail(mail).then(
    () => null,
    (reason: Error) => reason,
  );
  return { error, arrived: server.practice.inbox().length };
}

test('the gallery describes every scenario, in order', () => {
  expect(scenarioInfos().map(({ id }) => id)).toEqual([...PRACTICE_SCENARIOS]);
  for (const info of scenarioInfos()) expect(scenarioInfo.safeParse(info).success).toBe(true);
});

describe('with the settings of the ready profile', () => {
  test.each([['all-well'], ['starttls-required']] as const)('%s delivers', async (scenario) => {
    expect(await send(scenario)).toEqual({ error: null, arrived: 1 });
  });

  test.each([
    ['wrong-password', { code: 'EAUTH', responseCode: 535 }],
    ['no-starttls', { code: 'ETLS' }],
    ['self-signed', { originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' }],
    ['expired', { originalCode: 'CERT_HAS_EXPIRED' }],
    ['wrong-host', { originalCode: 'ERR_TLS_CERT_ALTNAME_INVALID' }],
    ['relay-denied', { responseCode: 554 }],
    ['sender-refused', { responseCode: 553 }],
    ['closes-at-greeting', { code: 'ECONNECTION' }],
    ['talks-http', { code: 'EPROTOCOL' }],
  ] as const)('%s fails and delivers nothing', async (scenario, expected) => {
    const { error, arrived } = await send(scenario);
    expect(error).toMatchObject(expected);
    expect(arrived).toBe(0);
  });
});

test('wrong-password refuses the right password too', async () => {
  const server = await startPractice('wrong-password');
  const client = await server.connect();
  await client.exchange('EHLO c.test', 'STARTTLS');
  await client.startTls(server.caPem);
  const replies = await client.exchange('EHLO c.test', `AUTH PLAIN ${PLAIN}`, MAIL);
  expect(replies[1]).toBe('535 5.7.8 Authentication credentials invalid\r\n');
  expect(replies[2]).toMatch(/^530/);
});

test('no-starttls hides STARTTLS, refuses it, and takes a login in the clear', async () => {
  const client = await (await startPractice('no-starttls')).connect();
  const [ehlo, starttls, auth] = await client.exchange('EHLO c.test', 'STARTTLS', `AUTH PLAIN ${PLAIN}`);
  expect(ehlo).not.toContain('STARTTLS');
  expect(ehlo).toContain('AUTH PLAIN');
  expect(starttls).toMatch(/^502/);
  expect(auth).toMatch(/^235/);
});

test('starttls-required refuses everything else in the clear', async () => {
  const client = await (await startPractice('starttls-required')).connect();
  const commands = ['MAIL FROM:<a@b.test>', `AUTH PLAIN ${PLAIN}`, 'RSET', 'VRFY x'];
  for (const reply of await client.exchange(...commands)) {
    expect(reply).toBe('530 5.7.0 Must issue a STARTTLS command first\r\n');
  }
  expect(await client.exchange('EHLO c.test', 'NOOP')).toEqual([
    expect.stringMatching(/250[- ]STARTTLS\r\n/),
    expect.stringMatching(/^250/),
  ]);
});

test('relay-denied names the recipient, and still minds the order of commands', async () => {
  const client = await (await startPractice('relay-denied')).signedIn();
  expect(await client.exchange(RCPT, MAIL, RCPT, 'DATA')).toEqual([
    expect.stringMatching(/^503/),
    expect.stringMatching(/^250/),
    '554 5.7.1 <inbox@relaysmith.test>: Relay access denied\r\n',
    expect.stringMatching(/^554/),
  ]);
});

test('sender-refused names the sender and the user', async () => {
  const client = await (await startPractice('sender-refused')).signedIn();
  const [reply] = await client.exchange('MAIL FROM:<boss@relaysmith.test>');
  expect(reply).toBe(
    `553 5.7.1 <boss@relaysmith.test>: Sender address rejected: not owned by user ${PRACTICE_USERNAME}\r\n`,
  );
});

test('slow answers late', async () => {
  const { port } = await startPractice('slow');
  const started = performance.now();
  await RawClient.open(port);
  expect(performance.now() - started).toBeGreaterThan(550);
});

test('talks-http sends a web page error and closes', async () => {
  const { port } = await startPractice('talks-http');
  const client = await RawClient.connect(port);
  expect(await client.closed()).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
});

test('closes-at-greeting closes with FIN and without a byte', async () => {
  const { port } = await startPractice('closes-at-greeting');
  const client = await RawClient.connect(port);
  expect(await client.closed()).toBe('');
  expect(client.errorCode).toBe('');
});
