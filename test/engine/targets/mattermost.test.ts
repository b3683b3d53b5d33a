import { describe, expect, it } from 'vitest';
import { CANARY, sampleSettings } from './arbitrary.ts';
import { contextFor, errorOf, fieldsOf, fixture, imported, must, onlyProfile, target } from './support.ts';

const mattermost = target('mattermost');
const full = sampleSettings((settings) => {
  settings.server.connectTimeoutSeconds = 15;
  settings.products.mattermost = {
    RequireEmailVerification: true,
    FeedbackOrganization: 'Acme <Ltd> & Sons',
    EmailBatchingInterval: 45,
    EnableSecurityFixAlert: false,
  };
});

describe('Mattermost rendering', () => {
  it('writes the part of config.json', () => {
    expect(must(mattermost.render(full, contextFor(mattermost)))).toBe(fixture('mattermost.json'));
  });

  it('writes variables', () => {
    expect(must(mattermost.render(full, contextFor(mattermost, { form: 'env' })))).toBe(fixture('mattermost.env'));
  });

  it('writes commands that keep the password out of their arguments', () => {
    const text = must(mattermost.render(full, contextFor(mattermost, { form: 'commands' }, 'include', CANARY)));
    expect(text).toBe(fixture('mattermost.sh'));
    const withSecret = text.split('\n').filter((line) => line.includes('canary'));
    expect(withSecret).toEqual([JSON.stringify({ EmailSettings: { SMTPPassword: CANARY } })]);
  });

  it('writes the port as a text: a number keeps the server from starting', () => {
    const { EmailSettings } = JSON.parse(must(mattermost.render(full, contextFor(mattermost))));
    expect(EmailSettings.SMTPPort).toBe('587');
    expect(EmailSettings).not.toHaveProperty('SMTPPassword');
    expect(EmailSettings).not.toHaveProperty('EnableSecurityFixAlert');
  });

  it.each([
    ['none', ''],
    ['starttls-if-offered', 'STARTTLS'],
    ['starttls', 'STARTTLS'],
    ['tls', 'TLS'],
  ] as const)('writes security %s as %j', (security, expected) => {
    const settings = sampleSettings((draft) => {
      draft.server.security = security;
    });
    const { EmailSettings } = JSON.parse(must(mattermost.render(settings, contextFor(mattermost))));
    expect(EmailSettings.ConnectionSecurity).toBe(expected);
  });

  it('refuses OAuth, which would otherwise be written as no sign-in', () => {
    const settings = sampleSettings((draft) => {
      draft.signIn.method = 'oauth2';
    });
    expect(errorOf(mattermost.render(settings, contextFor(mattermost))).code).toBe('TARGET_REFUSES');
  });
});

describe('Mattermost merging', () => {
  const existing =
    '{\r\n\t"ServiceSettings": {\r\n\t\t"SiteURL": "https://chat.acme.example",\r\n\t\t"EnableSecurityFixAlert": true\r\n\t},\r\n' +
    '\t"emailsettings": {\r\n\t\t"InviteSalt": "x",\r\n\t\t"SMTPServer": "old.example",\r\n\t\t"SMTPPassword": "kept",\r\n\t\t"smtpport": "25"\r\n\t}\r\n}';

  it('changes only its keys, found in any case, in the style of the file', () => {
    const merged = must(mattermost.merge(existing, full, contextFor(mattermost)));
    expect(
      merged.startsWith(
        '{\r\n\t"ServiceSettings": {\r\n\t\t"SiteURL": "https://chat.acme.example",\r\n\t\t"EnableSecurityFixAlert": false\r\n\t},\r\n\t"emailsettings": {\r\n\t\t"InviteSalt": "x",\r\n\t\t"SMTPServer": "mail.acme.example",\r\n\t\t"SMTPPassword": "kept",\r\n\t\t"smtpport": "587",\r\n\t\t"SendEmailNotifications": true,',
      ),
    ).toBe(true);
    expect(merged.replaceAll('\r\n', '')).not.toContain('\n');
    expect(merged.endsWith('}\r\n}')).toBe(true);
  });

  it('adds a missing section', () => {
    const merged = must(mattermost.merge('{\n  "SqlSettings": {}\n}\n', sampleSettings(), contextFor(mattermost)));
    expect(JSON.parse(merged)).toMatchObject({ SqlSettings: {}, EmailSettings: { SMTPServer: 'mail.acme.example' } });
    expect(merged).toContain('\n  "EmailSettings": {\n    "SendEmailNotifications": true,');
  });

  it('refuses the layout of versions that know none of its keys', () => {
    const error = errorOf(mattermost.merge('{"EmailSettings":{"UseTLS":true}}', full, contextFor(mattermost)));
    expect(error).toMatchObject({ code: 'TARGET_REFUSES', facts: { field: 'this file' } });
  });

  it('merges variables into an env file', () => {
    const merged = must(
      mattermost.merge(
        'TZ=UTC\nMM_EMAILSETTINGS_SMTPPORT=25\n',
        sampleSettings(),
        contextFor(mattermost, { form: 'env' }),
      ),
    );
    expect(merged).toMatch(/^TZ=UTC\nMM_EMAILSETTINGS_SMTPPORT=587\nMM_/);
  });
});

