import { expect, test } from 'vitest';
import { runMechanisms } from '../../../engine/smtp/index.ts';
import { type MechanismReport, mechanismEvent, mechanismReport } from '../../../shared/mechanisms.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { CANARY, expectNoSecret, realServer, script, settingsFor, withPassword } from './support.ts';

interface Options {
  mechanisms?: Parameters<typeof runMechanisms>[0]['mechanisms'];
  signal?: AbortSignal;
  password?: string;
}

/** Searches, and checks what must hold for every report. */
async function search(settings: ProfileSettings, options: Options = {}) {
  const events: unknown[] = [];
  const { mechanisms = null, signal = new AbortController().signal, password = CANARY } = options;
  const report = await runMechanisms(
    { settings, secrets: { password }, mechanisms },
    { now: () => new Date(), signal, onEvent: (event) => events.push(mechanismEvent.parse(event)) },
  );
  expect(mechanismReport.parse(report)).toEqual(report);
  expectNoSecret(JSON.stringify([report, events]));
  return { report, events, verdicts: verdictsOf(report) };
}

function verdictsOf({ results }: MechanismReport): string[] {
  return results.map(({ mechanism, verdict }) => `${mechanism} ${verdict}`);
}

function signingIn(port: number): ProfileSettings {
  return settingsFor(port, (settings) => {
    withPassword(settings);
    settings.signIn.allowWithoutTls = true;
  });
}

/** A server that takes the canary by these mechanisms, and counts connections and sign-ins. */
async function serverTaking(taken: string[], offered = ['PLAIN', 'LOGIN', 'CRAM-MD5']) {
  const seen = { connections: 0, tries: [] as string[] };
  const port = await realServer({
    authMethods: offered,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onConnect: (_session, callback) => {
      seen.connections += 1;
      callback();
    },
    onAuth: (auth, _session, callback) => {
      seen.tries.push(auth.method);
      if (taken.includes(auth.method)) return callback(null, { user: auth.username });
      return callback(new Error('no'));
    },
  });
  return { port, seen };
}

test('each mechanism is tried once, on a connection of its own, after a look without credentials', async () => {
  const { port, seen } = await serverTaking(['LOGIN', 'CRAM-MD5']);
  const { report, verdicts, events } = await search(signingIn(port));
  expect(verdicts).toEqual(['CRAM-MD5 works', 'PLAIN refused', 'LOGIN works']);
  expect(seen.tries).toEqual(['CRAM-MD5', 'PLAIN', 'LOGIN']);
  expect(seen.connections).toBe(4);
  expect(report.recommended?.mechanism).toBe('CRAM-MD5');
  expect(events).toHaveLength(6);
});

test('those that were asked for are tried, and no others', async () => {
  const { port, seen } = await serverTaking(['LOGIN']);
  const { verdicts } = await search(signingIn(port), { mechanisms: ['LOGIN', 'SCRAM-SHA-256'] });
  expect(seen.tries).toEqual(['LOGIN']);
  expect(verdicts).toEqual(['LOGIN works', 'SCRAM-SHA-256 not-tried', 'PLAIN not-tried', 'CRAM-MD5 not-tried']);
});

test('never more than three are tried, and what is not spoken is named', async () => {
  const offers = 'PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256 NTLM';
  const server = await script(
    { send: '220 mx\r\n' },
    { expect: /^EHLO/ },
    { send: `250-mx\r\n250 AUTH ${offers}\r\n` },
    { expect: /^AUTH/ },
    { send: '535 5.7.8 no\r\n' },
  );
  const { report, verdicts } = await search(signingIn(server.port));
  expect(server.received().match(/^AUTH /gm)).toHaveLength(3);
  expect(verdicts).toEqual([
    'SCRAM-SHA-256 refused',
    'SCRAM-SHA-1 refused',
    'CRAM-MD5 refused',
    'PLAIN not-tried',
    'LOGIN not-tried',
    'NTLM not-tried',
  ]);
  expect(report.recommended).toBeNull();
  expect(report.results.at(-1)?.note).toBe('Relaysmith does not speak it.');
});

test('a server that speaks of a lock ends the search', async () => {
  const server = await script(
    { send: '220 mx\r\n' },
    { expect: /^EHLO/ },
    { send: '250-mx\r\n250 AUTH PLAIN LOGIN\r\n' },
    { expect: /^AUTH/ },
    { send: '535 5.7.8 Account locked: too many failed login attempts\r\n' },
  );
  const { verdicts } = await search(signingIn(server.port));
  expect(verdicts).toEqual(['PLAIN refused', 'LOGIN not-tried']);
});

test('without the word of the user no password leaves without TLS', async () => {
  const { port, seen } = await serverTaking(['PLAIN']);
  const settings = signingIn(port);
  settings.signIn.allowWithoutTls = false;
  const { report, verdicts } = await search(settings);
  expect(seen.tries).toEqual([]);
  expect(verdicts).toEqual(['CRAM-MD5 failed', 'PLAIN not-tried', 'LOGIN not-tried']);
  expect(report.results[0]?.finding?.rule).toBe('AUTH_WITHHELD');
});

test('a server that cannot be reached, or offers no sign-in, is the answer itself', async () => {
  const { report } = await search(signingIn(1));
  expect(report.failure).toMatchObject({ stage: 'tcp', finding: { rule: 'TCP_REFUSED' } });
  const server = await script({ send: '220 mx\r\n' }, { expect: /^EHLO/ }, { send: '250 mx\r\n' });
  const none = await search(signingIn(server.port));
  expect(none.report.failure).toMatchObject({ stage: 'auth', note: 'The server offers no sign-in here.' });
});

test('a cancel ends it within 100 ms, and says what was not tried', async () => {
  const server = await script(
    { send: '220 mx\r\n' },
    { expect: /^EHLO/ },
    { send: '250-mx\r\n250 AUTH PLAIN LOGIN\r\n' },
    { expect: /^AUTH/ },
  );
  const controller = new AbortController();
  let cancelledAt = 0;
  const searching = runMechanisms(
    { settings: signingIn(server.port), secrets: { password: CANARY }, mechanisms: null },
    {
      now: () => new Date(),
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type !== 'trying') return;
        setTimeout(() => {
          cancelledAt = performance.now();
          controller.abort();
        }, 60);
      },
    },
  );
  const report = await searching;
  expect(performance.now() - cancelledAt).toBeLessThan(100);
  expect(report.cancelled).toBe(true);
  expect(verdictsOf(report)).toEqual(['PLAIN not-tried', 'LOGIN not-tried']);
});
