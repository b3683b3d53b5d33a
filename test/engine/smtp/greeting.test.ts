import { expect, test } from 'vitest';
import { goodChain } from '../../support/certificates.ts';
import { CANARY, failedStage, run, script, settingsFor, stageOf, withPassword } from './support.ts';

/** Short waits, for servers that keep silent. */
function impatient(port: number, change: (settings: ReturnType<typeof settingsFor>) => void = () => {}) {
  return settingsFor(port, (settings) => {
    settings.server.connectTimeoutSeconds = 1;
    settings.server.commandTimeoutSeconds = 1;
    withPassword(settings);
    settings.signIn.allowWithoutTls = true;
    change(settings);
  });
}

test('G1: a server that stays silent is a greeting timeout', async () => {
  const server = await script();
  const report = await run(impatient(server.port));
  expect(failedStage(report)).toBe('greeting');
  expect(report.diagnosis?.rule).toBe('GREET_TIMEOUT');
  expect(server.received()).not.toContain('AUTH');
});

test('G1: a silent port that speaks TLS is told apart', async () => {
  const { leaf } = await goodChain();
  const server = await script({ tls: { key: leaf.keyPem, cert: leaf.pem } });
  const report = await run(impatient(server.port));
  expect(failedStage(report)).toBe('greeting');
  expect(report.diagnosis?.rule).toBe('GREET_TIMEOUT_TLS_EXPECTED');
});

test('G2: a banner that drips runs into the hard limit', async () => {
  const server = await script({ drip: '220 slow', everyMs: 50 });
  const began = performance.now();
  const report = await run(impatient(server.port));
  expect(performance.now() - began).toBeLessThan(2_500);
  expect(failedStage(report)).toBe('greeting');
  expect(report.diagnosis?.rule).toBe('GREET_TIMEOUT');
});

test('G3: an endless banner line is cut off in bounded memory', async () => {
  const server = await script({ send: '220 ' }, { flood: 'x' });
  const before = process.memoryUsage().rss;
  const report = await run(impatient(server.port));
  expect(failedStage(report)).toBe('greeting');
  expect(report.diagnosis?.rule).toBe('REPLY_TOO_LONG');
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
});

test.each([
  ['554 5.7.1 No SMTP service here\r\n', 'GREET_554'],
  ['421 4.3.2 All server ports are busy\r\n', 'GREET_421_BUSY'],
  ['421 4.7.0 Error: too many connections from 192.0.2.1\r\n', 'GREET_421_TOOMANY'],
])('G4: a refusal in the greeting, %j', async (banner, rule) => {
  const server = await script({ send: banner }, { end: true });
  const report = await run(impatient(server.port));
  expect(failedStage(report)).toBe('greeting');
  expect(report.diagnosis?.rule).toBe(rule);
  expect(stageOf(report, 'greeting').facts.reply?.code).toBe(Number(banner.slice(0, 3)));
});

test('G5: closed at once', async () => {
  const server = await script({ end: true });
  const report = await run(impatient(server.port));
  expect(failedStage(report)).toBe('greeting');
  expect(report.diagnosis?.rule).toBe('GREET_CLOSED');
});

test('G5: reset at once', async () => {
  const server = await script({ reset: true });
  const report = await run(impatient(server.port));
  // Where the reset is met depends on how soon it comes.
  expect(['tcp', 'greeting']).toContain(failedStage(report));
  expect(report.diagnosis?.rule).toBe('TCP_RESET_ON_CONNECT');
});

test.each([
  ['HTTP/1.1 400 Bad Request\r\n\r\n', 'GREET_HTTP'],
  ['+OK Dovecot ready.\r\n', 'GREET_POP3'],
  ['* OK [CAPABILITY IMAP4rev1] Dovecot ready.\r\n', 'GREET_IMAP'],
  ['SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n', 'GREET_SSH'],
  [Buffer.from([0x15, 3, 1, 0, 2, 2, 0x0a]), 'GREET_TLS_RECORD'],
  ['hello there\r\n', 'GREET_GARBAGE'],
])('G6: another service answers, %j', async (banner, rule) => {
  const server = await script({ send: banner });
  const report = await run(impatient(server.port));
  expect(failedStage(report)).toBe('greeting');
  expect(report.diagnosis?.rule).toBe(rule);
});

test('G6: FTP greets with 220 and refuses EHLO', async () => {
  const server = await script(
    { send: '220 (vsFTPd 3.0.3)\r\n' },
    { expect: /^EHLO/ },
    { send: '530 Please login with USER and PASS.\r\n' },
  );
  const report = await run(impatient(server.port));
  expect(failedStage(report)).toBe('ehlo');
  expect(report.diagnosis?.rule).toBe('GREET_FTP');
});

test('G7: stars in the banner are a warning, LF alone and several lines are taken', async () => {
  const pix = await script(
    { send: '220 *****************2******0*****\r\n' },
    { expect: /^EHLO/ },
    { send: '250 mx\r\n' },
  );
  const masked = await run(settingsFor(pix.port), { until: 'ehlo' });
  expect(failedStage(masked)).toBe('');
  expect(stageOf(masked, 'greeting').warnings.map(({ rule }) => rule)).toContain('GREET_PIX_MASKED');

  const bare = await script({ send: '220-one\n220 two\n' }, { expect: /^EHLO/ }, { send: '250 mx\r\n' });
  const tolerated = await run(settingsFor(bare.port), { until: 'ehlo' });
  expect(tolerated.ok).toBe(true);
  expect(stageOf(tolerated, 'greeting').status).toBe('warned');
  expect(stageOf(tolerated, 'greeting').facts.banner).toBe('one two');
});

test('G8: control characters, broken UTF-8 and direction marks reach nobody', async () => {
  const banner = Buffer.concat([
    Buffer.from('220 \x1b[31mred\x07\0 \u202Eevil '),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('\r\n'),
  ]);
  const server = await script({ send: banner }, { expect: /^EHLO/ }, { send: '250 mx\r\n' });
  const report = await run(settingsFor(server.port), { until: 'ehlo' });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
  expect(JSON.stringify(report)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  expect(stageOf(report, 'greeting').facts.banner).toContain('\\x1b[31mred\\x07\\x00');
});

test('G9: a reply glued to the banner is refused', async () => {
  const server = await script({ send: '220 mx\r\n250-mx\r\n250 AUTH PLAIN\r\n' }, { expect: /^EHLO/ });
  const report = await run(impatient(server.port));
  expect(failedStage(report)).toBe('ehlo');
  expect(report.diagnosis?.rule).toBe('REPLY_UNSOLICITED');
  expect(server.received()).not.toContain('AUTH');
});

test('a password that stands in the banner is no firewall', async () => {
  const server = await script({ send: `220 ${CANARY} ESMTP\r\n` }, { expect: /^EHLO/ }, { send: '250 mx\r\n' });
  const report = await run(impatient(server.port), { until: 'ehlo' });
  expect(report.ok).toBe(true);
  expect(stageOf(report, 'greeting').facts.banner).toBe('******** ESMTP');
  expect(report.stages.flatMap(({ warnings }) => warnings)).toEqual([]);
});
