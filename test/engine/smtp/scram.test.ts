import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { saslprep } from '../../../engine/smtp/auth/saslprep.ts';
import { scram } from '../../../engine/smtp/auth/scram.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import type { Step } from '../../support/raw-server.ts';
import { CANARY, expectNoSecret, failedStage, run, script, settingsFor, stageOf, withPassword } from './support.ts';

const PENCIL = { username: 'user', secret: 'pencil' };

describe('the test vectors of the standards', () => {
  test('RFC 5802 5, SHA-1', async () => {
    const mechanism = scram('SCRAM-SHA-1', 'sha1', PENCIL, 'fyko+d2lbbFgONRv9qkxdawL');
    expect(mechanism.initial).toBe('n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL');
    const first = 'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096';
    expect(await mechanism.respond(first, 0)).toBe(
      'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
    );
    expect(mechanism.doubt?.()).not.toBe('');
    expect(await mechanism.respond('v=rmF9pqV8S7suAoZWja4dJRkFsKQ=', 1)).toBe('');
    expect(mechanism.doubt?.()).toBe('');
  });

  test('RFC 7677 3, SHA-256', async () => {
    const mechanism = scram('SCRAM-SHA-256', 'sha256', PENCIL, 'rOprNGfwEbeRWgbNEkqO');
    const first = 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096';
    expect(await mechanism.respond(first, 0)).toBe(
      'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
    );
    expect(await mechanism.respond('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=', 1)).toBe('');
    expect(mechanism.doubt?.()).toBe('');
  });

  test('RFC 4013 3, preparing names', () => {
    expect(saslprep('I\u00adX')).toBe('IX');
    expect(saslprep('user')).toBe('user');
    expect(saslprep('USER')).toBe('USER');
    expect(saslprep('\u00aa')).toBe('a');
    expect(saslprep('\u2168')).toBe('IX');
    expect(saslprep('a\u00a0b')).toBe('a b');
  });
});

test.each([
  ['no message', 'hello'],
  ['another nonce', 'r=somebody-else,s=QSXCR+Q6sek8bf92,i=4096'],
  ['our nonce alone', 'r=own,s=QSXCR+Q6sek8bf92,i=4096'],
  ['too few rounds', 'r=own-and-theirs,s=QSXCR+Q6sek8bf92,i=1'],
  ['endless rounds', 'r=own-and-theirs,s=QSXCR+Q6sek8bf92,i=999999999'],
  ['a huge salt', `r=own-and-theirs,s=${'A'.repeat(3_000)},i=4096`],
])('a server that sends %s gets no proof', async (_what, first) => {
  expect(await scram('SCRAM-SHA-256', 'sha256', PENCIL, 'own').respond(first, 0)).toBeNull();
});

test('no message of a server makes it throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.string(), async (first, last) => {
      const mechanism = scram('SCRAM-SHA-256', 'sha256', PENCIL, 'own');
      await mechanism.respond(first, 0);
      await mechanism.respond(last, 1);
      expect(mechanism.doubt?.()).not.toBe('');
    }),
  );
});

const b64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** A server that knows the canary: its steps, and whether the client's proof was right. */
function scramServer(signatureOf: (right: string) => string) {
  let clientFirst = '';
  let serverFirst = '';
  const salt = Buffer.from('salt of the server');
  const state = { proven: false, signature: '' };
  const steps: Step[] = [
    { send: '220 mx\r\n' },
    { expect: /^EHLO/ },
    { send: '250-mx\r\n250 AUTH SCRAM-SHA-256\r\n' },
    {
      answer: (line: string) => {
        clientFirst = Buffer.from(line.split(' ')[2] ?? '', 'base64')
          .toString()
          .slice('n,,'.length);
        serverFirst = `r=${/r=(.*)$/.exec(clientFirst)?.[1]}-server,s=${salt.toString('base64')},i=4096`;
        return `334 ${b64(serverFirst)}\r\n`;
      },
    },
    {
      answer: (line: string) => {
        const [withoutProof = '', proof = ''] = Buffer.from(line, 'base64').toString().split(',p=');
        const salted = pbkdf2Sync(CANARY, salt, 4096, 32, 'sha256');
        const said = `${clientFirst},${serverFirst},${withoutProof}`;
        const clientKey = hmac(salted, 'Client Key');
        const clientSignature = hmac(createHash('sha256').update(clientKey).digest(), said);
        const right = Buffer.from(clientKey.map((byte, at) => byte ^ (clientSignature[at] ?? 0)));
        state.proven = right.toString('base64') === proof;
        state.signature = hmac(hmac(salted, 'Server Key'), said).toString('base64');
        return `334 ${b64(`v=${signatureOf(state.signature)}`)}\r\n`;
      },
    },
    { expect: /^$/ },
    { send: '235 ok\r\n' },
  ];
  return { steps, state };
}

function signingIn(port: number): ProfileSettings {
  return settingsFor(port, (settings) => {
    withPassword(settings);
    settings.signIn.allowWithoutTls = true;
  });
}

test('SCRAM-SHA-256 signs in without showing the password or what it could be guessed from', async () => {
  const { steps, state } = scramServer((right) => right);
  const server = await script(...steps);
  const report = await run(signingIn(server.port), { until: 'auth' });
  expect(report.ok).toBe(true);
  expect(state.proven).toBe(true);
  expect(stageOf(report, 'auth').facts.mechanism).toBe('SCRAM-SHA-256');
  expectNoSecret(server.received());
  expectNoSecret(JSON.stringify(report), state.signature);
});

test('a server that does not know the password is not believed, even if it says 235', async () => {
  const { steps } = scramServer(() => Buffer.alloc(32).toString('base64'));
  const server = await script(...steps);
  const report = await run(signingIn(server.port), { until: 'auth' });
  expect(failedStage(report)).toBe('auth');
  expect(report.diagnosis?.rule).toBe('AUTH_SERVER_UNPROVEN');
});

test('a server that says 235 without a proof of its own is not believed', async () => {
  const { steps } = scramServer((right) => right);
  const server = await script(...steps.slice(0, 4), { expect: /./ }, { send: '235 come in\r\n' });
  const report = await run(signingIn(server.port), { until: 'auth' });
  expect(failedStage(report)).toBe('auth');
  expect(report.diagnosis?.rule).toBe('AUTH_SERVER_UNPROVEN');
});
