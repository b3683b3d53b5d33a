import { describe, expect, it } from 'vitest';
import { sampleSettings, variable } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, imported, must, onlyProfile, target } from '../support.ts';

const sentry = target('sentry');

describe('Sentry', () => {
  it('never writes use-tls and use-ssl side by side, and takes the other out', () => {
    for (const security of ['none', 'starttls-if-offered', 'starttls', 'tls'] as const) {
      const settings = sampleSettings((next) => {
        next.server.security = security;
      });
      for (const before of [
        'mail.use-tls: true\n',
        'mail.use-ssl: true\n',
        'mail.use-tls: false\nmail.use-ssl: false\n',
      ]) {
        const merged = must(sentry.merge(before, settings, contextFor(sentry)));
        expect(merged.includes('mail.use-tls') && merged.includes('mail.use-ssl')).toBe(false);
      }
    }
  });

  it('warns of both at once, and of the own relay as server', () => {
    const { warnings } = imported("mail.host: 'smtp'\nmail.use-tls: true\nmail.use-ssl: true\n");
    expect(warnings.join('\n')).toMatch(/Line 3: mail.use-tls and mail.use-ssl exclude each other/);
    expect(warnings.join('\n')).toMatch(/Line 1: smtp is the mail container/);
  });

  it('reads the dummy backend as inactive, and defaults as they are', () => {
    const { settings } = onlyProfile(imported("mail.backend: 'dummy'\nmail.from: 'S <s@acme.example>'\n"));
    expect(settings.status).toBe('inactive');
    expect(settings.server).toMatchObject({ host: 'localhost', port: 25, security: 'none' });
    expect(settings.sender.from).toEqual({ address: 's@acme.example', name: 'S' });
  });

  it('does not take a reference for a host or a password', () => {
    const { profiles, ignored } = imported(
      `mail.host: ${variable('HOST')}\nmail.username: u\nmail.password: ${variable('PW')}\n`,
    );
    expect(profiles[0]?.settings.server.host).toBe('unknown.invalid');
    expect(profiles[0]?.secrets).toMatchObject([{ state: 'reference', line: 3 }]);
    expect(ignored).toMatchObject([{ key: 'mail.host', line: 1 }]);
  });

  it('tells what it cannot do', () => {
    const settings = sampleSettings((next) => {
      next.tls.verifyCertificate = false;
      next.sender.from.address = '';
    });
    expect(fieldsOf(sentry.limits(settings, contextFor(sentry)))).toContain('lossy tls.verifyCertificate');
    expect(errorOf(sentry.merge('a: 1\n---\nb: 2\n', settings, contextFor(sentry))).code).toBe('TARGET_REFUSES');
  });
});
