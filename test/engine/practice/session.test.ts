import { expect, test } from 'vitest';
import { PRACTICE_PASSWORD, PRACTICE_USERNAME } from '../../../shared/practice.ts';
import { PLAIN, RawClient, startBehaviour, startPractice } from './client.ts';

const KEYWORDS = ['PIPELINING', 'SIZE 10485760', '8BITMIME', 'SMTPUTF8', 'ENHANCEDSTATUSCODES'];

/** The keywords of an EHLO reply. */
function keywordsOf(reply: string): string[] {
  return reply
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.slice(4));
}

test('offers STARTTLS before TLS and AUTH only after it', async () => {
  const { connect, caPem } = await startPractice('all-well');
  const client = await connect();
  const [before = ''] = await client.exchange('EHLO client.test', 'STARTTLS');
  await client.startTls(caPem);
  const [after = ''] = await client.exchange('EHLO client.test');
  expect(keywordsOf(before)).toEqual([...KEYWORDS, 'STARTTLS']);
  expect(keywordsOf(after)).toEqual([...KEYWORDS, 'AUTH PLAIN LOGIN CRAM-MD5 XOAUTH2']);
});

test.each([
  [['EHLO'], '501'],
  [['EHLO two words'], '501'],
  [['HELO client.test'], '250'],
  [['MAIL FROM:<a@b.test>'], '503'],
  [['EHLO c.test', 'MAIL FROM:<a@b.test>'], '530 5.7.0'],
  [['EHLO c.test', `AUTH PLAIN ${PLAIN}`], '538 5.7.11'],
  [['HELO c.test', `AUTH PLAIN ${PLAIN}`], '503'],
  [['EHLO c.test', 'STARTTLS now'], '501'],
  [['RCPT TO:<a@b.test>'], '503'],
  [['DATA'], '503'],
  [['VRFY'], '501'],
  [['VRFY somebody'], '252'],
  [['EXPN list'], '502'],
  [['NOOP'], '250'],
  [['noop'], '250'],
  [['RSET'], '250'],
  [['toString'], '500'],
  [['__proto__'], '500'],
  [[''], '500'],
  [['QUIT'], '221'],
])('outside TLS: %j ends with %s', async (commands, expected) => {
  const client = await (await startPractice('all-well')).connect();
  const replies = await client.exchange(...commands);
  expect(replies.at(-1)).toMatch(new RegExp(`^${expected.replaceAll('.', '\\.')}`));
});

const MAIL = 'MAIL FROM:<a@relaysmith.test>';
const RCPT = 'RCPT TO:<b@relaysmith.test>';

test.each([
  [['STARTTLS'], '503'],
  [[`AUTH PLAIN ${PLAIN}`], '503'],
  [[MAIL], '250 2.1.0'],
  [['MAIL FROM:<>'], '250 2.1.0'],
  [[`${MAIL} SIZE=100 BODY=8BITMIME SMTPUTF8 AUTH=<>`], '250 2.1.0'],
  [[`${MAIL} SIZE=10485761`], '552 5.3.4'],
  [[`${MAIL} SIZE=x`], '501'],
  [[`${MAIL} BODY=BINARYMIME`], '501'],
  [[`${MAIL} RET=HDRS`], '555'],
  [['MAIL FROM:a@b.test'], '501'],
  [['MAIL FROM:<gr\xc3\xbc\xc3\x9fe@b.test>'], '553 5.6.7'],
  [['MAIL FROM:<gr\xc3\xbc\xc3\x9fe@b.test> SMTPUTF8'], '250'],
  [[MAIL, MAIL], '503'],
  [[MAIL, 'RSET', MAIL], '250'],
  [[MAIL, 'EHLO again.test', RCPT], '503'],
  [[MAIL, RCPT], '250 2.1.5'],
  [[MAIL, 'RCPT TO:<>'], '501'],
  [[MAIL, `${RCPT} NOTIFY=NEVER`], '555'],
  [[MAIL, 'RCPT TO:<gr\xc3\xbc\xc3\x9fe@b.test>'], '553 5.6.7'],
  [[MAIL, 'DATA'], '554'],
  [[MAIL, RCPT, 'DATA now'], '501'],
  [[MAIL, RCPT, 'DATA'], '354'],
  [[MAIL, RCPT, 'DATA', 'Subject: x\r\n\r\ntext\r\n.'], '250 2.0.0'],
  [[MAIL, RCPT, 'DATA', '.', RCPT], '503'],
])('signed in: %j ends with %s', async (commands, expected) => {
  const client = await (await startPractice('all-well')).signedIn();
  const replies = await client.exchange(...commands);
  expect(replies.at(-1)).toMatch(new RegExp(`^${expected.replaceAll('.', '\\.')}`));
});

