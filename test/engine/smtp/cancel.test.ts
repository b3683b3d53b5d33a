import { expect, test } from 'vitest';
import { STAGES, type Stage } from '../../../shared/report.ts';
import { goodChain } from '../../support/certificates.ts';
import type { Step } from '../../support/raw-server.ts';
import { CANARY, type RunOptions, run, script, settingsFor, stageOf, withPassword } from './support.ts';

const { root, leaf } = await goodChain();
const TLS = { tls: { key: leaf.keyPem, cert: leaf.pem } };

/** A whole session; cut off before the step that answers a stage, the server leaves that stage waiting. */
const SESSION: [Stage, Step[]][] = [
  ['greeting', [{ send: '220 mx\r\n' }]],
  ['ehlo', [{ expect: /^EHLO/ }, { send: '250-mx\r\n250 STARTTLS\r\n' }]],
  [
    'starttls',
    [
      { expect: /^STARTTLS/ },
      { send: '220 go\r\n' },
      TLS,
      { expect: /^EHLO/ },
      { send: '250-mx\r\n250 AUTH LOGIN\r\n' },
    ],
  ],
  [
    'auth',
    [
      { expect: /^AUTH/ },
      { send: '334 \r\n' },
      { expect: /./ },
      { send: '334 \r\n' },
      { expect: /./ },
      { send: '235 ok\r\n' },
    ],
  ],
  ['mail', [{ expect: /^MAIL/ }, { send: '250 ok\r\n' }]],
  ['rcpt', [{ expect: /^RCPT/ }, { send: '250 ok\r\n' }]],
  ['data', [{ expect: /^DATA/ }, { send: '354 go\r\n' }]],
];

async function cancelledRun({ settings, at, request, environment }: RunOptions & { at: Stage }) {
  const controller = new AbortController();
  let cancelledAt = 0;
  const report = await run(settings, request, {
    ...environment,
    signal: controller.signal,
    onEvent(event) {
      if (event.type !== 'stage-started' || event.stage !== at) return;
      // Let the stage get to its waiting point first.
      setTimeout(() => {
        cancelledAt = performance.now();
        controller.abort();
      }, 60);
    },
  });
  return { report, took: performance.now() - cancelledAt };
}

test.each(SESSION.map(([stage]) => stage))('a cancel at %s ends the run within 100 ms', async (at) => {
  const until = SESSION.findIndex(([stage]) => stage === at);
  const server = await script(...SESSION.slice(0, until).flatMap(([, steps]) => steps));
  const settings = settingsFor(server.port, (draft) => {
    draft.server.security = 'starttls';
    draft.tls.caPem = root.pem;
    withPassword(draft);
  });
  const { report, took } = await cancelledRun({
    settings,
    at,
    request: { action: 'send', secrets: { password: CANARY } },
  });
  expect(took).toBeLessThan(100);
  expect(report.cancelled).toBe(true);
  expect(report.ok).toBe(false);
  expect(report.diagnosis).toBeNull();
  expect(stageOf(report, at).status).toBe('skipped');
  expect(report.notTested).toContain(at);
  const before = STAGES.slice(0, STAGES.indexOf(at)).map((stage) => stageOf(report, stage).status);
  expect(before).not.toContain('failed');
});

test('a cancel after the final dot says that the message may be on its way', async () => {
  const server = await script(
    { send: '220 mx\r\n' },
    { expect: /^EHLO/ },
    { send: '250 mx\r\n' },
    { expect: /^MAIL/ },
    { send: '250 ok\r\n' },
    { expect: /^RCPT/ },
    { send: '250 ok\r\n' },
    { expect: /^DATA/ },
    { send: '354 go\r\n' },
  );
  const { report, took } = await cancelledRun({
    settings: settingsFor(server.port),
    at: 'data',
    request: { action: 'send' },
  });
  expect(took).toBeLessThan(100);
  expect(report.cancelled).toBe(true);
  expect(stageOf(report, 'data')).toMatchObject({
    status: 'failed',
    note: expect.stringContaining('may have been accepted'),
  });
  expect(report.notTested).not.toContain('data');
});

test('a cancel during the look-up', async () => {
  const never = {
    lookup: () => new Promise<never>(() => {}),
    mailExchangers: async () => [],
    alias: async () => null,
    services: async () => [],
  };
  const settings = settingsFor(25);
  settings.server.host = 'mail.example.com';
  const { report, took } = await cancelledRun({ settings, at: 'dns', environment: { resolver: never } });
  expect(took).toBeLessThan(100);
  expect(report.cancelled).toBe(true);
});

test('a cancel during the TLS handshake', async () => {
  const server = await script();
  const settings = settingsFor(server.port, (draft) => {
    draft.server.security = 'tls';
  });
  const { report, took } = await cancelledRun({ settings, at: 'tls' });
  expect(took).toBeLessThan(100);
  expect(report.cancelled).toBe(true);
});

test('a run that was cancelled before it began does nothing', async () => {
  const server = await script({ send: '220 mx\r\n' });
  const report = await run(settingsFor(server.port), {}, { signal: AbortSignal.abort() });
  expect(report.cancelled).toBe(true);
  expect(report.stages.every(({ status }) => status === 'skipped')).toBe(true);
  expect(server.open()).toBe(0);
});
