import { expect, test } from 'vitest';
import { failedStage, run, script, settingsFor, stageOf, withPassword } from './support.ts';

function eager(port: number) {
  return settingsFor(port, (settings) => {
    settings.server.commandTimeoutSeconds = 1;
    withPassword(settings);
    settings.signIn.allowWithoutTls = true;
  });
}

const GREETING = { send: '220 mx.example.com ESMTP\r\n' };
const EHLO = { expect: /^EHLO client\.example\.com$/ };

test('E1: a server without EHLO gets no password, not even after HELO', async () => {
  const server = await script(
    GREETING,
    EHLO,
    { send: '502 5.5.1 Error: command not implemented\r\n' },
    { expect: /^HELO/ },
  );
  const report = await run(eager(server.port));
  expect(failedStage(report)).toBe('ehlo');
  expect(report.diagnosis?.rule).toBe('EHLO_NOT_SUPPORTED');
  expect(server.received()).not.toMatch(/HELO|AUTH/);
});

test('E1: a plain relay that knows only HELO is still tested', async () => {
  const server = await script(
    GREETING,
    EHLO,
    { send: '500 what\r\n' },
    { expect: /^HELO/ },
    { send: '250 mx\r\n' },
    { expect: /^MAIL/ },
    { send: '250 ok\r\n' },
    { expect: /^RCPT/ },
    { send: '250 ok\r\n' },
    { expect: /^RSET/ },
    { send: '250 ok\r\n' },
    { expect: /^QUIT/ },
    { send: '221 bye\r\n' },
  );
  const report = await run(settingsFor(server.port));
  expect(failedStage(report)).toBe('');
  expect(stageOf(report, 'ehlo').status).toBe('warned');
  expect(report.ok).toBe(true);
});

test.each([
  ['many lines', '250-x\r\n'],
  ['one endless line', 'x'],
  ['long lines', `250-${'y'.repeat(3_000)}\r\n`],
])('E2: %s are cut off', async (_name, text) => {
  const server = await script(GREETING, EHLO, { send: '250-mx\r\n250-' }, { flood: text });
  const report = await run(eager(server.port));
  expect(failedStage(report)).toBe('ehlo');
  expect(report.diagnosis?.rule).toBe('REPLY_TOO_LONG');
});

test('E3: a dripping reply runs into the hard limit', async () => {
  const server = await script(GREETING, EHLO, { drip: '250-SIZE 1000\r\n', everyMs: 20 });
  const began = performance.now();
  const report = await run(eager(server.port));
  expect(performance.now() - began).toBeLessThan(2_500);
  expect(failedStage(report)).toBe('ehlo');
  expect(report.diagnosis?.rule).toBe('CMD_TIMEOUT');
});

test.each(['250-mx\r\n550 no\r\n', '250-mx\r\n220 AUTH PLAIN\r\n'])('E4: mixed codes, %j', async (reply) => {
  const server = await script(GREETING, EHLO, { send: reply });
  const report = await run(eager(server.port));
  expect(failedStage(report)).toBe('ehlo');
  expect(report.diagnosis?.rule).toBe('EHLO_MIXED_CODES');
});

test.each(['25 ok\r\n', 'ok\r\n', '2500 ok\r\n', '650 ok\r\n', '250_ok\r\n', '220 ready\r\n', '354 go on\r\n'])(
  'E5: %j is no answer to EHLO',
  async (reply) => {
    const server = await script(GREETING, EHLO, { send: reply });
    const report = await run(eager(server.port));
    expect(failedStage(report)).toBe('ehlo');
    expect(report.diagnosis?.rule).toBe('REPLY_BAD_SYNTAX');
  },
);

test('E5: blank lines and a code without text are taken, with a note', async () => {
  const server = await script(GREETING, EHLO, { send: '\r\n\r\n250-mx\r\n250\r\n' });
  const report = await run(settingsFor(server.port), { until: 'ehlo' });
  expect(report.ok).toBe(true);
  expect(stageOf(report, 'ehlo').status).toBe('warned');
  expect(stageOf(report, 'ehlo').note).toContain('blank lines');
});

test('E6: a masked STARTTLS is named as what it is', async () => {
  const server = await script(GREETING, EHLO, { send: '250-mx\r\n250-XXXXXXXA\r\n250 SIZE\r\n' });
  const settings = eager(server.port);
  settings.server.security = 'starttls';
  const report = await run(settings);
  expect(failedStage(report)).toBe('starttls');
  expect(report.diagnosis?.rule).toBe('EHLO_XXXX_MASKED');
});

test.each([
  ['504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname\r\n', 'EHLO_NEED_FQDN'],
  ['501 5.5.4 Invalid domain name\r\n', 'EHLO_INVALID_NAME'],
])('E7: a refused name, %j', async (reply, rule) => {
  const server = await script(GREETING, EHLO, { send: reply });
  const report = await run(eager(server.port));
  expect(failedStage(report)).toBe('ehlo');
  expect(report.diagnosis?.rule).toBe(rule);
});
