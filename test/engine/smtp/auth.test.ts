import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ProfileSettings } from '../../../shared/profile.ts';
import type { Step } from '../../support/raw-server.ts';
import { CANARY, failedStage, realServer, run, script, settingsFor, stageOf, withPassword } from './support.ts';

const USER = Buffer.from('alice@example.com').toString('base64');

function opening(auth: string): Step[] {
  return [{ send: '220 mx ESMTP\r\n' }, { expect: /^EHLO/ }, { send: `250-mx\r\n250 ${auth}\r\n` }];
}

function signingIn(port: number, change: (settings: ProfileSettings) => void = () => {}) {
  return settingsFor(port, (settings) => {
    settings.server.commandTimeoutSeconds = 1;
    withPassword(settings);
    settings.signIn.allowWithoutTls = true;
    change(settings);
  });
}

async function runAuth(steps: Step[], change?: (settings: ProfileSettings) => void) {
  const server = await script(...steps);
  const report = await run(signingIn(server.port, change), { until: 'auth' });
  return { report, server, auth: stageOf(report, 'auth') };
}

test('without the word of the user no password leaves without TLS, not even to loopback', async () => {
  const { report, server } = await runAuth(opening('AUTH PLAIN LOGIN CRAM-MD5'), (settings) => {
    settings.signIn.allowWithoutTls = false;
  });
  expect(failedStage(report)).toBe('auth');
  expect(report.diagnosis?.rule).toBe('AUTH_WITHHELD');
  expect(report.diagnosis?.fix).toBeUndefined();
  expect(server.received()).not.toContain('AUTH');
});

test('where the server offers STARTTLS, a password that was kept back comes with the switch to it', async () => {
  const { report, server } = await runAuth(
    [{ send: '220 mx ESMTP\r\n' }, { expect: /^EHLO/ }, { send: '250-mx\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n' }],
    (settings) => {
      settings.signIn.allowWithoutTls = false;
    },
  );
  expect(report.diagnosis?.rule).toBe('AUTH_WITHHELD_STARTTLS');
  expect(report.diagnosis?.fix?.label).toBe('Switch to STARTTLS');
  expect(server.received()).not.toContain('AUTH');
});

test('a profile that signs in without a password is told so', async () => {
  const server = await script(...opening('AUTH PLAIN'));
  const report = await run(signingIn(server.port), { until: 'auth', secrets: {} });
  expect(failedStage(report)).toBe('auth');
  expect(report.diagnosis?.rule).toBe('AUTH_NO_SECRET');
  expect(server.received()).not.toContain('AUTH');
});

test('the words of the server stay in the transcript, though they look like a secret', async () => {
  const { report } = await runAuth([
    ...opening('AUTH PLAIN'),
    { expect: /^AUTH PLAIN/ },
    { send: '535 5.7.8 password: expired\r\n' },
  ]);
  expect(report.transcript.map(({ text }) => text)).toContain('535 5.7.8 password: expired');
  expect(stageOf(report, 'auth').facts.reply?.text).toContain('password: expired');
  expect(report.transcript.map(({ text }) => text)).toContain('AUTH PLAIN ********');
});

test.each([
  ['bad base64', [{ send: '334 !!!not base64\r\n' }]],
  ['endless challenges', Array.from({ length: 20 }, () => ({ send: '334 \r\n' }))],
  ['success with another code', [{ send: '250 2.7.0 ok\r\n' }]],
] as [string, Step[]][])('A1: %s is no sign-in', async (_name, answers) => {
  const { report } = await runAuth([
    ...opening('AUTH PLAIN'),
    { expect: /^AUTH PLAIN/ },
    ...answers.flatMap((answer) => [answer, { expect: /^/ }]),
  ]);
  expect(failedStage(report)).toBe('auth');
  expect(report.diagnosis?.rule).toBe('AUTH_BAD_CHALLENGE');
});

test('A1: an empty challenge is none for CRAM-MD5', async () => {
  const { report } = await runAuth([...opening('AUTH CRAM-MD5'), { expect: /^AUTH CRAM-MD5$/ }, { send: '334 \r\n' }]);
  expect(report.diagnosis?.rule).toBe('AUTH_BAD_CHALLENGE');
});

test('A2: only mechanisms that we do not have', async () => {
  const { report, server } = await runAuth(opening('AUTH NTLM GSSAPI'));
  expect(failedStage(report)).toBe('auth');
  expect(report.diagnosis?.rule).toBe('AUTH_NO_COMMON_MECH');
  expect(server.received()).not.toContain('AUTH');
});

