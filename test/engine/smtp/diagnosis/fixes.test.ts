import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose, RULES } from '../../../../engine/smtp/diagnosis/index.ts';
import { applyFix } from '../../../../shared/fix.ts';
import {
  emptySettings,
  type ProfileSettings,
  problemsOf,
  SECURITIES,
  TLS_VERSIONS,
} from '../../../../shared/profile.ts';
import * as report from '../../../../shared/report.ts';

type Change = (settings: ProfileSettings) => void;

function settingsWith(change: Change): ProfileSettings {
  const settings = { ...emptySettings(), name: 'Test' };
  settings.server.host = 'smtp.example.com';
  change(settings);
  return settings;
}

function fixOf(id: string, change: Change) {
  return RULES.find((rule) => rule.id === id)?.fix?.(settingsWith(change));
}

function valuesOf(id: string, change: Change) {
  return Object.fromEntries((fixOf(id, change)?.set ?? []).map(({ field, value }) => [field, value]));
}

describe('a fix', () => {
  it.each<[id: string, change: Change, expected: Record<string, unknown>]>([
    ['TLS_WRONG_VERSION', (s) => Object.assign(s.server, { security: 'tls' }), { 'server.security': 'starttls' }],
    ['CFG_587_IMPLICIT', (s) => Object.assign(s.server, { security: 'tls' }), { 'server.security': 'starttls' }],
    ['CFG_465_STARTTLS', (s) => Object.assign(s.server, { port: 465 }), { 'server.security': 'tls' }],
    ['GREET_TIMEOUT_465_PORT', (s) => Object.assign(s.server, { port: 465 }), { 'server.security': 'tls' }],
    ['STARTTLS_REQUIRED', (s) => Object.assign(s.server, { security: 'none' }), { 'server.security': 'starttls' }],
    [
      'STARTTLS_REQUIRED',
      (s) => Object.assign(s.server, { security: 'none', port: 465 }),
      { 'server.security': 'tls' },
    ],
    ['AUTH_504_MECH', (s) => Object.assign(s.signIn, { mechanism: 'CRAM-MD5' }), { 'signIn.mechanism': 'auto' }],
    [
      'CFG_INCOMING_PORT',
      (s) => Object.assign(s.server, { port: 993, security: 'tls' }),
      { 'server.port': 587, 'server.security': 'starttls' },
    ],
    [
      'CFG_INCOMING_HOST',
      (s) => Object.assign(s.server, { host: 'imap.example.com' }),
      { 'server.host': 'smtp.example.com' },
    ],
    [
      'SENDER_NOT_OWNED',
      (s) => Object.assign(s.signIn, { username: 'joe@example.com' }),
      { 'sender.from.address': 'joe@example.com' },
    ],
    ['EHLO_NEED_FQDN', (s) => Object.assign(s.server, { ehloName: 'app' }), { 'server.ehloName': '' }],
    ['SENDGRID_APIKEY', (s) => Object.assign(s.signIn, { username: 'joe' }), { 'signIn.username': 'apikey' }],
    [
      'OAUTH_INVALID_SCOPE',
      (s) => {
        s.signIn.method = 'oauth2';
        s.signIn.oauth.provider = 'google';
      },
      { 'signIn.oauth.scope': 'https://mail.google.com/' },
    ],
  ])('of %s changes only what is needed', (id, change, expected) => {
    expect(valuesOf(id, change)).toEqual(expected);
  });

  it.each([
    ['smtp://mail.example.com', { 'server.host': 'mail.example.com' }],
    [
      'smtps://mail.example.com:465/',
      { 'server.host': 'mail.example.com', 'server.port': 465, 'server.security': 'tls' },
    ],
    ['https://user:pw@mail.example.com/x?y', { 'server.host': 'mail.example.com' }],
    ['mail.example.com:2525', { 'server.host': 'mail.example.com', 'server.port': 2525 }],
    ['mail.example.com:99999', { 'server.host': 'mail.example.com' }],
    ['http://', {}],
    ['a b c', {}],
  ])('takes the host out of %s', (host, expected) => {
    expect(valuesOf('CFG_HOST_URL', (s) => Object.assign(s.server, { host }))).toEqual(expected);
  });

  it('takes stray characters off a host', () => {
    expect(valuesOf('CFG_HOST_SPACE', (s) => Object.assign(s.server, { host: ' mail.example.com, ' }))).toEqual({
      'server.host': 'mail.example.com',
    });
  });

  it('is not offered when nothing would change', () => {
    expect(fixOf('STARTTLS_REQUIRED', () => undefined)).toBeUndefined();
    expect(fixOf('AUTH_504_MECH', () => undefined)).toBeUndefined();
    expect(fixOf('EHLO_NEED_FQDN', () => undefined)).toBeUndefined();
    expect(fixOf('SENDER_NOT_OWNED', (s) => Object.assign(s.signIn, { username: 'DOMAIN\\joe' }))).toBeUndefined();
  });

  it('comes with the diagnosis when there is a profile', () => {
    const observation = {
      stage: 'tls',
      code: 'ERR_SSL_WRONG_VERSION_NUMBER',
      facts: { security: 'implicit' },
    } as const;
    const found = diagnose(
      observation,
      settingsWith((s) => Object.assign(s.server, { security: 'tls' })),
    );
    expect(found?.fix?.label).toBe('Switch to STARTTLS');
    expect(report.diagnosis.safeParse(found).success).toBe(true);
    expect(diagnose(observation, null)).not.toHaveProperty('fix');
  });
});

describe('every fix', () => {
  const settings = fc
    .record({
      host: fc.constantFrom('smtp.example.com', 'imap.example.com', 'smtps://a.example.com', 'a.example.com:25', ' x '),
      port: fc.constantFrom(25, 465, 587, 993, 2525),
      security: fc.constantFrom(...SECURITIES),
      minVersion: fc.constantFrom(...TLS_VERSIONS),
      verifyCertificate: fc.boolean(),
      allowWithoutTls: fc.boolean(),
      method: fc.constantFrom('none' as const, 'password' as const, 'oauth2' as const),
      mechanism: fc.constantFrom('auto' as const, 'PLAIN' as const, 'CRAM-MD5' as const),
      username: fc.constantFrom('', 'joe', 'joe@example.com'),
      ehloName: fc.constantFrom('', 'app'),
    })
    .map(({ host, port, security, ehloName, minVersion, verifyCertificate, ...signIn }) =>
      settingsWith((s) => {
        Object.assign(s.server, { host, port, security, ehloName });
        Object.assign(s.tls, { minVersion, verifyCertificate });
        Object.assign(s.signIn, signIn);
      }),
    );
  const fixed = RULES.filter(({ fix }) => fix !== undefined);

  it('applies, keeps a valid profile valid and never lowers security', () => {
    const strength = (security: ProfileSettings['server']['security']) =>
      ({ none: 0, 'starttls-if-offered': 1, starttls: 2, tls: 2 })[security];
    fc.assert(
      fc.property(settings, fc.constantFrom(...fixed), (before, rule) => {
        const fix = rule.fix?.(before);
        if (!fix) return;
        const after = applyFix(before, fix);
        expect(after).not.toEqual(before);
        if (problemsOf(before).length === 0) expect(problemsOf(after)).toEqual([]);
        expect(strength(after.server.security)).toBeGreaterThanOrEqual(strength(before.server.security));
        expect(after.tls).toEqual(before.tls);
        expect(after.signIn.allowWithoutTls).toBe(before.signIn.allowWithoutTls);
        expect(after.signIn.method === 'none').toBe(before.signIn.method === 'none');
      }),
      { numRuns: 2_000 },
    );
  });
});
