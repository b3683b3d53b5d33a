import { describe, expect, test } from 'vitest';
import { TokenStore } from '../../../engine/smtp/oauth/token-store.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { goodChain } from '../../support/certificates.ts';
import type { Step } from '../../support/raw-server.ts';
import { goodToken, jwt, type TokenReply, tokenServer } from './oauth-server.ts';
import { CANARY, expectNoSecret, failedStage, run, script, settingsFor, stageOf } from './support.ts';

const TOKEN = 'kanary-token-12345';

const greeting: Step[] = [
  { send: '220 mx\r\n' },
  { expect: /^EHLO/ },
  { send: '250-mx\r\n250 AUTH XOAUTH2 PLAIN\r\n' },
];
const taking: Step[] = [...greeting, { expect: /^AUTH XOAUTH2 \S+$/ }, { send: `235 welcome ${TOKEN}\r\n` }];
const refusing: Step[] = [...greeting, { expect: /^AUTH XOAUTH2 \S+$/ }, { send: '535 5.7.8 not you\r\n' }];

function withGrant(port: number, url: string, change: Partial<ProfileSettings['signIn']['oauth']> = {}) {
  return settingsFor(port, (settings) => {
    settings.server.commandTimeoutSeconds = 2;
    settings.signIn.method = 'oauth2';
    settings.signIn.username = 'alice@example.com';
    settings.signIn.allowWithoutTls = true;
    settings.signIn.oauth = {
      ...settings.signIn.oauth,
      grant: 'client-credentials',
      tokenUrl: url,
      clientId: 'client',
      scope: 'smtp',
      ...change,
    };
  });
}

const SECRETS = { clientSecret: CANARY };

test('a token is asked for, told about in full, and kept out of everything that is shown', async () => {
  const endpoint = await tokenServer(() => goodToken(TOKEN, { scope: 'smtp' }));
  const server = await script(...taking);
  const report = await run(withGrant(server.port, `${endpoint.url}?key=x`), { until: 'auth', secrets: SECRETS });
  expect(report.ok).toBe(true);
  expect(Object.fromEntries(endpoint.asked[0]?.form ?? [])).toEqual({
    grant_type: 'client_credentials',
    scope: 'smtp',
    client_id: 'client',
    client_secret: CANARY,
  });
  expect(stageOf(report, 'oauth')).toMatchObject({
    status: 'passed',
    note: 'Fresh token, valid for 60 minutes',
    facts: {
      tokenEndpoint: endpoint.url,
      grant: 'client-credentials',
      clientId: 'client',
      scopeAsked: 'smtp',
      scopeGranted: 'smtp',
      tokenType: 'Bearer',
      tokenExpiresInSeconds: 3600,
      tokenSource: 'fresh',
    },
  });
  expect(stageOf(report, 'oauth').facts.tokenSteps?.map(({ step, status }) => `${step} ${status}`)).toEqual([
    'request passed',
    'token passed',
    'scope passed',
  ]);
  expectNoSecret(JSON.stringify(report), TOKEN);
});

test('a sign-in without a token request has no token stage', async () => {
  const server = await script(...greeting);
  const settings = settingsFor(server.port);
  const report = await run(settings, { until: 'ehlo' });
  expect(stageOf(report, 'oauth').status).toBe('skipped');
  expect(report.notTested).not.toContain('oauth');
  expect(report.notTested).toContain('auth');
});

test('`until` the token leaves the sign-in alone', async () => {
  const endpoint = await tokenServer(() => goodToken(TOKEN));
  const server = await script(...greeting);
  const report = await run(withGrant(server.port, endpoint.url), { until: 'oauth', secrets: SECRETS });
  expect(report.ok).toBe(true);
  expect(server.received()).not.toContain('AUTH');
});

const html: TokenReply = { body: '<html>Please sign in to the guest network</html>' };
const error = (status: number, code: string, description = ''): TokenReply => ({
  status,
  body: { error: code, error_description: description },
});