test('answers pipelined commands in their order (RFC 2920)', async () => {
  const client = await (await startPractice('all-well')).signedIn();
  client.send(`${MAIL}\r\n${RCPT}\r\nDATA\r\n`);
  const replies = [await client.reply(), await client.reply(), await client.reply()];
  client.send('Subject: x\r\n\r\n.\r\nNOOP\r\nQUIT\r\n');
  replies.push(await client.reply(), await client.reply(), await client.reply());
  expect(replies.map((reply) => reply.slice(0, 3))).toEqual(['250', '250', '354', '250', '250', '221']);
});

const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each([
  ['no mechanism', ['AUTH'], '501'],
  ['an unknown mechanism', ['AUTH GSSAPI'], '504'],
  ['bad base64', ['AUTH PLAIN !!!'], '501'],
  ['base64 without enough parts', [`AUTH PLAIN ${base64('a')}`], '501'],
  ['a cancelled exchange', ['AUTH PLAIN', '*'], '501 5.7.0'],
  ['PLAIN after an empty challenge', ['AUTH PLAIN', PLAIN], '235'],
  ['PLAIN with an empty response', ['AUTH PLAIN ='], '501'],
  ['LOGIN with an initial response', [`AUTH LOGIN ${base64(PRACTICE_USERNAME)}`, base64(PRACTICE_PASSWORD)], '235'],
  ['LOGIN with a wrong name', ['auth login', base64('x'), base64(PRACTICE_PASSWORD)], '535 5.7.8'],
  ['CRAM-MD5 with an initial response', [`AUTH CRAM-MD5 ${base64('x')}`], '501'],
  ['CRAM-MD5 with a wrong digest', ['AUTH CRAM-MD5', base64(`${PRACTICE_USERNAME} 00`)], '535 5.7.8'],
  ['XOAUTH2 with a wrong token', [`AUTH XOAUTH2 ${base64('user=x\u0001auth=Bearer y\u0001\u0001')}`, ''], '535 5.7.8'],
  ['XOAUTH2 without its parts', [`AUTH XOAUTH2 ${base64('user=x')}`], '501'],
])('AUTH with %s', async (_, commands, expected) => {
  const server = await startPractice('all-well');
  const client = await server.connect();
  await client.exchange('EHLO c.test', 'STARTTLS');
  await client.startTls(server.caPem);
  await client.exchange('EHLO c.test');
  const replies = await client.exchange(...commands);
  expect(replies.at(-1)).toMatch(new RegExp(`^${expected.replaceAll('.', '\\.')}`));
});

test('XOAUTH2 tells why a token was refused before the refusal', async () => {
  const { port } = await startBehaviour({ tls: 'off', loginWithoutTls: true });
  const client = await RawClient.open(port);
  const [, challenge = ''] = await client.exchange(
    'EHLO c.test',
    `AUTH XOAUTH2 ${base64('user=x\u0001auth=Bearer y\u0001\u0001')}`,
  );
  expect(JSON.parse(Buffer.from(challenge.slice(4), 'base64').toString())).toMatchObject({ status: '401' });
});

test('forgets EHLO, login and sender at STARTTLS (RFC 3207 4.2)', async () => {
  const { port, caPem } = await startBehaviour({ loginWithoutTls: true });
  const client = await RawClient.open(port);
  await client.exchange('EHLO c.test', `AUTH PLAIN ${PLAIN}`, MAIL, 'STARTTLS');
  await client.startTls(caPem);
  expect(await client.exchange(MAIL, 'EHLO c.test', MAIL)).toEqual([
    expect.stringMatching(/^503/),
    expect.stringMatching(/^250/),
    expect.stringMatching(/^530/),
  ]);
});

test('throws away commands that were injected behind STARTTLS (CVE-2011-0411)', async () => {
  const { connect, caPem } = await startPractice('all-well');
  const client = await connect();
  await client.exchange('EHLO c.test');
  client.send('STARTTLS\r\nEHLO injected.test\r\nNOOP\r\n');
  expect(await client.reply()).toMatch(/^220/);
  await client.startTls(caPem);
  const [reply] = await client.exchange('VRFY x');
  expect(reply).toMatch(/^252/);
  expect(client.received).toBe('');
});

test('a client that talks plain text after STARTTLS is disconnected', async () => {
  const client = await (await startPractice('all-well')).connect();
  await client.exchange('EHLO c.test', 'STARTTLS');
  client.send('EHLO plain.test\r\n');
  expect(await client.closed()).not.toContain('250');
});
