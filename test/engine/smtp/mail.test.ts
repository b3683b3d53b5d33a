import { expect, test } from 'vitest';
import type { ProfileSettings } from '../../../shared/profile.ts';
import type { Stage } from '../../../shared/report.ts';
import type { Step } from '../../support/raw-server.ts';
import { failedStage, run, script, settingsFor, stageOf } from './support.ts';

const OK = { send: '250 2.0.0 ok\r\n' };

/** What a plain relay sees, in order, and what it answers; a test replaces one answer. */
function dialogue(answers: Partial<Record<Stage, Step[]>>): Step[] {
  return [
    ...(answers.greeting ?? [{ send: '220 mx ESMTP\r\n' }]),
    { expect: /^EHLO/ },
    ...(answers.ehlo ?? [{ send: '250-mx\r\n250 SIZE 100000\r\n' }]),
    { expect: /^MAIL FROM:<[^<>]+>/ },
    ...(answers.mail ?? [OK]),
    { expect: /^RCPT TO:<[^<>]+>$/ },
    ...(answers.rcpt ?? [OK]),
    { expect: /^DATA$/ },
    ...(answers.data ?? [{ send: '354 go on\r\n' }]),
    ...Array.from({ length: 60 }, () => ({ expect: /^(?!\.$)/ })),
  ];
}

/** What a check does after the recipient. */
const FAREWELL: Step[] = [{ expect: /^RSET$/ }, OK, { expect: /^QUIT$/ }, { send: '221 bye\r\n' }];

/** A relay that takes sender and recipient of a check. */
function polite(ehlo = '250 mx\r\n'): Step[] {
  const opening: Step[] = [{ send: '220 mx\r\n' }, { expect: /^EHLO/ }, { send: ehlo }];
  return [...opening, { expect: /^MAIL/ }, OK, { expect: /^RCPT/ }, OK, ...FAREWELL];
}

function relay(port: number, change: (settings: ProfileSettings) => void = () => {}) {
  return settingsFor(port, (settings) => {
    settings.server.commandTimeoutSeconds = 1;
    change(settings);
  });
}

test('a check asks for sender and recipient and takes both back', async () => {
  const server = await script(
    { send: '220 mx\r\n' },
    { expect: /^EHLO/ },
    { send: '250 mx\r\n' },
    { expect: /^MAIL FROM:<sender@example\.com>$/ },
    OK,
    { expect: /^RCPT TO:<you@example\.net>$/ },
    OK,
    { expect: /^RSET$/ },
    OK,
    { expect: /^QUIT$/ },
    { send: '221 bye\r\n' },
  );
  const report = await run(relay(server.port), { recipient: 'you@example.net' });
  expect(failedStage(report)).toBe('');
  expect(report.ok).toBe(true);
  expect(server.received()).toMatch(/RSET\r\nQUIT\r\n$/);
  expect(server.received()).not.toContain('DATA');
});

test.each<[Stage, string, string]>([
  ['mail', '553 5.7.1 <sender@example.com>: Sender address rejected: not owned by user joe\r\n', 'SENDER_NOT_OWNED'],
  ['mail', '530 5.7.57 Client not authenticated to send mail.\r\n', 'M365_5757'],
  ['rcpt', '554 5.7.1 <you@example.net>: Relay access denied\r\n', 'RELAY_DENIED'],
  ['rcpt', '450 4.2.0 <you@example.net>: Recipient address rejected: Greylisted\r\n', 'RCPT_GREYLIST'],
  ['rcpt', "452 4.2.2 The recipient's inbox is out of storage space.\r\n", 'RCPT_MAILBOX_FULL'],
])('M7: refused at %s with %j', async (stage, reply, rule) => {
  const server = await script(...dialogue({ [stage]: [{ send: reply }] }));
  const report = await run(relay(server.port), { recipient: 'you@example.net' });
  expect(failedStage(report)).toBe(stage);
  expect(report.diagnosis?.rule).toBe(rule);
  expect(stageOf(report, stage).facts.reply?.code).toBe(Number(reply.slice(0, 3)));
  expect(report.notTested).toContain('data');
});

const AT: Stage[] = ['ehlo', 'mail', 'rcpt', 'data'];

test.each(AT)('M1: 421 at %s', async (stage) => {
  const server = await script(
    ...dialogue({ [stage]: [{ send: '421 4.4.2 mx Error: timeout exceeded\r\n' }, { end: true }] }),
  );
  const report = await run(relay(server.port), { action: 'send', recipient: 'you@example.net' });
  expect(failedStage(report)).toBe(stage);
  expect(report.diagnosis?.rule).toBe('SERVER_421');
});

test.each(AT)('M2, M6: closed at %s', async (stage) => {
  const server = await script(...dialogue({ [stage]: [{ end: true }] }));
  const report = await run(relay(server.port), { action: 'send', recipient: 'you@example.net' });
  expect(failedStage(report)).toBe(stage);
  expect(report.diagnosis?.rule).toBe('CONN_LOST');
});

test.each(AT)('M2: reset at %s', async (stage) => {
  const server = await script(...dialogue({ [stage]: [{ reset: true }] }));
  const report = await run(relay(server.port), { action: 'send', recipient: 'you@example.net' });
  expect(failedStage(report)).toBe(stage);
  expect(report.diagnosis?.rule).toBe('CONN_LOST');
});