describe('Mattermost limits', () => {
  it('has none for plain settings but STARTTLS that it cannot require', () => {
    expect(fieldsOf(mattermost.limits(sampleSettings(), contextFor(mattermost)))).toEqual(['lossy server.security']);
  });

  it('says that signing in without TLS can never work', () => {
    const settings = sampleSettings((draft) => {
      draft.server.security = 'none';
    });
    expect(fieldsOf(mattermost.limits(settings, contextFor(mattermost)))).toEqual(['refused server.security']);
  });

  it('tells everything that is lost', () => {
    const settings = sampleSettings((draft) => {
      draft.server.security = 'tls';
      draft.server.host = '2001:db8::1';
      draft.server.ehloName = 'app.acme.example';
      draft.tls.caPem = '-----BEGIN CERTIFICATE-----';
      draft.tls.minVersion = 'TLSv1.3';
      draft.signIn.mechanism = 'CRAM-MD5';
      draft.sender.replyTo.name = 'Help';
      draft.sender.envelopeFrom = 'bounce@acme.example';
      draft.sender.cc = ['a@acme.example'];
      draft.sender.headers = [{ name: 'X-A', value: 'b' }];
    });
    expect(fieldsOf(mattermost.limits(settings, contextFor(mattermost)))).toEqual([
      'refused server.host',
      'lossy server.ehloName',
      'lossy tls.minVersion',
      'lossy tls.caPem',
      'lossy signIn.mechanism',
      'lossy sender.replyTo.name',
      'lossy sender.envelopeFrom',
      'lossy sender.cc',
      'lossy sender.headers',
    ]);
  });
});

describe('Mattermost import', () => {
  it('traces every value to its key and line', () => {
    const { settings, origins } = onlyProfile(imported(fixture('mattermost.json')));
    expect(settings.server).toMatchObject({ host: 'mail.acme.example', port: 587, connectTimeoutSeconds: 15 });
    expect(settings.products.mattermost).toEqual(full.products.mattermost);
    expect(origins['server.host']).toEqual({ key: 'EmailSettings.SMTPServer', line: 11 });
    expect(origins['products.mattermost.EnableSecurityFixAlert']?.key).toBe('ServiceSettings.EnableSecurityFixAlert');
  });

  it('takes neither a mask nor nothing for a password', () => {
    const file = (password: string) =>
      `{"EmailSettings":{"SMTPServer":"a.example","EnableSMTPAuth":true,"ConnectionSecurity":"TLS","SMTPPassword":"${password}"}}`;
    expect(onlyProfile(imported(file('*'.repeat(32)))).secrets).toMatchObject([{ state: 'mask' }]);
    expect(onlyProfile(imported(file(''))).secrets).toMatchObject([{ state: 'empty' }]);
    expect(onlyProfile(imported(file('hush'))).secrets).toMatchObject([{ state: 'value', value: 'hush', line: 1 }]);
  });

  it('reads the layout of versions 0.5 to 0.7', () => {
    const { settings } = onlyProfile(
      imported(
        '{"EmailSettings":{"ByPassEmail":true,"SMTPUsername":"u","SMTPServer":"mail.example.org:465","UseTLS":true,"FeedbackEmail":"a@example.org"}}',
      ),
    );
    expect(settings.server).toMatchObject({ host: 'mail.example.org', port: 465, security: 'tls' });
    expect(settings).toMatchObject({ status: 'inactive', signIn: { method: 'password', username: 'u' } });
  });

  it('takes the last of a key that stands twice, in any case, and says so', () => {
    const parsed = imported('{"EmailSettings":{"SMTPServer":"a.example",\n"smtpserver":"b.example"}}');
    expect(onlyProfile(parsed).settings.server.host).toBe('b.example');
    expect(parsed.warnings).toContain(
      'Line 2: EmailSettings.smtpserver stands more than once. Mattermost takes the last one.',
    );
  });

  it('keeps nothing that the schema refuses, and says where it stood', () => {
    const parsed = imported(
      '{"EmailSettings":{\n"SMTPServer":"smtp://evil",\n"SMTPPort":"99999",\n"FeedbackEmail":"a@b, c@d",\n"EmailBatchingInterval":3,\n"ConnectionSecurity":"SSL"}}',
    );
    const { settings } = onlyProfile(parsed);
    expect(settings.server).toMatchObject({ host: 'unknown.invalid', port: 587, security: 'none' });
    expect(settings.sender.from.address).toBe('');
    expect(parsed.ignored.map(({ key, line }) => `${key} ${line}`).sort()).toEqual([
      'EmailSettings.ConnectionSecurity 6',
      'EmailSettings.EmailBatchingInterval 5',
      'EmailSettings.FeedbackEmail 4',
      'EmailSettings.SMTPPort 3',
      'EmailSettings.SMTPServer 2',
    ]);
  });

  it('warns of what keeps the server from working', () => {
    expect(
      imported(
        '{"EmailSettings":{"SMTPServer":"a.example","SMTPPort":25,"EnableSMTPAuth":true,"ConnectionSecurity":""}}',
      ).warnings,
    ).toEqual([
      'Line 1: SMTPPort is a number. Mattermost wants it in quotes and does not start.',
      'Line 1: Mattermost never signs in without TLS, so no message leaves with these settings.',
    ]);
    expect(
      imported(
        '{"EmailSettings":{"SMTPServer":"a.example","SMTPPort":"465","ConnectionSecurity":"STARTTLS","EnableSMTPAuth":false}}',
      ).warnings,
    ).toEqual(['Line 1: Port 465 expects TLS from the first byte.']);
    expect(imported('\ufeff{"EmailSettings":{"SMTPServer":"a.example"}}').warnings[0]).toMatch(/byte order mark/);
  });

  it('reads variables', () => {
    const { settings, origins } = onlyProfile(imported(fixture('mattermost.env')));
    expect(settings.sender.from).toEqual(full.sender.from);
    expect(settings.products.mattermost).toEqual(full.products.mattermost);
    expect(origins['server.host']).toEqual({ key: 'MM_EMAILSETTINGS_SMTPSERVER', line: 9 });
  });
});
