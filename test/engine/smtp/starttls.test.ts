import { expect, test } from 'vitest';
import { goodChain } from '../../support/certificates.ts';
import type { Step } from '../../support/raw-server.ts';
import { failedStage, run, script, settingsFor, stageOf, withPassword } from './support.ts';

const { root, leaf } = await goodChain();
const TLS = { tls: { key: leaf.keyPem, cert: leaf.pem } };

const OPENING: Step[] = [{ send: '220 mx ESMTP\r\n' }, { expect: /^EHLO/ }];
const OFFER = { send: '250-mx\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n' };
const START = { expect: /^STARTTLS$/ };
const READY = { send: '220 ready\r\n' };

function secured(port: number, security: 'starttls' | 'starttls-if-offered' = 'starttls') {
  return settingsFor(port, (settings) => {
    settings.server.security = security;
    settings.server.connectTimeoutSeconds = 1;
    settings.server.commandTimeoutSeconds = 1;
    settings.tls.caPem = root.pem;
    withPassword(settings);
  });
}

test('T1: where STARTTLS is required and not offered, nothing secret is sent', async () => {
  const server = await script(...OPENING, { send: '250-mx\r\n250 AUTH PLAIN LOGIN\r\n' });
  const report = await run(secured(server.port));
  expect(failedStage(report)).toBe('starttls');
  expect(report.diagnosis?.rule).toBe('STARTTLS_NOT_OFFERED');
  expect(server.received()).not.toContain('AUTH');
});

test('T1: where STARTTLS is used if offered and it is not, the password still stays here', async () => {
  const server = await script(...OPENING, { send: '250-mx\r\n250 AUTH PLAIN LOGIN\r\n' });
  const report = await run(secured(server.port, 'starttls-if-offered'));
  expect(stageOf(report, 'starttls').status).toBe('warned');
  expect(failedStage(report)).toBe('auth');
  expect(report.ok).toBe(false);
  expect(report.diagnosis?.rule).toBe('AUTH_WITHHELD');
  expect(report.diagnosis?.fix).toBeUndefined();
  expect(server.received()).not.toContain('AUTH');
});

test.each([
  ['454 4.7.0 TLS not available due to local problem\r\n', 'STARTTLS_454'],
  ['502 5.5.1 Error: command not implemented\r\n', 'STARTTLS_502'],
])('T2: offered and refused, %j', async (reply, rule) => {
  const server = await script(...OPENING, OFFER, START, { send: reply });
  for (const security of ['starttls', 'starttls-if-offered'] as const) {
    const report = await run(secured(server.port, security));
    expect(failedStage(report)).toBe('starttls');
    expect(report.diagnosis?.rule).toBe(rule);
  }
  expect(server.received()).not.toContain('AUTH');
});

test('T3: silence instead of a handshake', async () => {
  const server = await script(...OPENING, OFFER, START, READY);
  const report = await run(secured(server.port));
  expect(failedStage(report)).toBe('starttls');
  expect(report.diagnosis?.rule).toBe('TLS_TIMEOUT');
});

test.each<[string, Step]>([
  ['a close', { end: true }],
  ['a reset', { reset: true }],
])('T3: %s instead of a handshake', async (_name, step) => {
  const server = await script(...OPENING, OFFER, START, READY, step);
  const report = await run(secured(server.port));
  expect(failedStage(report)).toBe('starttls');
  expect(report.diagnosis?.rule).toBe('TLS_RESET');
  expect(server.received()).not.toContain('AUTH');
});

test('T3: garbage in answer to our hello', async () => {
  const server = await script(...OPENING, OFFER, START, READY, { afterMs: 60 }, { send: 'garbage\r\n'.repeat(10) });
  const report = await run(secured(server.port));
  expect(failedStage(report)).toBe('starttls');
  expect(report.diagnosis?.rule).toBe('TLS_WRONG_VERSION_STARTTLS');
});

test.each([
  ['in the same segment', '220 ready\r\n250-mx\r\n250 AUTH PLAIN\r\n'],
  ['as a fragment', '220 ready\r\n25'],
])('T4: bytes slipped in behind the go-ahead, %s', async (_name, reply) => {
  const server = await script(...OPENING, OFFER, START, { send: reply }, TLS);
  const report = await run(secured(server.port));
  expect(failedStage(report)).toBe('starttls');
  expect(report.diagnosis?.rule).toBe('STARTTLS_INJECTION');
  expect(server.received()).not.toContain('AUTH');
});

test('T4: a second reply inside TLS that pretends to answer our EHLO', async () => {
  const server = await script(...OPENING, OFFER, START, READY, TLS, { send: '250-evil\r\n250 AUTH LOGIN\r\n' });
  const report = await run(secured(server.port));
  expect(failedStage(report)).toBe('starttls');
  expect(report.diagnosis?.rule).toBe('REPLY_UNSOLICITED');
  expect(server.received()).not.toContain('AUTH');
});

test('T4: a reply that comes in place of the handshake, in a later segment', async () => {
  const server = await script(...OPENING, OFFER, START, READY, { afterMs: 60 }, { send: '250 AUTH LOGIN\r\n' });
  const report = await run(secured(server.port));
  expect(failedStage(report)).toBe('starttls');
  expect(report.diagnosis?.rule).toBe('STARTTLS_INJECTION');
  expect(server.received()).not.toContain('AUTH');
});

test('T5: sign-in that is gone after TLS is told', async () => {
  const server = await script(
    ...OPENING,
    OFFER,
    START,
    READY,
    TLS,
    { expect: /^EHLO/ },
    { send: '250-mx\r\n250 STARTTLS\r\n' },
  );
  const report = await run(secured(server.port));
  expect(stageOf(report, 'starttls').status).toBe('warned');
  expect(stageOf(report, 'starttls').facts.capabilitiesAfterTls).toEqual(['STARTTLS']);
  expect(failedStage(report)).toBe('auth');
  expect(report.diagnosis?.rule).toBe('AUTH_NOT_OFFERED');
});

test('T5: a server that leaves after TLS', async () => {
  const server = await script(...OPENING, OFFER, START, READY, TLS, { expect: /^EHLO/ }, { end: true });
  const report = await run(secured(server.port));
  expect(failedStage(report)).toBe('starttls');
  expect(report.diagnosis?.rule).toBe('EHLO_LOST_AFTER_TLS');
});

test('T8: TLS from the first byte on a port that speaks plainly', async () => {
  const server = await script({ send: '220 mx ESMTP\r\n' });
  const settings = secured(server.port);
  settings.server.security = 'tls';
  const report = await run(settings);
  expect(failedStage(report)).toBe('tls');
  expect(report.diagnosis?.rule).toBe('TLS_WRONG_VERSION');
});

test('a good upgrade forgets what was said before it', async () => {
  const server = await script(
    ...OPENING,
    { send: '250-mx\r\n250-STARTTLS\r\n250 SIZE 1\r\n' },
    START,
    READY,
    TLS,
    { expect: /^EHLO/ },
    { send: '250-mx\r\n250 AUTH PLAIN\r\n' },
    { expect: /^AUTH PLAIN/ },
    { send: '235 2.7.0 ok\r\n' },
  );
  const report = await run(secured(server.port), { until: 'auth' });
  expect(report.diagnosis).toBeNull();
  expect(report.ok).toBe(true);
  expect(stageOf(report, 'certificate').facts.trusted).toBe(true);
  expect(stageOf(report, 'auth').facts.mechanism).toBe('PLAIN');
});
