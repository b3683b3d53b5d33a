import { expect, test } from 'vitest';
import type { Transaction } from '../../../shared/relay.ts';
import type { TestReport } from '../../../shared/report.ts';
import type { Step } from '../../support/raw-server.ts';
import { realServer, run, script, settingsFor, stageOf, withPassword } from './support.ts';

const HELLO = (...extensions: string[]): Step[] => [
  { send: '220 mx\r\n' },
  { expect: /^EHLO/ },
  { send: [...extensions.map((line) => `250-${line}`), '250 HELP'].join('\r\n').concat('\r\n') },
];
const says = (expected: RegExp, answer: string): Step[] => [{ expect: expected }, { send: `${answer}\r\n` }];

function transactionsOf(report: TestReport): Transaction[] {
  return stageOf(report, 'relay').facts.transactions ?? [];
}

function verdicts(report: TestReport): Record<string, string> {
  return Object.fromEntries(
    transactionsOf(report).map(({ check, from, verdict }) => [check === 'sender' ? from : check, verdict]),
  );
}

test('asks for all that the profile declares, and never sends DATA', async () => {
  const commands: string[] = [];
  let messages = 0;
  const port = await realServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    size: 5_000,
    onMailFrom: ({ address, args }, _session, done) => {
      commands.push(`MAIL ${address} ${JSON.stringify(args)}`);
      done(address.endsWith('@foreign.example') ? Object.assign(new Error('not yours'), { responseCode: 553 }) : null);
    },
    onRcptTo: ({ address }, _session, done) => {
      commands.push(`RCPT ${address}`);
      done(
        address.endsWith('@outside.example') ? Object.assign(new Error('Relay denied'), { responseCode: 554 }) : null,
      );
    },
    onData: (_stream, _session, done) => {
      messages += 1;
      done();
    },
  });
  const settings = settingsFor(port, (made) => {
    made.sender.from.address = 'alerts@acme.example';
    made.sender.envelopeFrom = 'bounce@acme.example';
    made.sender.relayDomains = ['acme.test', 'foreign.example'];
    made.testRecipient = 'someone@outside.example';
  });
  const report = await run(settings, { relay: true, recipient: 'alerts@acme.example' });
  expect(report.ok).toBe(true);
  expect(verdicts(report)).toMatchObject({
    'own-domain': 'accepted',
    external: 'refused',
    'bounce@acme.example': 'accepted',
    'alerts@acme.example': 'accepted',
    'alerts@acme.test': 'accepted',
    'alerts@foreign.example': 'refused',
    size: 'accepted',
    '8bitmime': 'accepted',
  });
  const external = transactionsOf(report).find(({ check }) => check === 'external');
  expect(external).toMatchObject({ refusedAt: 'rcpt', to: 'someone@outside.example', reply: { code: 554 } });
  expect(external?.note).toMatch(/relay|outside|other domains/i);
  expect(stageOf(report, 'relay').status).toBe('warned');
  expect(messages).toBe(0);
  expect(commands.some((line) => line.includes('"SIZE":"5000"'))).toBe(true);
  expect(report.transcript.some(({ from, text }) => from === 'client' && text === 'DATA')).toBe(false);
});

test('is left out unless asked for, and does not count as untested', async () => {
  const port = await realServer({ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'] });
  const report = await run(settingsFor(port));
  expect(stageOf(report, 'relay').status).toBe('skipped');
  expect(report.notTested).not.toContain('relay');
  const rcpts = report.transcript.filter(({ text }) => text.startsWith('RCPT'));
  expect(rcpts).toHaveLength(1);
});

test('goes on where the sender itself was refused: another domain may be the right one', async () => {
  const server = await script(
    ...HELLO(),
    ...says(/^MAIL FROM:<sender@example\.com>/, '553 5.7.1 not yours'),
    ...says(/^RSET/, '250 ok'),
    ...says(/^MAIL FROM:<sender@example\.com>/, '553 5.7.1 not yours'),
    ...says(/^RSET/, '250 ok'),
    ...says(/^MAIL FROM:<sender@example\.com>/, '553 5.7.1 not yours'),
    ...says(/^RSET/, '250 ok'),
    ...says(/^MAIL FROM:<sender@example\.com>/, '553 5.7.1 not yours'),
    ...says(/^RSET/, '250 ok'),
    ...says(/^MAIL FROM:<sender@good\.example>/, '250 ok'),
    ...says(/^RCPT/, '250 ok'),
    ...says(/^RSET/, '250 ok'),
  );
  const settings = settingsFor(server.port, (made) => {
    made.sender.relayDomains = ['good.example'];
  });
  const report = await run(settings, { relay: true });
  expect(report.ok).toBe(false);
  expect(report.diagnosis?.stage).toBe('mail');
  expect(verdicts(report)).toMatchObject({
    'sender@example.com': 'refused',
    'sender@good.example': 'accepted',
    size: 'not-offered',
    dsn: 'not-offered',
  });
});

test('a server that hangs up leaves the rest unanswered, not refused', async () => {
  const server = await script(
    ...HELLO('SIZE 100'),
    ...says(/^MAIL/, '250 ok'),
    ...says(/^RCPT/, '250 ok'),
    ...says(/^RSET/, '250 ok'),
    ...says(/^RSET/, '250 ok'),
    { expect: /^MAIL/ },
    { reset: true },
  );
  const report = await run(settingsFor(server.port), { relay: true });
  const all = transactionsOf(report);
  expect(all.length).toBeGreaterThan(5);
  expect(all.every(({ verdict }) => verdict === 'not-answered')).toBe(true);
  expect(stageOf(report, 'relay').note).toContain('stopped answering');
});

test('the reserved recipient that a server refuses for its null MX proves nothing about relaying', async () => {
  const port = await realServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, done) =>
      done(
        address === 'postmaster@example.com'
          ? Object.assign(new Error('Domain example.com does not accept mail (nullMX)'), { responseCode: 556 })
          : null,
      ),
  });
  const settings = settingsFor(port, (made) => {
    made.sender.from.address = 'alerts@acme.example';
  });
  const report = await run(settings, { relay: true });
  expect(verdicts(report).external).toBe('unclear');
});

test('an outside recipient that is taken without sign-in is told as an open relay; the same after sign-in is not', async () => {
  const port = await realServer({
    authOptional: true,
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(null, { user: 'alice' }),
  });
  const settings = settingsFor(port, (made) => {
    made.sender.from.address = 'alerts@acme.example';
  });
  const rules = (report: TestReport) => report.stages.flatMap(({ warnings }) => warnings.map(({ rule }) => rule));
  expect(rules(await run(settings, { relay: true }))).toContain('OPEN_RELAY_WARN');
  withPassword(settings);
  settings.signIn.allowWithoutTls = true;
  const signedIn = await run(settings, { relay: true });
  expect(verdicts(signedIn).external).toBe('accepted');
  expect(rules(signedIn)).not.toContain('OPEN_RELAY_WARN');
});
