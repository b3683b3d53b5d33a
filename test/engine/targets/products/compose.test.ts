import { describe, expect, it } from 'vitest';
import { sampleSettings, variable } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, imported, must, onlyProfile, target } from '../support.ts';

const compose = target('compose');

describe('Docker Compose', () => {
  it('doubles dollar signs and reads them back', () => {
    const password = `$a$$b${variable('c')}`;
    const text = must(compose.render(sampleSettings(), contextFor(compose, {}, 'include', password)));
    expect(text).toContain('SMTP_PASSWORD: "$$a$$$$b$${c}"');
    expect(onlyProfile(imported(text)).secrets[0]?.value).toBe(password);
  });

  it('changes a list in its own form, and removes from it', () => {
    const text =
      'services:\n  app:\n    environment:\n      - LANG=C # keep\n      - SMTP_HOST=old\n      - SMTP_REPLY_TO=x@y.example\n      - "TZ=UTC"\n';
    const settings = sampleSettings((next) => {
      next.sender.replyTo.address = '';
    });
    const merged = must(compose.merge(text, settings, contextFor(compose)));
    expect(merged).toContain('      - LANG=C # keep\n      - "SMTP_HOST=mail.acme.example"\n      - "TZ=UTC"\n');
    expect(merged).not.toContain('REPLY_TO');
  });

  it('uses the names of the product that the service is for', () => {
    const text =
      'services:\n  web:\n    environment:\n      SMTP_SERVER: old.example\n      SMTP_LOGIN: u\n      SMTP_FROM_ADDRESS: a@b.example\n      LOCAL_DOMAIN: b.example\n';
    const merged = must(compose.merge(text, sampleSettings(), contextFor(compose)));
    expect(merged).toContain('SMTP_LOGIN: svc-mail@acme.example\n');
    expect(merged).not.toContain('SMTP_HOST');
    const n8n = must(
      compose.render(sampleSettings(), contextFor(compose, { program: 'n8n', service: 'flow' }, 'environment')),
    );
    expect(n8n).toContain('  flow:\n    environment:\n');
    expect(n8n).toContain(`N8N_SMTP_PASS: "${variable('N8N_SMTP_PASS')}"`);
  });

  it('overrides an anchor in the service and leaves the anchor', () => {
    const text =
      'x-env: &env\n  SMTP_HOST: old\n  SMTP_PORT: "587"\nservices:\n  a:\n    environment:\n      <<: *env\n      A: b\n  b:\n    environment: *env\n';
    const merged = must(compose.merge(text, sampleSettings(), contextFor(compose, { service: 'a' })));
    expect(merged.startsWith('x-env: &env\n  SMTP_HOST: old\n  SMTP_PORT: "587"\nservices:')).toBe(true);
    expect(merged).toContain('      SMTP_HOST: "mail.acme.example"\n');
    const aliased = compose.merge(text, sampleSettings(), contextFor(compose, { service: 'b' }));
    expect(JSON.stringify(errorOf(aliased))).toContain('points to an anchor');
  });

  it('asks for the service when several have mail settings, or none of several', () => {
    const text = 'services:\n  a: {image: x}\n  b: {image: y}\n';
    expect(JSON.stringify(errorOf(compose.merge(text, sampleSettings(), contextFor(compose))))).toContain(
      'several services',
    );
    expect(must(compose.merge(text, sampleSettings(), contextFor(compose, { service: 'b' })))).toContain(
      'a: {image: x}\n',
    );
    expect(errorOf(compose.merge(text, sampleSettings(), contextFor(compose, { service: 'c' }))).code).toBe(
      'TARGET_REFUSES',
    );
  });

  it('reads variables as references, and their defaults as values but for the password', () => {
    const text = `services:\n  a:\n    image: x\n    environment:\n      SMTP_HOST: ${variable('H:-mail.example')}\n      SMTP_PORT: 587\n      SMTP_USER: u\n      SMTP_PASSWORD: ${variable('PW:-canary')}\n`;
    const result = imported(text);
    expect(onlyProfile(result).settings.server.host).toBe('mail.example');
    expect(onlyProfile(result).secrets).toMatchObject([{ state: 'reference', reference: '', line: 8 }]);
    expect(JSON.stringify(result)).not.toContain('canary');
    expect(compose.mask(text)).not.toContain('canary');
    expect(fieldsOf(compose.limits(sampleSettings(), contextFor(compose)))).toContain('lossy name');
  });
});
