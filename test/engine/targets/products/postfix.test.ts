import { describe, expect, it } from 'vitest';
import { CANARY, sampleSettings } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, fixture, imported, must, onlyProfile, target } from '../support.ts';

const postfix = target('postfix');
const full = sampleSettings();
const passwords = { form: 'passwords' };

describe('Postfix rendering', () => {
  it('writes the part of main.cf', () => {
    expect(must(postfix.render(full, contextFor(postfix)))).toBe(fixture('postfix/main.cf'));
  });

  it('writes sasl_passwd under the very name of the relay', () => {
    expect(must(postfix.render(full, contextFor(postfix, passwords, 'include', CANARY)))).toBe(
      `[mail.acme.example]:587 svc-mail@acme.example:${CANARY}\n`,
    );
  });

  it('keeps the password out of main.cf, which everyone can read', () => {
    expect(errorOf(postfix.render(full, contextFor(postfix, {}, 'include', CANARY)))).toMatchObject({
      code: 'TARGET_REFUSES',
      facts: { field: 'the password' },
    });
  });

  it.each([
    ['none', true, ['smtp_tls_security_level = none']],
    [
      'starttls-if-offered',
      true,
      ['smtp_tls_security_level = may', 'smtp_tls_protocols = !SSLv2, !SSLv3, !TLSv1, !TLSv1.1'],
    ],
    [
      'starttls',
      false,
      ['smtp_tls_security_level = encrypt', 'smtp_tls_mandatory_protocols = !SSLv2, !SSLv3, !TLSv1, !TLSv1.1'],
    ],
    [
      'tls',
      true,
      [
        'smtp_tls_security_level = secure',
        'smtp_tls_wrappermode = yes',
        'smtp_tls_mandatory_protocols = !SSLv2, !SSLv3, !TLSv1, !TLSv1.1',
      ],
    ],
  ] as const)('writes security %s with the certificate checked: %s', (security, verifyCertificate, expected) => {
    const settings = sampleSettings((draft) => {
      draft.server.security = security;
      draft.tls.verifyCertificate = verifyCertificate;
    });
    expect(must(postfix.render(settings, contextFor(postfix))).match(/^smtp_tls.*/gm)).toEqual(expected);
  });

  it('refuses a user name with a colon, blanks at the ends of a password, and OAuth', () => {
    const named = sampleSettings(({ signIn }) => {
      signIn.username = 'a:b';
    });
    expect(errorOf(postfix.render(named, contextFor(postfix, passwords))).code).toBe('TARGET_REFUSES');
    expect(errorOf(postfix.render(full, contextFor(postfix, passwords, 'include', 'a '))).code).toBe('TARGET_REFUSES');
    const oauth = sampleSettings(({ signIn }) => {
      signIn.method = 'oauth2';
    });
    expect(errorOf(postfix.render(oauth, contextFor(postfix))).code).toBe('TARGET_REFUSES');
  });
});

describe('Postfix merging', () => {
  it('changes parameters where they stand and keeps an existing table and CA', () => {
    const existing =
      '# mine\nsmtpd_banner = $myhostname ESMTP\n#relayhost = [old]\nrelayhost =\nsmtp_use_tls=no\nsmtp_tls_CApath=/etc/ssl/certs\nsmtp_tls_security_level =\n   may\nsmtp_sasl_password_maps = lmdb:/etc/postfix/relay_pw\nmydestination = $myhostname,\n  localhost';
    expect(must(postfix.merge(existing, full, contextFor(postfix)))).toBe(
      '# mine\nsmtpd_banner = $myhostname ESMTP\n#relayhost = [old]\nrelayhost = [mail.acme.example]:587\nsmtp_tls_CApath=/etc/ssl/certs\nsmtp_tls_security_level = secure\nsmtp_sasl_password_maps = lmdb:/etc/postfix/relay_pw\nmydestination = $myhostname,\n  localhost\nsmtp_sasl_auth_enable = yes\nsmtp_sasl_security_options = noanonymous\nsmtp_tls_mandatory_protocols = !SSLv2, !SSLv3, !TLSv1, !TLSv1.1\nsmtp_connect_timeout = 10s',
    );
  });

  it('changes one line of sasl_passwd, and keeps its password for the same user', () => {
    const existing = '# relays\n[other.example]:25 a:b\n[mail.acme.example]:587 svc-mail@acme.example:kept:it\n';
    expect(must(postfix.merge(existing, full, contextFor(postfix, passwords)))).toBe(existing);
    expect(must(postfix.merge(existing, full, contextFor(postfix, passwords, 'include', 'new')))).toBe(
      existing.replace('kept:it', 'new'),
    );
  });

  it('does not take one file for the other', () => {
    expect(errorOf(postfix.merge('[a]:25 u:p\n', full, contextFor(postfix)))).toMatchObject({
      facts: { field: 'this file' },
    });
  });
});

