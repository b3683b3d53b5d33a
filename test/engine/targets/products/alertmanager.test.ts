import { describe, expect, it } from 'vitest';
import { sampleSettings } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, imported, must, onlyProfile, target } from '../support.ts';

const alertmanager = target('alertmanager');

function written(change: Parameters<typeof sampleSettings>[0], policy: 'include' | 'leave-out' = 'leave-out'): string {
  return must(alertmanager.render(sampleSettings(change), contextFor(alertmanager, {}, policy, 'pw')));
}

describe('Alertmanager', () => {
  it.each([
    ['tls', 465, undefined],
    ['tls', 2465, 'true'],
    ['starttls', 465, 'false'],
    ['starttls', 587, undefined],
  ] as const)('says %s on port %i by force_implicit_tls %s', (security, port, forced) => {
    const text = written((settings) => {
      settings.server.security = security;
      settings.server.port = port;
    });
    expect(/smtp_force_implicit_tls: (\w+)/.exec(text)?.[1]).toBe(forced);
    expect(onlyProfile(imported(text)).settings.server).toMatchObject({ security, port });
  });

  it('writes an IPv6 address in brackets', () => {
    const text = written((settings) => {
      settings.server.host = '::1';
    });
    expect(text).toContain('smtp_smarthost: "[::1]:587"');
  });

  it('keeps the CRAM-MD5 secret under its own key and takes the password out', () => {
    const cram = (settings: ReturnType<typeof sampleSettings>) => {
      settings.signIn.mechanism = 'CRAM-MD5';
    };
    expect(written(cram, 'include')).toContain('smtp_auth_secret: "pw"');
    const before = 'global:\n  smtp_smarthost: a:25\n  smtp_auth_password: old\n';
    const merged = must(
      alertmanager.merge(before, sampleSettings(cram), contextFor(alertmanager, {}, 'include', 'pw')),
    );
    expect(merged).not.toContain('smtp_auth_password');
  });

  it('fills both keys where the mail server chooses the mechanism, and only the one of a chosen mechanism', () => {
    expect(written(() => {}, 'include')).toMatch(/smtp_auth_password: "pw"\n {2}smtp_auth_secret: "pw"/);
    const plain = written((settings) => {
      settings.signIn.mechanism = 'PLAIN';
    }, 'include');
    expect(plain).toContain('smtp_auth_password: "pw"');
    expect(plain).not.toContain('smtp_auth_secret');
  });

  it('never leaves a password beside its file, which Alertmanager refuses', () => {
    const before = 'global:\n  smtp_smarthost: a:25\n  smtp_auth_password: old # x\n  resolve_timeout: 5m\n';
    const file = must(alertmanager.merge(before, sampleSettings(), contextFor(alertmanager, {}, 'environment')));
    expect(file).toContain('smtp_auth_password_file: "/etc/alertmanager/smtp_password"');
    expect(file).not.toMatch(/smtp_auth_password:/);
    const back = must(alertmanager.merge(file, sampleSettings(), contextFor(alertmanager, {}, 'include', 'pw')));
    expect(back).not.toContain('password_file');
  });

  it('reads a file as reference, a mask as none, and warns of both at once', () => {
    const base = 'global:\n  smtp_smarthost: a.example:587\n  smtp_auth_username: u\n';
    const file = onlyProfile(imported(`${base}  smtp_auth_password_file: /run/pw\n`)).secrets;
    expect(file).toMatchObject([{ state: 'reference', reference: 'file:///run/pw', line: 4 }]);
    expect(onlyProfile(imported(`${base}  smtp_auth_password: <secret>\n`)).secrets[0]?.state).toBe('mask');
    const both = imported(`${base}  smtp_auth_password: x\n  smtp_auth_password_file: /run/pw\n`);
    expect(both.warnings.join()).toContain('excludes the value');
  });

  it('reads and changes the part of Helm values', () => {
    const text = 'grafana:\n  enabled: true\nalertmanager:\n  config:\n    global:\n      smtp_smarthost: a:25 # c\n';
    expect(onlyProfile(imported(text)).origins['server.host']).toEqual({
      key: 'alertmanager.config.global.smtp_smarthost',
      line: 6,
    });
    const merged = must(alertmanager.merge(text, sampleSettings(), contextFor(alertmanager)));
    expect(merged).toContain('      smtp_smarthost: "mail.acme.example:587" # c\n      smtp_from:');
    expect(merged.startsWith(text.slice(0, text.indexOf(' a:25')))).toBe(true);
  });

  it('reads receivers with a server of their own', () => {
    const text =
      'route: {receiver: b}\nglobal: {smtp_smarthost: "a.example:25"}\nreceivers:\n- name: b\n  email_configs:\n  - to: x@y.example\n    smarthost: b.example:465\n';
    expect(imported(text).profiles.map(({ settings: { server } }) => [server.host, server.security])).toEqual([
      ['a.example', 'starttls'],
      ['b.example', 'tls'],
    ]);
  });

  it('warns of what Alertmanager does not start with', () => {
    const text = 'global:\n  smtp_smarthost: a.example\n  smtp_from: a@b.example\n  smtp_from: c@b.example\n';
    expect(imported(text).warnings.join()).toMatch(/port is missing.*|stands more than once/);
    expect(imported(text).warnings).toHaveLength(2);
  });

  it('tells what it cannot do', () => {
    const settings = sampleSettings((next) => {
      next.server.security = 'starttls-if-offered';
      next.sender.from.address = '';
      next.signIn.mechanism = 'LOGIN';
    });
    expect(fieldsOf(alertmanager.limits(settings, contextFor(alertmanager)))).toEqual([
      'refused sender.from.address',
      'lossy sender.from.name',
      'lossy server.security',
      'lossy signIn.mechanism',
      'lossy sender.replyTo.address',
    ]);
    expect(errorOf(alertmanager.merge('- a\n', settings, contextFor(alertmanager))).code).toBe('TARGET_REFUSES');
  });
});
