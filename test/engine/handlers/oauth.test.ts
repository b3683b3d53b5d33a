import { afterEach, beforeEach, expect, test } from 'vitest';
import { ImportSessions } from '../../../engine/handlers/import-sessions.ts';
import { keepReplaced } from '../../../engine/handlers/run-secrets.ts';
import { createTestRunner } from '../../../engine/handlers/test-runner.ts';
import { openHistory } from '../../../engine/history/run-history.ts';
import { TokenStore } from '../../../engine/smtp/oauth/token-store.ts';
import type { SecretChange } from '../../../shared/contract.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { recordingLog, unwrap } from '../profiles/library-fixture.ts';
import { goodToken, tokenServer } from '../smtp/oauth-server.ts';
import { expectNoSecret, script, settingsFor, stageOf } from '../smtp/support.ts';
import { listening, newPlace, type Place } from './support.ts';

const FIRST = 'kanary-refresh-0';

let place: Place;
let tokens: TokenStore;
beforeEach(async () => {
  place = await newPlace();
  tokens = new TokenStore();
});
afterEach(() => place.remove());

/** The way in which every request tests, over the library of the test. */
function runner() {
  const { library } = place;
  const history = openHistory({ directory: place.path('data'), log: recordingLog() });
  const ports = { now: () => new Date() };
  return createTestRunner({ library, imports: new ImportSessions(), history, tokens, ports });
}

/** A token server that puts a new refresh token in the place of each that it is sent, as many do. */
async function rotatingServer() {
  let current = FIRST;
  return tokenServer(({ form }, count) => {
    if (form.get('refresh_token') !== current) return { status: 400, body: { error: 'invalid_grant' } };
    current = `kanary-refresh-${count}`;
    return goodToken('kanary-access-token', { expires_in: 10, refresh_token: current });
  });
}

function mailServer() {
  return script(
    { send: '220 mx\r\n' },
    { expect: /^EHLO/ },
    { send: '250-mx\r\n250 AUTH XOAUTH2\r\n' },
    { expect: /^AUTH/ },
    { send: '235 ok\r\n' },
  );
}

function withRefreshToken(port: number, url: string): ProfileSettings {
  return settingsFor(port, (settings) => {
    settings.signIn = {
      ...settings.signIn,
      method: 'oauth2',
      username: 'alice@example.com',
      allowWithoutTls: true,
      oauth: { ...settings.signIn.oauth, grant: 'refresh-token', tokenUrl: url, clientId: 'public-client' },
    };
  });
}

const check = { action: 'check', recipient: null, until: 'auth' } as const;

test('a replaced refresh token takes the place of the stored one, so that no access is lost', async () => {
  const endpoint = await rotatingServer();
  const server = await mailServer();
  const secret: SecretChange = { action: 'set', kind: 'refreshToken', value: FIRST, storage: 'keychain' };
  const settings = withRefreshToken(server.port, endpoint.url);
  const { profile } = unwrap(await place.library.create(settings, [secret]));
  const subject = { kind: 'stored', profileId: profile.id } as const;
  for (const times of [1, 2]) {
    // A new engine each time: what counts is what is stored.
    tokens = new TokenStore();
    const report = unwrap(await runner()({ ...check, subject, secrets: {} }, listening()));
    expect(report.ok).toBe(true);
    expect(stageOf(report, 'oauth').facts.refreshTokenFate).toBe('stored');
    expect([...place.vault.keychain.values()]).toEqual([`kanary-refresh-${times}`]);
  }
  // An app without a secret is asked for none.
  expect(endpoint.asked[0]?.form.has('client_secret')).toBe(false);
  expectNoSecret(place.contents(), 'kanary-refresh');
  expectNoSecret(place.contents(), 'kanary-access');
});

test('one that was typed for this run is kept in memory, and the old one goes on working here', async () => {
  const endpoint = await rotatingServer();
  const server = await mailServer();
  const settings = withRefreshToken(server.port, endpoint.url);
  const { profile } = unwrap(await place.library.create(settings, []));
  const subject = { kind: 'stored', profileId: profile.id } as const;
  for (const _time of [1, 2]) {
    const report = unwrap(await runner()({ ...check, subject, secrets: { refreshToken: FIRST } }, listening()));
    expect(report.ok).toBe(true);
    expect(stageOf(report, 'oauth').warnings.map(({ rule }) => rule)).toEqual(['OAUTH_REFRESH_IN_MEMORY']);
  }
  expect(place.vault.keychain.size).toBe(0);
  expectNoSecret(place.contents(), 'kanary-refresh');
  const kept = unwrap(await keepReplaced(place.library, tokens, profile.id));
  expect(kept.secrets).toMatchObject([{ kind: 'refreshToken', storage: 'keychain', matchesDestination: true }]);
  expect([...place.vault.keychain.values()]).toEqual(['kanary-refresh-2']);
});

test('a replaced token of another token server is never stored in the profile', async () => {
  const endpoint = await rotatingServer();
  const server = await mailServer();
  const { profile } = unwrap(await place.library.create(withRefreshToken(server.port, 'http://127.0.0.1:1/token'), []));
  const settings = withRefreshToken(server.port, endpoint.url);
  const subject = { kind: 'settings', settings, secretsOf: profile.id } as const;
  const report = unwrap(await runner()({ ...check, subject, secrets: { refreshToken: FIRST } }, listening()));
  expect(stageOf(report, 'oauth').facts.refreshTokenFate).toBe('memory');
  expect(await keepReplaced(place.library, tokens, profile.id)).toMatchObject({ error: { code: 'NOT_FOUND' } });
});

test('a refresh token that is not stored is asked for', async () => {
  const server = await mailServer();
  const { profile } = unwrap(await place.library.create(withRefreshToken(server.port, 'http://127.0.0.1:1/token'), []));
  const asked = await runner()(
    { ...check, subject: { kind: 'stored', profileId: profile.id }, secrets: {} },
    listening(),
  );
  expect(asked).toEqual({
    ok: false,
    error: { code: 'SECRET_NEEDED', facts: { kinds: ['refreshToken'], reason: 'not-stored' } },
  });
});
