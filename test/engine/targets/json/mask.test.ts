import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSecretKey, maskJson } from '../../../../engine/targets/json/mask.ts';
import { maskLines } from '../../../../engine/targets/mask-lines.ts';
import { variable } from '../arbitrary.ts';

describe('maskJson', () => {
  it.each([
    'SMTPPassword',
    'password',
    'authTokenClientSecret',
    'pass',
    'refreshToken',
    'accessToken',
    'privateKey',
    'AtRestEncryptKey',
    'PublicLinkSalt',
    'DataSource',
    'bindCredential',
    'secretData',
    'AmazonS3SecretAccessKey',
  ])('takes %s for a secret', (key) => {
    expect(isSecretKey(key)).toBe(true);
    expect(maskJson(JSON.stringify({ [key]: 'hush', [`${key}`.toUpperCase()]: ['hush', 7] }))).not.toMatch(/hush|7/);
  });

  it.each(['host', 'authTokenUrl', 'passwordPolicy', 'FeedbackEmail', 'accessTokenLifespan', 'from'])(
    'shows %s',
    (key) => {
      expect(maskJson(`{"${key}":"seen"}`)).toBe(`{"${key}":"seen"}`);
    },
  );

  it('masks what stands in lists and objects under a secret key, and nothing after them', () => {
    const text = '{"credentials":[{"value":"one","n":[["two"]]}],"host":"seen","a":{"pass":"three","user":"me"}}';
    expect(maskJson(text)).toBe(
      '{"credentials":[{"value":"••••••••","n":[["••••••••"]]}],"host":"seen","a":{"pass":"••••••••","user":"me"}}',
    );
  });

  it('sees through escapes in a key', () => {
    expect(maskJson('{"p\\u0061ss":"hush"}')).toBe('{"p\\u0061ss":"••••••••"}');
  });

  it('leaves what is no secret: nothing, switches, masks, placeholders, vault references', () => {
    const text =
      '{"password":"","secret":true,"pass":"**********","a":{"password":"<smtp password>"},"b":{"password":"VAULT"}}'.replace(
        'VAULT',
        variable('vault.x'),
      );
    expect(maskJson(text)).toBe(text);
  });

  it('keeps the number of lines and everything but the secrets', () => {
    fc.assert(
      fc.property(fc.json(), fc.string({ minLength: 1 }), (around, secret) => {
        const text = JSON.stringify({ x: JSON.parse(around), password: `canary${secret}` }, null, 2);
        const shown = maskJson(text);
        expect(shown).not.toContain('canary');
        expect(shown.split('\n').length).toBe(text.split('\n').length);
      }),
    );
  });
});

describe('maskLines', () => {
  it('masks values of secret keys in variables, YAML and a JSON line', () => {
    const text =
      'MM_EMAILSETTINGS_SMTPPASSWORD=hush\nexport SMTP_PASS="hush"\n  password: hush\n{"a":{"pass":"hush"}}\nHOST=seen\n';
    expect(maskLines(text)).toBe(
      'MM_EMAILSETTINGS_SMTPPASSWORD=••••••••\nexport SMTP_PASS=••••••••\n  password: ••••••••\n{"a":{"pass":"••••••••"}}\nHOST=seen\n',
    );
  });
});
