import { describe, expect, it } from 'vitest';
import { sampleSettings } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, imported, must, onlyProfile, target } from '../support.ts';

const redmine = target('redmine');

describe('Redmine', () => {
  it('doubles the ERB mark and reads it back', () => {
    const password = 'a<%= 1 %>b';
    const text = must(redmine.render(sampleSettings(), contextFor(redmine, {}, 'include', password)));
    expect(text).toContain('password: "a<%%= 1 %>b"');
    expect(onlyProfile(imported(text)).secrets[0]?.value).toBe(password);
  });

  it('reads Ruby code as a reference', () => {
    const text =
      "production:\n  email_delivery:\n    smtp_settings:\n      address: a.example\n      user_name: u\n      password: <%= ENV['PW'] %>\n";
    expect(onlyProfile(imported(text)).secrets).toMatchObject([
      { state: 'reference', reference: "<%= ENV['PW'] %>", line: 6 },
    ]);
    const written = must(redmine.render(sampleSettings(), contextFor(redmine, {}, 'environment')));
    expect(onlyProfile(imported(written)).secrets[0]?.state).toBe('reference');
  });

  it.each([
    ['none', { enable_starttls_auto: 'false' }],
    ['starttls-if-offered', { enable_starttls_auto: 'true' }],
    ['starttls', { enable_starttls: 'true' }],
    ['tls', { tls: 'true', enable_starttls_auto: 'false' }],
  ] as const)('writes %s so that the mail library accepts it', (security, keys) => {
    const settings = sampleSettings((next) => {
      next.server.security = security;
    });
    const before =
      'default:\n  email_delivery:\n    smtp_settings:\n      tls: true\n      ssl: true\n      enable_starttls: true\n      enable_starttls_auto: true\n';
    for (const text of [
      must(redmine.render(settings, contextFor(redmine))),
      must(redmine.merge(before, settings, contextFor(redmine))),
    ]) {
      const found = Object.fromEntries(
        [...text.matchAll(/^ +(tls|ssl|enable_\w+): (\w+)$/gm)].map(([, key, value]) => [key, value]),
      );
      expect(found).toEqual(keys);
    }
  });

  it('changes what production uses: its own section, else that of default, else a new one', () => {
    const own =
      'default:\n  email_delivery:\n    smtp_settings: {address: a}\nproduction:\n  email_delivery:\n    smtp_settings: {address: b}\n';
    expect(must(redmine.merge(own, sampleSettings(), contextFor(redmine)))).toMatch(
      /address: a\}\nproduction:[\s\S]*mail\.acme/,
    );
    const old = 'production:\n  delivery_method: :smtp\n  smtp_settings:\n    address: b\n';
    expect(must(redmine.merge(old, sampleSettings(), contextFor(redmine)))).not.toContain('email_delivery');
    expect(must(redmine.merge('default:\nproduction:\n', sampleSettings(), contextFor(redmine)))).toMatch(
      /^default:\n {2}email_delivery:/,
    );
  });

  it('keeps an anchor that other environments take over', () => {
    const text = 'default: &d\n  email_delivery:\n    smtp_settings:\n      address: a\nproduction:\n  <<: *d\n';
    const merged = must(redmine.merge(text, sampleSettings(), contextFor(redmine)));
    expect(merged).toContain('<<: *d');
    expect(imported(merged).profiles[0]?.settings.server.host).toBe('mail.acme.example');
  });

  it('warns of TLS with STARTTLS, and of a delivery method without a server', () => {
    const text =
      'default:\n  email_delivery:\n    delivery_method: :sendmail\n    smtp_settings:\n      address: a.example\n      tls: true\n      enable_starttls: true\n';
    expect(imported(text).warnings.join()).toMatch(/does not use the mail server.*exclude each other/);
    expect(fieldsOf(redmine.limits(sampleSettings(), contextFor(redmine)))).toContain('lossy sender.from.address');
    expect(errorOf(redmine.merge('- 1\n', sampleSettings(), contextFor(redmine))).code).toBe('TARGET_REFUSES');
  });
});
