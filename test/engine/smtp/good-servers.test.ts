import type { SMTPServerOptions } from 'smtp-server';
import { expect, test } from 'vitest';
import { goodChain } from '../../support/certificates.ts';
import { CANARY, failedStage, realServer, run, settingsFor, stageOf, withPassword } from './support.ts';

const { root, leaf } = await goodChain();

const onlyAlice: NonNullable<SMTPServerOptions['onAuth']> = (auth, _session, callback) => {
  const good =
    auth.method === 'CRAM-MD5' ? auth.validatePassword(CANARY) : auth.method !== 'XOAUTH2' && auth.password === CANARY;
  if (good && auth.username === 'alice@example.com') callback(null, { user: 'alice' });
  else callback(new Error('Invalid username or password'));
};

test('a plain relay without sign-in passes every stage but those that it does not have', async () => {
  const port = await realServer({ disabledCommands: ['AUTH', 'STARTTLS'] });
  const report = await run(settingsFor(port));
  expect(failedStage(report)).toBe('');
  expect(report.ok).toBe(true);
  expect(stageOf(report, 'tls').status).toBe('skipped');
  expect(stageOf(report, 'auth').status).toBe('skipped');
  expect(stageOf(report, 'rcpt').status).not.toBe('skipped');
  expect(report.notTested).toEqual(['auth', 'data']);
});

test.each(['PLAIN', 'LOGIN', 'CRAM-MD5'] as const)('STARTTLS with a private CA and %s', async (mechanism) => {
  const port = await realServer({
    key: leaf.keyPem,
    cert: leaf.pem,
    authMethods: [mechanism],
    onAuth: onlyAlice,
  });
  const settings = settingsFor(port, (draft) => {
    draft.server.security = 'starttls';
    draft.server.host = 'localhost';
    draft.tls.caPem = root.pem;
    withPassword(draft);
  });
  const report = await run(settings);
  expect(report.diagnosis).toBeNull();
  expect(failedStage(report)).toBe('');
  expect(report.ok).toBe(true);
  expect(stageOf(report, 'auth').facts.mechanism).toBe(mechanism);
  expect(stageOf(report, 'starttls').facts.tlsVersion).toBe('TLSv1.3');
  expect(stageOf(report, 'certificate').facts.trusted).toBe(true);
  expect(report.transcript.some(({ text }) => text.includes('AUTH'))).toBe(true);
});

test('implicit TLS, and a message that is really sent', async () => {
  const sent: { from: string; to: string[]; text: string }[] = [];
  const port = await realServer({
    secure: true,
    key: leaf.keyPem,
    cert: leaf.pem,
    onAuth: onlyAlice,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const text = Buffer.concat(chunks).toString('utf8');
        sent.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), text });
        (callback as (error: Error | null, message: string) => void)(null, 'OK: queued as 4F2A1B9C');
      });
    },
  });
  const settings = settingsFor(port, (draft) => {
    draft.server.security = 'tls';
    draft.tls.caPem = root.pem;
    withPassword(draft);
    draft.sender.envelopeFrom = 'bounces@example.com';
    draft.sender.errorsTo = 'errors@example.com';
    draft.sender.replyTo = { address: 'reply@example.com', name: 'Reply, Inc.' };
    draft.sender.cc = ['copy@example.com', ''];
    draft.sender.bcc = ['blind@example.com'];
    draft.sender.headers = [
      { name: 'X-Custom', value: 'yes' },
      { name: 'Bcc', value: 'smuggled@example.com' },
    ];
  });
  const report = await run(settings, { action: 'send', recipient: 'rcpt@example.net' });
  expect(failedStage(report)).toBe('');
  expect(report.ok).toBe(true);
  expect(report.notTested).toEqual([]);
  const data = stageOf(report, 'data').facts;
  expect(data.queueId).toBe('4F2A1B9C');
  const [message] = sent;
  expect(message?.from).toBe('bounces@example.com');
  expect(message?.to).toEqual(['rcpt@example.net', 'copy@example.com', 'blind@example.com']);
  expect(message?.text).toContain('From: Sender <sender@example.com>');
  expect(message?.text).toContain('Reply-To: "Reply, Inc." <reply@example.com>');
  expect(message?.text).toContain('Errors-To: errors@example.com');
  expect(message?.text).toContain('X-Custom: yes');
  expect(message?.text).toContain(`Message-ID: ${data.messageId}`);
  expect(message?.text).toContain(report.id);
  expect(message?.text).not.toContain('blind@example.com');
  expect(message?.text).not.toContain('smuggled@example.com');
});
