import { describe, expect, it } from 'vitest';
import { CANARY, sampleSettings } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, fixture, imported, must, onlyProfile, target } from '../support.ts';

const odoo = target('odoo');
const plain = sampleSettings(({ sender, tls }) => {
  sender.from.name = '';
  sender.replyTo.address = '';
  tls.verifyCertificate = false;
});

describe('Odoo rendering', () => {
  it('writes the part of odoo.conf', () => {
    expect(must(odoo.render(plain, contextFor(odoo, {}, 'include', CANARY)))).toBe(fixture('odoo/odoo.conf'));
  });

  it('writes False for what is not set', () => {
    const settings = sampleSettings(({ server, signIn, sender }) => {
      server.security = 'none';
      signIn.method = 'none';
      sender.from.address = '';
    });
    expect(must(odoo.render(settings, contextFor(odoo)))).toBe(
      '[options]\nsmtp_server = mail.acme.example\nsmtp_port = 587\nsmtp_ssl = False\nsmtp_user = False\nsmtp_password = False\nemail_from = False\n',
    );
  });

  it('refuses TLS from the first byte, which the file cannot say', () => {
    const settings = sampleSettings(({ server }) => Object.assign(server, { security: 'tls', port: 465 }));
    expect(errorOf(odoo.render(settings, contextFor(odoo)))).toMatchObject({ facts: { field: 'server.security' } });
    expect(fieldsOf(odoo.limits(settings, contextFor(odoo)))).toContain('refused server.security');
  });

  it.each(['False', 'true', 'None', ' edge', 'two\nlines'])(
    'refuses the password %j, which Odoo would read otherwise',
    (password) => {
      expect(errorOf(odoo.render(plain, contextFor(odoo, {}, 'include', password))).code).toBe('TARGET_REFUSES');
    },
  );
});

describe('Odoo merging', () => {
  it('puts keys below their commented-out defaults and keeps every other byte', () => {
    const existing =
      '[options]\r\naddons_path = /a,\r\n    /b\r\n; smtp_port = 25\r\n; smtp_server = localhost\r\nSMTP_User = old\r\nsmtp_password=kept\r\nworkers = 0';
    expect(must(odoo.merge(existing, plain, contextFor(odoo)))).toBe(
      '[options]\r\naddons_path = /a,\r\n    /b\r\n; smtp_port = 25\r\nsmtp_port = 587\r\n; smtp_server = localhost\r\nsmtp_server = mail.acme.example\r\nSMTP_User = svc-mail@acme.example\r\nsmtp_password=kept\r\nworkers = 0\r\nsmtp_ssl = True\r\nemail_from = alerts@acme.example',
    );
  });

  it('leaves one of a key that stands twice, which keeps Odoo from starting', () => {
    const merged = must(odoo.merge('[options]\nsmtp_port = 1\nsmtp_port = 2\n', plain, contextFor(odoo)));
    expect(merged.match(/^smtp_port/gm)).toHaveLength(1);
  });
});

describe('Odoo limits', () => {
  it('says that the certificate is not checked', () => {
    const settings = { ...plain, tls: { ...plain.tls, verifyCertificate: true } };
    expect(fieldsOf(odoo.limits(settings, contextFor(odoo)))).toEqual(['lossy tls.verifyCertificate']);
    expect(odoo.limits(plain, contextFor(odoo))).toEqual([]);
  });
});

describe('Odoo import', () => {
  it('reads every key with its line', () => {
    const { settings, origins, secrets } = onlyProfile(imported(fixture('odoo/odoo.conf')));
    expect(settings).toMatchObject({ server: plain.server, sender: plain.sender, tls: plain.tls });
    expect(origins['server.host']).toEqual({ key: 'smtp_server', line: 2 });
    expect(secrets).toMatchObject([{ key: 'smtp_password', line: 6, state: 'value', value: CANARY }]);
  });

  it('reads False as not set', () => {
    const { settings, secrets } = onlyProfile(
      imported(
        '[options]\nsmtp_server = a.example\nsmtp_ssl = False\nsmtp_user = False\nsmtp_password = False\nemail_from = False\n',
      ),
    );
    expect(settings).toMatchObject({
      server: { port: 25, security: 'none' },
      signIn: { method: 'none' },
      sender: { from: { address: '' } },
    });
    expect(secrets).toEqual([]);
  });

  it('warns of what keeps Odoo from starting', () => {
    expect(imported('[options]\nsmtp_server = a\nSMTP_server = b\n[options]\n').warnings).toEqual([
      'Line 3: SMTP_server stands twice. Odoo does not start with it.',
      'Line 4: This section stands twice. Odoo does not start with it.',
    ]);
  });

  it('refuses a file whose mail keys are commented out, and a broken one', () => {
    expect(() => imported('[options]\n; smtp_server = localhost\n')).toThrow('NO_MAIL_SETTINGS');
    expect(() => imported('[options]\nsmtp_server\n')).toThrow('NOT_RECOGNISED');
    expect(() => imported('[options]\nsmtp_port = 25\nword\n')).toThrow('PARSE_FAILED {"format":"INI","line":3');
  });

  it('masks every password', () => {
    expect(
      odoo.mask('[options]\nadmin_passwd = hunter2\n; smtp_password = hunter2\nsmtp_password = hunter2\n  hunter2\n'),
    ).not.toContain('hunter2');
  });
});
