import { describe, expect, it } from 'vitest';
import { helmGrafana } from '../../../../engine/targets/products/helm-grafana.ts';
import { SourceDocument } from '../../../../engine/targets/source.ts';
import { sampleSettings } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, fixture, must, onlyProfile } from '../support.ts';

const read = (text: string) => onlyProfile(must(helmGrafana.parse(new SourceDocument(text))));

describe('Grafana in Helm values', () => {
  it('writes the values of the chart', () => {
    const text = must(helmGrafana.render(sampleSettings(), contextFor(helmGrafana, {}, 'environment')));
    expect(text).toBe(fixture('helm-grafana/environment.yml'));
    expect(read(text).secrets).toMatchObject([{ state: 'reference', reference: '$__env{SMTP_PASSWORD}' }]);
  });

  it('changes the part inside another chart and leaves the rest', () => {
    const text =
      'prometheus: {a:  1}\ngrafana:\n  grafana.ini:\n    server: # s\n      domain: x\n    smtp:\n      host: old:25 # h\n';
    const merged = must(helmGrafana.merge(text, sampleSettings(), contextFor(helmGrafana)));
    expect(merged.startsWith(text.slice(0, text.indexOf(' old:25')))).toBe(true);
    expect(merged).toContain('host: "mail.acme.example:587" # h\n');
    expect(read(merged).settings.server).toMatchObject({ host: 'mail.acme.example', port: 587, security: 'starttls' });
  });

  it('reads grafana.ini as one text, with the lines of the outer file', () => {
    const text =
      'grafana:\n  grafana.ini: |\n    [smtp]\n    enabled = true\n    host = mail.example:587\n    from_address = a@b.example\n';
    const { settings, origins } = read(text);
    expect(settings.server).toMatchObject({ host: 'mail.example', port: 587 });
    expect(origins['server.host']?.line).toBe(5);
    expect(errorOf(helmGrafana.merge(text, sampleSettings(), contextFor(helmGrafana))).code).toBe('TARGET_REFUSES');
  });

  it('refuses what the chart would break, and ports that Grafana takes otherwise', () => {
    for (const password of ['a#b', 'a;b', '{{ a }}', `a"b`, ' a']) {
      expect(errorOf(helmGrafana.render(sampleSettings(), contextFor(helmGrafana, {}, 'include', password))).code).toBe(
        'TARGET_REFUSES',
      );
    }
    const settings = sampleSettings((next) => {
      next.server.security = 'tls';
    });
    expect(fieldsOf(helmGrafana.limits(settings, contextFor(helmGrafana)))).toContain('refused server.security');
  });
});