test('M5: DATA answered with 250 is no go-ahead, and no message follows', async () => {
  const server = await script(...dialogue({ data: [OK] }));
  const report = await run(relay(server.port), { action: 'send', recipient: 'you@example.net' });
  expect(failedStage(report)).toBe('data');
  expect(report.diagnosis?.rule).toBe('REPLY_BAD_SYNTAX');
  expect(server.received()).not.toContain('Subject:');
});

test('M5: silence after the final dot leaves open whether the message went', async () => {
  const server = await script(...dialogue({}));
  const report = await run(relay(server.port), { action: 'send', recipient: 'you@example.net' });
  expect(failedStage(report)).toBe('data');
  expect(report.diagnosis?.rule).toBe('DATA_TIMEOUT');
  expect(stageOf(report, 'data').note).toContain('may have been accepted');
  expect(server.received()).toMatch(/\r\n\.\r\n/);
});

test('M4: a message that is larger than the server takes is not offered', async () => {
  const server = await script(...dialogue({ ehlo: [{ send: '250-mx\r\n250 SIZE 100\r\n' }] }));
  const report = await run(relay(server.port), { action: 'send', recipient: 'you@example.net' });
  expect(failedStage(report)).toBe('mail');
  expect(report.diagnosis?.rule).toBe('SIZE_EXCEEDED_ADVERTISED');
  expect(server.received()).not.toContain('MAIL');
});

test('M4: letters outside ASCII need a server that takes them; a domain does not', async () => {
  const server = await script(...polite());
  const local = await run(relay(server.port), { recipient: 'jürgen@example.net' });
  expect(failedStage(local)).toBe('mail');
  expect(local.diagnosis?.rule).toBe('CFG_NONASCII_LOCALPART');
  const domain = await run(relay(server.port), { recipient: 'you@bücher.example', until: 'rcpt' });
  expect(failedStage(domain)).toBe('');
  expect(server.received()).toContain('RCPT TO:<you@xn--bcher-kva.example>');
});

test('without a From address sender and recipient are named as not tested', async () => {
  const server = await script(
    { send: '220 mx\r\n' },
    { expect: /^EHLO/ },
    { send: '250 mx\r\n' },
    { expect: /^QUIT/ },
    { send: '221 bye\r\n' },
  );
  const settings = relay(server.port, (draft) => {
    draft.sender.from.address = '';
  });
  const report = await run(settings);
  expect(stageOf(report, 'mail').status).toBe('skipped');
  expect(report.notTested).toEqual(expect.arrayContaining(['mail', 'rcpt', 'data']));
  expect(report.ok).toBe(true);
});

test('without a From address no message can be sent, and the run says so', async () => {
  const server = await script(
    { send: '220 mx\r\n' },
    { expect: /^EHLO/ },
    { send: '250 mx\r\n' },
    { expect: /^QUIT/ },
    { send: '221 bye\r\n' },
  );
  const settings = relay(server.port, (draft) => {
    draft.sender.from.address = '';
  });
  const report = await run(settings, { action: 'send' });
  expect(stageOf(report, 'mail')).toMatchObject({ status: 'failed', note: expect.stringContaining('no From address') });
  expect(report.ok).toBe(false);
});

test('a stage to stop after is the last one', async () => {
  const server = await script(...dialogue({}));
  const report = await run(relay(server.port), { until: 'mail' });
  expect(report.ok).toBe(true);
  expect(report.notTested).toEqual(['auth', 'rcpt', 'data', 'quit']);
  expect(server.received()).not.toContain('RCPT');
});

test('a relay that takes anyone is a warning', async () => {
  const server = await script(...polite());
  const report = await run(relay(server.port), { recipient: 'you@example.net', until: 'rcpt' });
  expect(stageOf(report, 'rcpt').warnings.map(({ rule }) => rule)).toContain('OPEN_RELAY_WARN');
});

test('a connection that breaks after the final dot leaves open whether the message went', async () => {
  const steps: Step[] = [
    { send: '220 mx\r\n' },
    { expect: /^EHLO/ },
    { send: '250 mx\r\n' },
    { expect: /^MAIL/ },
    OK,
    { expect: /^RCPT/ },
    OK,
    { expect: /^DATA$/ },
    { send: '354 go on\r\n' },
    // Long enough for the message to arrive, which is one write.
    { afterMs: 50 },
    { reset: true },
  ];
  const server = await script(...steps);
  const report = await run(relay(server.port), { action: 'send' });
  expect(failedStage(report)).toBe('data');
  expect(report.diagnosis?.rule).toBe('DATA_LOST');
  expect(report.diagnosis?.remedy).toContain('before sending again');
});

test('M3: one command at a time, so a server that answers only the first of several loses nothing', async () => {
  const ehlo = '250-mx\r\n250 PIPELINING\r\n';
  const server = await script(...polite(ehlo));
  const report = await run(relay(server.port));
  expect(report.ok).toBe(true);
  const asked = report.transcript.map(({ from }) => from);
  const pairs = asked.filter((from, at) => from === 'client' && asked[at + 1] === 'client');
  expect(pairs).toEqual([]);
});