describe('a token server that gives no token', () => {
  test.each<[string, TokenReply, string, string]>([
    ['a revoked refresh token', error(400, 'invalid_grant', 'Token has been revoked.'), 'OAUTH_INVALID_GRANT', 'token'],
    ['a wrong client secret', error(401, 'invalid_client'), 'OAUTH_INVALID_CLIENT', 'token'],
    ['a client that may not', error(400, 'unauthorized_client'), 'OAUTH_UNAUTHORIZED_CLIENT', 'token'],
    ['an unknown scope', error(400, 'invalid_scope'), 'OAUTH_INVALID_SCOPE', 'scope'],
    ['an unknown grant', error(400, 'unsupported_grant_type'), 'OAUTH_GRANT_TYPE', 'token'],
    ['a bad request', error(400, 'invalid_request', 'Missing parameter'), 'OAUTH_BAD_REQUEST', 'token'],
    ['a wrong tenant', error(400, 'invalid_request', 'AADSTS90002: Tenant x not found.'), 'M365_OAUTH_TENANT', 'token'],
    ['no tenant', error(400, 'invalid_request', 'AADSTS50194: not multi-tenant'), 'M365_OAUTH_TENANT_NEEDED', 'token'],
    ['an unknown app', error(400, 'unauthorized_client', 'AADSTS700016: not found'), 'M365_OAUTH_APP', 'token'],
    ['a secret’s id', error(401, 'invalid_client', 'AADSTS7000215: Invalid'), 'M365_OAUTH_SECRET', 'token'],
    ['an old secret', error(401, 'invalid_client', 'AADSTS7000222: expired'), 'M365_OAUTH_SECRET_EXPIRED', 'token'],
    ['no consent', error(400, 'invalid_grant', 'AADSTS65001: no consent'), 'M365_OAUTH_CONSENT', 'token'],
    ['a fault of its own', { status: 500, body: '<html>' }, 'OAUTH_ENDPOINT_BROKEN', 'request'],
    ['a web page', html, 'OAUTH_ENDPOINT_NOT_JSON', 'request'],
    ['a gigabyte', { body: 'x'.repeat(100_000) }, 'OAUTH_ENDPOINT_NOT_JSON', 'request'],
    ['a redirect', { status: 302, headers: { location: '/login' }, body: '' }, 'OAUTH_ENDPOINT_MOVED', 'request'],
    ['nothing at that path', { status: 404, body: '' }, 'OAUTH_ENDPOINT_NOT_FOUND', 'request'],
    ['a limit', { status: 429, body: '' }, 'OAUTH_ENDPOINT_LIMIT', 'request'],
    ['no answer', null, 'OAUTH_ENDPOINT_SLOW', 'request'],
    ['JSON without a token', { body: {} }, 'OAUTH_ANSWER_WITHOUT_TOKEN', 'request'],
    ['a token with a line break', goodToken('a\r\nRSET'), 'OAUTH_ANSWER_WITHOUT_TOKEN', 'request'],
    ['a MAC token', goodToken('abc', { token_type: 'mac' }), 'OAUTH_ANSWER_WITHOUT_TOKEN', 'request'],
  ])('says %s', async (_what, reply, rule, failing) => {
    const endpoint = await tokenServer(() => reply);
    const server = await script(...greeting);
    const settings = withGrant(server.port, endpoint.url);
    settings.server.commandTimeoutSeconds = 1;
    const report = await run(settings, { until: 'auth', secrets: SECRETS });
    expect(failedStage(report)).toBe('oauth');
    expect(report.diagnosis?.rule).toBe(rule);
    const steps = stageOf(report, 'oauth').facts.tokenSteps ?? [];
    expect(steps.filter(({ status }) => status === 'failed').map(({ step }) => step)).toEqual([failing]);
    expect(server.received()).not.toContain('AUTH');
    expect(report.notTested).toContain('auth');
  });

  test('cannot be reached, found, or is not named', async () => {
    const server = await script(...greeting);
    const closed = await run(withGrant(server.port, 'http://127.0.0.1:1/token'), { until: 'auth', secrets: SECRETS });
    expect(closed.diagnosis?.rule).toBe('OAUTH_ENDPOINT_UNREACHABLE');
    const other = await script(...greeting);
    const nowhere = await run(withGrant(other.port, ''), { until: 'auth', secrets: SECRETS });
    expect(nowhere.diagnosis?.rule).toBe('OAUTH_NO_ADDRESS');
  });

  test('has a certificate of a private CA, which the profile can trust', async () => {
    const { root, leaf } = await goodChain();
    const endpoint = await tokenServer(() => goodToken(TOKEN), { key: leaf.keyPem, cert: leaf.pem });
    const first = await script(...greeting);
    const refused = await run(withGrant(first.port, endpoint.url), { until: 'auth', secrets: SECRETS });
    expect(refused.diagnosis?.rule).toBe('OAUTH_ENDPOINT_TLS');
    expect(endpoint.asked).toEqual([]);
    const second = await script(...taking);
    const settings = withGrant(second.port, endpoint.url);
    settings.tls.caPem = root.pem;
    expect((await run(settings, { until: 'auth', secrets: SECRETS })).ok).toBe(true);
  });

  test('ends at once when the run is cancelled', async () => {
    const endpoint = await tokenServer(() => null);
    const server = await script(...greeting);
    const controller = new AbortController();
    let cancelledAt = 0;
    const report = await run(
      withGrant(server.port, endpoint.url),
      { secrets: SECRETS },
      {
        signal: controller.signal,
        onEvent(event) {
          if (event.type !== 'stage-started' || event.stage !== 'oauth') return;
          setTimeout(() => {
            cancelledAt = performance.now();
            controller.abort();
          }, 60);
        },
      },
    );
    expect(performance.now() - cancelledAt).toBeLessThan(100);
    expect(report.cancelled).toBe(true);
    expect(stageOf(report, 'oauth').status).toBe('skipped');
  });
});

