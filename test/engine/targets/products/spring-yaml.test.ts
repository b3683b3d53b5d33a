import { describe, expect, it } from 'vitest';
import { sampleSettings, variable } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, imported, must, onlyProfile, target } from '../support.ts';

const spring = target('spring-yaml');

describe('Spring Boot (YAML)', () => {
  it('changes keys where they stand, dotted or nested, and adds the rest beside them', () => {
    const text =
      'spring:\n  mail.host: old # a\n  mail:\n    port: 25\n    properties:\n      "[mail.smtp.auth]": false\nspring.mail.username: u\n';
    const merged = must(spring.merge(text, sampleSettings(), contextFor(spring)));
    expect(merged).toContain('  mail.host: mail.acme.example # a\n  mail:\n    port: 587\n');
    expect(merged).toContain('"[mail.smtp.auth]": true\n');
    expect(merged).toContain('spring.mail.username: svc-mail@acme.example\n');
    expect(merged.match(/host:/g)).toHaveLength(1);
  });

  it.each([
    ['none', []],
    ['starttls-if-offered', ['starttls.enable']],
    ['starttls', ['starttls.enable', 'starttls.required']],
    ['tls', ['ssl.enable']],
  ] as const)('writes %s by its own properties and takes the others out', (security, names) => {
    const settings = sampleSettings((next) => {
      next.server.security = security;
    });
    const before =
      'spring.mail:\n  protocol: smtps\n  properties.mail.smtp:\n    starttls.enable: true\n    starttls.required: true\n    ssl.enable: true\n    socketFactory.class: javax.net.ssl.SSLSocketFactory\n';
    const merged = must(spring.merge(before, settings, contextFor(spring)));
    for (const name of ['starttls.enable', 'starttls.required', 'ssl.enable']) {
      expect(merged.includes(`${name}: true`), name).toBe(names.some((wanted) => wanted === name));
    }
    expect(merged).not.toContain('socketFactory');
    expect(merged).toContain('protocol: smtp\n');
    expect(onlyProfile(imported(merged)).settings.server.security).toBe(security);
  });

  it('writes a dollar sign so that no version takes it for a placeholder', () => {
    const password = `a${variable('b')}c`;
    const text = must(spring.render(sampleSettings(), contextFor(spring, {}, 'include', password)));
    expect(text).toContain(`password: "a${variable('literal.dollar:$')}{b}c"`);
    expect(onlyProfile(imported(text)).secrets[0]?.value).toBe(password);
    const broken = spring.render(sampleSettings(), contextFor(spring, {}, 'include', `\\${variable('b')}`));
    expect(errorOf(broken).code).toBe('TARGET_REFUSES');
  });

  it('takes defaults of placeholders for settings and never for the password', () => {
    const text = `spring:\n  mail:\n    host: ${variable('H:mail.example')}\n    port: ${variable('P:2525')}\n    username: ${variable('U')}\n    password: ${variable('PW:canary')}\n`;
    const { profiles, warnings, ignored } = imported(text);
    expect(profiles[0]?.settings.server).toMatchObject({ host: 'mail.example', port: 2525 });
    expect(profiles[0]?.settings.signIn).toMatchObject({ method: 'password', username: '' });
    expect(profiles[0]?.secrets).toMatchObject([{ state: 'reference', reference: '' }]);
    expect(JSON.stringify([profiles, warnings, ignored])).not.toContain('canary');
    expect(spring.mask(text)).not.toContain('canary');
  });

  it('reads each document as a profile, and merges into the general one', () => {
    const text =
      'spring:\n  mail:\n    host: a.example\n---\nspring:\n  config:\n    activate:\n      on-profile: prod\n  mail:\n    host: b.example\n';
    expect(imported(text).profiles.map(({ settings }) => settings.name)).toEqual([
      'Spring Boot a.example',
      'Spring Boot prod b.example',
    ]);
    const merged = must(spring.merge(text, sampleSettings(), contextFor(spring)));
    expect(merged.endsWith(text.slice(text.indexOf('---')))).toBe(true);
  });

  it('takes an application’s own From with a warning', () => {
    const { profiles, warnings } = imported(
      'spring:\n  mail:\n    host: a.example\njhipster:\n  mail:\n    from: j@acme.example\n',
    );
    expect(profiles[0]?.settings.sender.from.address).toBe('j@acme.example');
    expect(warnings).toContain(
      'Line 6: jhipster.mail.from is no key of Spring Boot’s own. Whether it counts is up to the application.',
    );
  });

  it('reads a trusted host as no verification, and tells what it cannot do', () => {
    const text =
      'spring.mail:\n  host: a.example\n  properties.mail.smtp:\n    ssl: {enable: true, trust: a.example, protocols: TLSv1.3}\n';
    expect(onlyProfile(imported(text)).settings.tls).toMatchObject({ verifyCertificate: false, minVersion: 'TLSv1.3' });
    expect(fieldsOf(spring.limits(sampleSettings(), contextFor(spring)))).toContain('lossy sender.from.address');
  });
});
