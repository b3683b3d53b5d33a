import nodemailer from 'nodemailer';
import { expect, test } from 'vitest';
import { PRACTICE_PASSWORD, PRACTICE_USERNAME } from '../../../shared/practice.ts';
import { startPractice } from './client.ts';

/** What nodemailer sends through, with the given changes. */
function transportOf(server: { port: number; caPem: string }, change: object = {}) {
  return nodemailer.createTransport({
    host: '127.0.0.1',
    port: server.port,
    requireTLS: true,
    tls: { ca: server.caPem },
    auth: { user: PRACTICE_USERNAME, pass: PRACTICE_PASSWORD },
    ...change,
  });
}

const ENVELOPE = { from: PRACTICE_USERNAME, to: ['inbox@relaysmith.test', 'second@relaysmith.test'] };

test('a real client signs in over STARTTLS and its message is in the inbox', async () => {
  const server = await startPractice('all-well');
  const info = await transportOf(server).sendMail({
    from: { name: 'Jörg Müller', address: PRACTICE_USERNAME },
    to: 'inbox@relaysmith.test',
    subject: 'Grüße aus der Werkstatt, eine sehr lange Betreffzeile mit Umlauten äöü und Zeichen €',
    text: 'Hello',
  });
  const [message] = server.practice.inbox();
  expect(message).toMatchObject({
    envelopeFrom: PRACTICE_USERNAME,
    recipients: ['inbox@relaysmith.test'],
    subject: 'Grüße aus der Werkstatt, eine sehr lange Betreffzeile mit Umlauten äöü und Zeichen €',
    from: `Jörg Müller <${PRACTICE_USERNAME}>`,
  });
  expect(info.response).toBe(`250 2.0.0 Ok: queued as ${message?.id}`);
});

test.each(['PLAIN', 'LOGIN', 'CRAM-MD5'])('signs in with %s', async (authMethod) => {
  const server = await startPractice('all-well');
  await expect(transportOf(server, { authMethod }).verify()).resolves.toBe(true);
});

test('signs in with XOAUTH2, the password standing for the token', async () => {
  const server = await startPractice('all-well');
  const auth = { type: 'OAuth2', user: PRACTICE_USERNAME, accessToken: PRACTICE_PASSWORD };
  await expect(transportOf(server, { auth }).verify()).resolves.toBe(true);
});

test.each(['PLAIN', 'LOGIN', 'CRAM-MD5'])('refuses a wrong password with %s', async (authMethod) => {
  const server = await startPractice('all-well');
  const auth = { user: PRACTICE_USERNAME, pass: 'not-it' };
  await expect(transportOf(server, { authMethod, auth }).verify()).rejects.toMatchObject({
    code: 'EAUTH',
    responseCode: 535,
  });
});

test.each([
  ['dots at line starts', 'Subject: a\r\n\r\n.\r\n..\r\n...\r\n.a\r\nb.\r\n'],
  ['bare line feeds and carriage returns', 'Subject: a\r\n\r\nx\ny\rz\n.\n\r.\r\n\r\r\n'],
  ['an empty body', 'Subject: a\r\n\r\n'],
])('keeps a message byte for byte: %s', async (_, raw) => {
  const server = await startPractice('all-well');
  const socket = await server.signedIn();
  await socket.exchange('MAIL FROM:<a@relaysmith.test>', 'RCPT TO:<b@relaysmith.test>', 'DATA');
  await socket.sendMessage(Buffer.from(raw, 'latin1'));
  const [message] = server.practice.inbox();
  const found = await server.practice.message(message?.id ?? '');
  expect(found).toMatchObject({ ok: true, value: { source: raw, message: { bytes: raw.length } } });
});

test('keeps 8-bit text in UTF-8, and other bytes one character each', async () => {
  const server = await startPractice('all-well');
  const transport = transportOf(server);
  await transport.sendMail({ envelope: ENVELOPE, raw: Buffer.from('Subject: 8 bit\r\n\r\nGrüße €\r\n') });
  await transport.sendMail({ envelope: ENVELOPE, raw: Buffer.from('Subject: latin\r\n\r\nGr\xfc\xdfe\r\n', 'latin1') });
  const sources = await Promise.all(server.practice.inbox().map(({ id }) => server.practice.message(id)));
  expect(sources).toMatchObject([
    { value: { source: 'Subject: latin\r\n\r\nGr\xfc\xdfe\r\n' } },
    { value: { source: 'Subject: 8 bit\r\n\r\nGrüße €\r\n' } },
  ]);
});