test('a token server that takes the client only by HTTP Basic is asked again in its way', async () => {
  const endpoint = await tokenServer(({ authorization }) =>
    authorization === ''
      ? { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' }, body: { error: 'invalid_client' } }
      : goodToken(TOKEN),
  );
  const server = await script(...taking);
  const report = await run(withGrant(server.port, endpoint.url), { until: 'auth', secrets: SECRETS });
  expect(report.ok).toBe(true);
  const [, encoded = ''] = (endpoint.asked[1]?.authorization ?? '').split(' ');
  const [id, secret = ''] = Buffer.from(encoded, 'base64').toString().split(':');
  expect([id, new URLSearchParams(`x=${secret}`).get('x')]).toEqual(['client', CANARY]);
});

describe('the clock', () => {
  test('of the token server tells when this machine’s is wrong', async () => {
    const hourAgo = new Date(Date.now() - 3_600_000).toUTCString();
    const endpoint = await tokenServer(() => ({ ...goodToken(TOKEN), headers: { date: hourAgo } }) as TokenReply);
    const server = await script(...taking);
    const report = await run(withGrant(server.port, endpoint.url), { until: 'auth', secrets: SECRETS });
    expect(stageOf(report, 'oauth').warnings.map(({ rule }) => rule)).toEqual(['OAUTH_CLOCK_OFF']);
  });
});

describe('permissions in the token', () => {
  const exchange = 'https://outlook.office365.com';
  test.each<[string, object, string]>([
    ['no SMTP.SendAsApp', { aud: exchange, roles: ['Mail.Read'] }, 'M365_TOKEN_NO_SENDASAPP'],
    ['another service', { aud: 'https://graph.microsoft.com', roles: ['Mail.Send'] }, 'M365_TOKEN_OTHER_SERVICE'],
  ])('%s: warns at the token, and is the reason when the mail server refuses', async (_what, claims, rule) => {
    const endpoint = await tokenServer(() => goodToken(jwt(claims)));
    const server = await script(...refusing);
    const settings = withGrant(server.port, endpoint.url, { provider: 'microsoft' });
    const report = await run(settings, { until: 'auth', secrets: SECRETS });
    expect(stageOf(report, 'oauth').status).toBe('warned');
    expect(stageOf(report, 'oauth').warnings.map((warning) => warning.rule)).toContain(rule);
    expect(failedStage(report)).toBe('auth');
    expect(report.diagnosis?.rule).toBe(rule);
  });

  test('SMTP.SendAsApp is there', async () => {
    const endpoint = await tokenServer(() => goodToken(jwt({ aud: exchange, roles: ['SMTP.SendAsApp'] })));
    const server = await script(...greeting, { expect: /^AUTH/ }, { send: '235 ok\r\n' });
    const settings = withGrant(server.port, endpoint.url, { provider: 'microsoft' });
    const report = await run(settings, { until: 'auth', secrets: SECRETS });
    expect(stageOf(report, 'oauth')).toMatchObject({
      status: 'passed',
      facts: { tokenPermissions: ['SMTP.SendAsApp'] },
    });
  });

  test('a scope that was asked for and not granted', async () => {
    const endpoint = await tokenServer(() => goodToken(TOKEN, { scope: 'profile' }));
    const server = await script(...refusing);
    const settings = withGrant(server.port, endpoint.url, { scope: 'smtp offline_access' });
    const report = await run(settings, { until: 'auth', secrets: SECRETS });
    expect(report.diagnosis?.rule).toBe('OAUTH_SCOPE_MISSING');
  });
});

describe('a token in memory', () => {
  test('is used by the next run, and says so', async () => {
    const tokens = new TokenStore();
    const endpoint = await tokenServer(() => goodToken(TOKEN));
    const sources: (string | undefined)[] = [];
    for (const _time of [1, 2]) {
      const server = await script(...taking);
      const report = await run(withGrant(1, endpoint.url), { until: 'auth', secrets: SECRETS }, { tokens });
      expect(report.ok).toBe(false);
      const again = withGrant(server.port, endpoint.url);
      const good = await run(again, { until: 'auth', secrets: SECRETS }, { tokens });
      sources.push(stageOf(good, 'oauth').facts.tokenSource);
      expectNoSecret(JSON.stringify(good), TOKEN);
    }
    expect(sources).toEqual(['fresh', 'memory']);
    expect(endpoint.asked).toHaveLength(1);
  });

  test('is not used with another secret, client, scope or address, nor near its end', async () => {
    const tokens = new TokenStore();
    const endpoint = await tokenServer(() => goodToken(TOKEN, { expires_in: 30 }));
    const lasting = await tokenServer(() => goodToken(TOKEN));
    const runs: [string, Partial<ProfileSettings['signIn']['oauth']>, string][] = [
      [endpoint.url, {}, CANARY],
      [endpoint.url, {}, CANARY],
      [lasting.url, {}, CANARY],
      [lasting.url, {}, 'another-secret'],
      [lasting.url, { clientId: 'other' }, CANARY],
      [lasting.url, { scope: 'other' }, CANARY],
    ];
    for (const [url, change, clientSecret] of runs) {
      const server = await script(...taking);
      const settings = withGrant(server.port, url, change);
      const report = await run(settings, { until: 'auth', secrets: { clientSecret } }, { tokens });
      expect(stageOf(report, 'oauth').facts.tokenSource).toBe('fresh');
    }
    expect([endpoint.asked.length, lasting.asked.length]).toEqual([2, 4]);
  });

  test('is dropped when it ends, and when the engine does', async () => {
    const tokens = new TokenStore();
    const now = new Date('2026-01-01T00:00:00Z');
    const later = new Date('2026-01-01T00:59:01Z');
    const answer = { accessToken: TOKEN, type: 'Bearer', expiresInSeconds: 3600, scope: null, refreshToken: null };
    tokens.keep('key', answer, now);
    expect(tokens.find('key', now)?.answer.accessToken).toBe(TOKEN);
    expect(tokens.find('key', later)).toBeNull();
    tokens.keep('key', answer, now);
    await tokens.close();
    expect(tokens.find('key', now)).toBeNull();
  });

  test('is dropped when the mail server refuses it', async () => {
    const tokens = new TokenStore();
    const endpoint = await tokenServer(() => goodToken(TOKEN));
    const outcomes: [Step[], string | undefined, string | undefined][] = [];
    for (const steps of [taking, refusing, taking]) {
      const server = await script(...steps);
      const report = await run(withGrant(server.port, endpoint.url), { until: 'auth', secrets: SECRETS }, { tokens });
      outcomes.push([steps, stageOf(report, 'oauth').facts.tokenSource, report.diagnosis?.rule]);
    }
    expect(outcomes).toEqual([
      [taking, 'fresh', undefined],
      [refusing, 'memory', 'OAUTH_MEMORY_TOKEN'],
      [taking, 'fresh', undefined],
    ]);
  });
});

describe('a replaced refresh token', () => {
  const rotating = () => {
    let current = 'kanary-refresh-0';
    return tokenServer(({ form }, count) => {
      if (form.get('refresh_token') !== current) return error(400, 'invalid_grant');
      current = `kanary-refresh-${count}`;
      return goodToken(TOKEN, { expires_in: 10, refresh_token: current });
    });
  };
  const grant = { grant: 'refresh-token' } as const;
  const secrets = { refreshToken: 'kanary-refresh-0' };

  test('takes the place of the old one within the engine, however often', async () => {
    const tokens = new TokenStore();
    const endpoint = await rotating();
    for (const _time of [1, 2, 3]) {
      const server = await script(...taking);
      const report = await run(withGrant(server.port, endpoint.url, grant), { until: 'auth', secrets }, { tokens });
      expect(report.ok).toBe(true);
      expect(stageOf(report, 'oauth').facts.refreshTokenFate).toBe('memory');
      expect(stageOf(report, 'oauth').warnings.map(({ rule }) => rule)).toEqual(['OAUTH_REFRESH_IN_MEMORY']);
      expectNoSecret(JSON.stringify(report), 'kanary-refresh');
    }
  });

  test('is handed on before the mail server can make the run fail', async () => {
    const endpoint = await rotating();
    const server = await script(...refusing);
    const kept: string[] = [];
    const report = await run(
      withGrant(server.port, endpoint.url, grant),
      { until: 'auth', secrets },
      {
        keepRefreshToken: async (old, next) => {
          kept.push(old, next);
          return 'stored';
        },
      },
    );
    expect(failedStage(report)).toBe('auth');
    expect(kept).toEqual(['kanary-refresh-0', 'kanary-refresh-1']);
    expect(stageOf(report, 'oauth')).toMatchObject({ status: 'passed', facts: { refreshTokenFate: 'stored' } });
  });

  test('survives a cancel while its answer is on the way', async () => {
    const controller = new AbortController();
    const tokens = new TokenStore();
    const endpoint = await tokenServer(() => {
      // The server has replaced the token by now, and the user gives up before the answer is here.
      controller.abort();
      return goodToken(TOKEN, { refresh_token: 'kanary-refresh-1' });
    });
    const server = await script(...greeting);
    const kept: string[] = [];
    const report = await run(
      withGrant(server.port, endpoint.url, grant),
      { secrets },
      {
        signal: controller.signal,
        tokens,
        keepRefreshToken: async (_old, next) => {
          kept.push(next);
          return 'stored';
        },
      },
    );
    expect(report.cancelled).toBe(true);
    await tokens.close();
    expect(kept).toEqual(['kanary-refresh-1']);
  });
});