describe('Postfix limits', () => {
  it('says where user name and password go, and what programs decide', () => {
    expect(fieldsOf(postfix.limits(full, contextFor(postfix)))).toEqual([
      'lossy signIn.username',
      'lossy sender.from.name',
      'lossy sender.replyTo.address',
      'lossy sender.from.address',
    ]);
  });

  it('says that optional TLS checks no certificate', () => {
    const settings = sampleSettings(({ server }) => Object.assign(server, { security: 'starttls-if-offered' }));
    expect(fieldsOf(postfix.limits(settings, contextFor(postfix)))).toContain('lossy tls.verifyCertificate');
  });
});

describe('Postfix import', () => {
  it('reads main.cf with its lines', () => {
    const parsed = imported(fixture('postfix/main.cf'));
    const { settings, origins, secrets } = onlyProfile(parsed);
    expect(settings).toMatchObject({
      server: full.server,
      tls: full.tls,
      signIn: { method: 'password', username: '' },
    });
    expect(origins['server.security']).toEqual({ key: 'smtp_tls_security_level', line: 5 });
    expect(secrets).toMatchObject([{ state: 'reference', reference: 'hash:/etc/postfix/sasl_passwd' }]);
  });

  it.each([
    ['relayhost = mail.a.example', 'mail.a.example', 25],
    ['relayhost = [mail.a.example]:submission', 'mail.a.example', 587],
    ['relayhost = [2001:db8::1]:26', '2001:db8::1', 26],
    ['mydomain = a.example\nrelayhost = [mail.$mydomain]:587', 'mail.a.example', 587],
    ['relayhost = [a.example],\n  [b.example]', 'a.example', 25],
  ])('reads the relay of %j', (text, host, port) => {
    expect(onlyProfile(imported(`${text}\n`)).settings.server).toMatchObject({ host, port });
  });

  it.each([
    ['smtp_use_tls = yes', 'starttls-if-offered', false],
    ['smtp_enforce_tls = yes', 'starttls', true],
    ['smtp_tls_security_level = encrypt', 'starttls', false],
    ['smtp_tls_security_level = encrypt\nsmtp_tls_wrappermode = yes', 'tls', false],
    ['smtp_tls_security_level = verify', 'starttls', true],
  ])('reads the security of %j', (lines, security, verifyCertificate) => {
    const { settings } = onlyProfile(imported(`relayhost = [a.example]\n${lines}\n`));
    expect(settings).toMatchObject({ server: { security }, tls: { verifyCertificate } });
  });

  it('reads every relay of sasl_passwd', () => {
    const { profiles } = imported('# x\n[a.example]:465 u:p:q\n[b.example]:587 v:\n');
    expect(
      profiles.map(({ settings: { server, signIn }, secrets }) => [
        server.host,
        server.security,
        signIn.username,
        secrets[0]?.value,
      ]),
    ).toEqual([
      ['a.example', 'tls', 'u', 'p:q'],
      ['b.example', 'starttls', 'v', undefined],
    ]);
  });

  it('refuses a server without a relay', () => {
    expect(() => imported('relayhost =\nmyhostname = a\n')).toThrow('NO_MAIL_SETTINGS');
    expect(() => imported('relayhost = [a]\nword\n')).toThrow('PARSE_FAILED');
  });

  it('masks passwords wherever they can stand', () => {
    expect(postfix.mask('[a]:25 u:hunter2\n# [b]:25 v:hunter2\n')).toBe('[a]:25 u:••••••••\n# [b]:25 v:••••••••\n');
    expect(postfix.mask('relayhost = [a]\nsmtp_sasl_password_maps = static:u:hunter2\n')).not.toContain('hunter2');
  });
});
