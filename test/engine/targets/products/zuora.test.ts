import { describe, expect, it } from 'vitest';
import { CANARY, sampleSettings } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, fixture, imported, must, onlyProfile, target } from '../support.ts';

const zuora = target('zuora');
const full = sampleSettings(({ server, sender }) => {
  server.security = 'tls';
  server.port = 465;
  sender.from = { address: 'svc-mail@acme.example', name: '' };
  sender.replyTo.address = '';
});

describe('Zuora rendering', () => {
  it('writes a sheet with the labels of the page', () => {
    expect(must(zuora.render(full, contextFor(zuora)))).toBe(fixture('zuora/sheet.txt'));
  });

  it('writes JavaMail properties', () => {
    expect(must(zuora.render(full, contextFor(zuora, { form: 'file' }, 'include', CANARY)))).toBe(
      fixture('zuora/smtp.properties'),
    );
  });

  it('always says that there is no fallback to plain text, unless the profile wants it', () => {
    const settings = { ...full, products: { zuora: { socketFactoryFallback: true } } };
    expect(must(zuora.render(settings, contextFor(zuora)))).toContain('SMTP SocketFactory Fallback: true\n');
    expect(fieldsOf(zuora.limits(settings, contextFor(zuora)))).toEqual(['lossy server.security']);
  });

  it('writes OAuth 2.0 with the name of the provider', () => {
    const settings = sampleSettings((draft) => {
      draft.signIn.method = 'oauth2';
      draft.products.zuora = { oauthProvider: 'Acme OAuth' };
    });
    const text = must(zuora.render(settings, contextFor(zuora)));
    expect(text).toContain('Authentication: OAuth 2.0\n');
    expect(text).toContain('OAuth2.0 Provider: Acme OAuth\n');
    expect(must(zuora.render(settings, contextFor(zuora, { form: 'file' })))).toContain(
      'mail.smtp.auth.mechanisms=XOAUTH2\n',
    );
  });

  it('shows the values without the password, step by step', () => {
    const steps = zuora.apply(full, contextFor(zuora, {}, 'include', CANARY));
    expect(steps.find(({ title }) => title === 'SMTP Server Name')?.command).toBe('mail.acme.example');
    expect(JSON.stringify(steps)).not.toContain('canary');
  });

  it('refuses a password that does not fit into one line', () => {
    expect(errorOf(zuora.render(full, contextFor(zuora, {}, 'include', 'a\nb'))).code).toBe('TARGET_REFUSES');
  });
});

describe('Zuora merging', () => {
  it('changes fields of a sheet and of properties where they stand', () => {
    expect(must(zuora.merge('Notes\nSMTP Port: 25\nPassword: kept\n', full, contextFor(zuora)))).toMatch(
      /^Notes\nSMTP Port: 465\nPassword: kept\nSMTP Server Name: /,
    );
    expect(must(zuora.merge('# x\nmail.smtp.port = 25\nother=1\n', full, contextFor(zuora, { form: 'file' })))).toMatch(
      /^# x\nmail\.smtp\.port = 465\nmail\.smtp\.host=mail\.acme\.example\n[\s\S]*\nother=1\n$/,
    );
  });
});

describe('Zuora limits', () => {
  it('has none for a signed-in sender over TLS', () => {
    expect(zuora.limits(full, contextFor(zuora))).toEqual([]);
  });

  it('says that it always signs in, and needs the provider of OAuth', () => {
    const settings = sampleSettings(({ signIn, sender }) => {
      signIn.method = 'none';
      sender.from = { address: '', name: '' };
      sender.replyTo.address = '';
    });
    expect(fieldsOf(zuora.limits(settings, contextFor(zuora)))).toEqual([
      'refused signIn.method',
      'lossy server.security',
    ]);
    settings.signIn = { ...settings.signIn, method: 'oauth2', username: 'u@acme.example' };
    expect(fieldsOf(zuora.limits(settings, contextFor(zuora)))).toContain('refused products.zuora.oauthProvider');
  });
});

describe('Zuora import', () => {
  it.each(['zuora/sheet.txt', 'zuora/smtp.properties'])('reads %s', (file) => {
    const { settings, origins } = onlyProfile(imported(fixture(file)));
    expect(settings.server).toMatchObject({ host: 'mail.acme.example', port: 465, security: 'tls' });
    expect(settings.signIn).toMatchObject({ method: 'password', username: 'svc-mail@acme.example' });
    expect(settings.products.zuora).toMatchObject({
      socketFactoryFallback: false,
      socketFactoryPort: 465,
      selected: true,
    });
    expect(origins['server.host']?.line).toBe(1);
  });

  it.each([
    ['mail.smtps.host=a.example\nmail.smtps.auth=true\nmail.smtps.user=u\n', 465, 'tls', 'password'],
    ['mail.smtp.host=a.example\nmail.smtp.starttls.enable=true\n', 25, 'starttls-if-offered', 'none'],
    [
      'mail.smtp.host=a.example\nmail.smtp.port=587\nmail.smtp.starttls.required=true\nmail.smtp.auth=true\nmail.smtp.auth.mechanisms=XOAUTH2\n',
      587,
      'starttls',
      'oauth2',
    ],
  ])('reads properties of JavaMail: %j', (text, port, security, method) => {
    expect(onlyProfile(imported(text)).settings).toMatchObject({ server: { port, security }, signIn: { method } });
  });

  it('warns of a fallback to plain text, which is on when nothing is said', () => {
    const parsed = imported('mail.smtp.host=a.example\nmail.smtp.socketFactory.class=javax.net.ssl.SSLSocketFactory\n');
    expect(parsed.warnings).toContain('Line 2: The fallback is on, so that mail goes on in plain text when TLS fails.');
  });

  it('masks the password', () => {
    expect(zuora.mask('SMTP Server Name: a\nPassword: hunter2\n')).toBe('SMTP Server Name: a\nPassword: ••••••••\n');
    expect(zuora.mask('mail.smtp.password=hunter2\n')).toBe('mail.smtp.password=••••••••\n');
  });
});