test('A2: a mechanism that the profile asks for is not replaced by another', async () => {
  const { report, server } = await runAuth(opening('AUTH PLAIN'), (settings) => {
    settings.signIn.mechanism = 'CRAM-MD5';
  });
  expect(report.diagnosis?.rule).toBe('AUTH_MECH_NOT_OFFERED');
  // Without TLS any other would show the password.
  expect(report.diagnosis?.fix).toBeUndefined();
  expect(server.received()).not.toContain('AUTH');
});

test.each([
  ['AUTH XOAUTH2 OAUTHBEARER', undefined, 'AUTH_ONLY_TOKENS'],
  ['AUTH PLAIN LOGIN', withToken, 'AUTH_ONLY_PASSWORDS'],
  ['AUTH GSSAPI', withToken, 'AUTH_NO_COMMON_MECH'],
] as const)('A2: %s for the wrong kind of sign-in', async (offer, change, rule) => {
  const { report, server } = await runAuth(opening(offer), change);
  expect(failedStage(report)).toBe('auth');
  expect(report.diagnosis?.rule).toBe(rule);
  expect(server.received()).not.toContain('AUTH');
});

test('A2: the old form AUTH= is understood, and prompts of any wording', async () => {
  const { report, auth } = await runAuth([
    ...opening('AUTH=LOGIN'),
    { expect: /^AUTH LOGIN$/ },
    { send: `334 ${Buffer.from('User Name\0').toString('base64')}\r\n` },
    { expect: new RegExp(`^${USER}$`) },
    { send: '334 \r\n' },
    { expect: new RegExp(`^${Buffer.from(CANARY).toString('base64').replace(/\+/g, '\\+')}$`) },
    { send: '235 ok\r\n' },
  ]);
  expect(report.ok).toBe(true);
  expect(auth.facts).toMatchObject({ mechanism: 'LOGIN', mechanismsOffered: ['LOGIN'], username: 'alice@example.com' });
});

test('A2: a server without sign-in is not called fine', async () => {
  const { report, auth } = await runAuth(opening('SIZE 1000'));
  expect(report.ok).toBe(false);
  expect(failedStage(report)).toBe('auth');
  expect(auth.note).toContain('not tested');
  expect(report.diagnosis?.rule).toBe('AUTH_NOT_OFFERED');
});

test.each([
  ['535 5.7.8 Error: authentication failed\r\n', 'AUTH_BAD_CREDENTIALS_578'],
  ['454 4.7.0 Temporary authentication failure: Connection lost to authentication server\r\n', 'AUTH_454_TEMP'],
  ['504 5.7.4 Unrecognized authentication type\r\n', 'AUTH_504_MECH'],
  ['538 5.7.11 Encryption required for requested authentication mechanism\r\n', 'AUTH_538'],
  ['432 4.7.12 A password transition is needed\r\n', 'AUTH_432_TRANSITION'],
  ['534-5.7.9 Application-specific password required.\r\n534 5.7.9 see InvalidSecondFactor\r\n', 'AUTH_APP_PASSWORD'],
  [
    '534-5.7.9 Application-specific password required.\r\n534 5.7.9  https://support.google.com/mail/?p=InvalidSecondFactor\r\n',
    'GMAIL_APP_PASSWORD',
  ],
])('A3: %j', async (reply, rule) => {
  const { report, auth } = await runAuth([...opening('AUTH PLAIN'), { expect: /^AUTH PLAIN/ }, { send: reply }]);
  expect(failedStage(report)).toBe('auth');
  expect(report.diagnosis?.rule).toBe(rule);
  expect(auth.facts.reply?.code).toBe(Number(reply.slice(0, 3)));
});

test('A3: a server that hangs up', async () => {
  const { report } = await runAuth([...opening('AUTH PLAIN'), { expect: /^AUTH PLAIN/ }, { end: true }]);
  expect(failedStage(report)).toBe('auth');
  expect(report.diagnosis?.rule).toBe('AUTH_DISCONNECT');
});

test('a password echoed by the server, in any encoding, is in no report', async () => {
  const encoded = Buffer.from(`\0alice@example.com\0${CANARY}`).toString('base64');
  const { report } = await runAuth([
    ...opening('AUTH PLAIN'),
    { expect: /^AUTH PLAIN/ },
    { send: `535-5.7.8 ${CANARY}\r\n535-5.7.8 ${encoded}\r\n535 5.7.8 ${encodeURIComponent(CANARY)}\r\n` },
  ]);
  // `run` has searched the report and every event for it.
  expect(failedStage(report)).toBe('auth');
});

test('whatever the secret and the mechanism, an echo of it is in no report, event or transcript', async () => {
  const said: string[] = [];
  const port = await realServer({
    authMethods: ['PLAIN', 'LOGIN'],
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth(auth, _session, callback) {
      const password = auth.method === 'PLAIN' || auth.method === 'LOGIN' ? String(auth.password) : '';
      said.push(password);
      const spellings = [password, Buffer.from(password).toString('base64'), encodeURIComponent(password)];
      callback(new Error(`Not good: ${spellings.join(' ')} ${Buffer.from(password).toString('hex')}`));
    },
  });
  const secrets = fc.string({ unit: 'grapheme', minLength: 6, maxLength: 40 }).filter((text) => text.trim().length > 5);
  await fc.assert(
    fc.asyncProperty(secrets, fc.constantFrom('PLAIN', 'LOGIN'), async (password, mechanism) => {
      const settings = signingIn(port, (draft) => {
        draft.signIn.mechanism = mechanism as 'PLAIN' | 'LOGIN';
      });
      const events: unknown[] = [];
      const onEvent = (event: unknown) => events.push(event);
      const report = await run(settings, { until: 'auth', secrets: { password } }, { onEvent });
      expect(failedStage(report)).toBe('auth');
      expect(said.at(-1)).toBe(password);
      const texts = textsIn([report, events]).join('\n');
      expect(texts).not.toContain(password);
      expect(texts).not.toContain(Buffer.from(password).toString('base64').replace(/=+$/, ''));
      expect(texts).not.toContain(Buffer.from(password).toString('hex'));
    }),
    { numRuns: 40 },
  );
}, 20_000);

/** All strings inside a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

test('without TLS the mechanism that hides the password is preferred', async () => {
  const challenge = Buffer.from('<1.2@mx>').toString('base64');
  const { report, auth, server } = await runAuth([
    ...opening('AUTH PLAIN LOGIN CRAM-MD5'),
    { expect: /^AUTH CRAM-MD5$/ },
    { send: `334 ${challenge}\r\n` },
    { expect: /^[A-Za-z0-9+/=]+$/ },
    { send: '235 ok\r\n' },
  ]);
  expect(report.ok).toBe(true);
  expect(auth.facts.mechanism).toBe('CRAM-MD5');
  expect(server.received()).not.toContain(Buffer.from(CANARY).toString('base64'));
});

function withToken(settings: ProfileSettings): void {
  settings.signIn.method = 'oauth2';
}

test('A4: the reason inside an XOAUTH2 refusal is kept', async () => {
  const json = Buffer.from('{"status":"401","schemes":"bearer","scope":"https://mail.google.com/"}').toString('base64');
  const server = await script(
    ...opening('AUTH XOAUTH2 PLAIN'),
    { expect: /^AUTH XOAUTH2 \S+$/ },
    { send: `334 ${json}\r\n` },
    { expect: /^$/ },
    { send: '535 5.7.8 Error: authentication failed\r\n' },
  );
  const settings = signingIn(server.port, withToken);
  const report = await run(settings, { until: 'auth', secrets: { accessToken: CANARY } });
  expect(failedStage(report)).toBe('auth');
  const rules = [report.diagnosis?.rule, ...(report.diagnosis?.alsoPossible ?? []).map(({ rule }) => rule)];
  expect(rules).toEqual(expect.arrayContaining(['OAUTH_XOAUTH2_ERROR', 'GMAIL_OAUTH_SCOPE']));
});

test('OAUTHBEARER gives user, server and token, and reads the refusal (RFC 7628)', async () => {
  const json = Buffer.from('{"status":"invalid_token","scope":"mail"}').toString('base64');
  const server = await script(
    ...opening('AUTH PLAIN OAUTHBEARER'),
    { expect: /^AUTH OAUTHBEARER \S+$/ },
    { send: `334 ${json}\r\n` },
    { expect: /^AQ==$/ },
    { send: '535 5.7.8 Error: authentication failed\r\n' },
  );
  const settings = signingIn(server.port, (draft) => {
    withToken(draft);
    draft.signIn.username = 'a,b=c@example.com';
  });
  const report = await run(settings, { until: 'auth', secrets: { accessToken: CANARY } });
  const [, sent = ''] = /^AUTH OAUTHBEARER (\S+)/m.exec(server.received()) ?? [];
  expect(Buffer.from(sent, 'base64').toString()).toBe(
    `n,a=a=2Cb=3Dc@example.com,\x01host=127.0.0.1\x01port=${server.port}\x01auth=Bearer ${CANARY}\x01\x01`,
  );
  expect(report.diagnosis?.rule).toBe('OAUTH_XOAUTH2_ERROR');
});
