import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { renderReport } from '../../../engine/reports/render.ts';
import { emptySettings } from '../../../shared/profile.ts';
import type { TestReport } from '../../../shared/report.ts';
import { fakeReport } from '../../support/fake-report.ts';

function reportFor(host: string, name = 'Acme relay'): TestReport {
  const settings = emptySettings();
  return fakeReport({ ...settings, name, server: { ...settings.server, host } }, 'check');
}

const page = (report: TestReport, mask = false) => renderReport(report, { format: 'html', mask }).text;

/** Elements of a page and all its text; strict, so that a broken escape shows. */
function elementsOf(text: string): { names: string[]; attributes: [string, string][]; words: string } {
  const names: string[] = [];
  const attributes: [string, string][] = [];
  let words = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    names.push(tag.name);
    attributes.push(...(Object.entries(tag.attributes) as [string, string][]));
  });
  parser.on('text', (more) => {
    words += more;
  });
  // Empty elements of HTML have no slash; nothing else differs from XML in our page.
  const xml = text.replace(/^<!doctype html>/, '').replace(/<(meta|br)([^>]*)>/g, '<$1$2/>');
  parser.write(xml).close();
  return { names, attributes, words };
}

describe('a report as a page', () => {
  test('has every stage, the chain, the transcript and the diagnosis', () => {
    const text = page(reportFor('staging.example'));
    for (const part of ['The check failed', 'Acme relay', 'CERT_EXPIRED', 'Renew it on the server', 'CN=Acme Root']) {
      expect(text).toContain(part);
    }
    expect(text).toContain('AUTH PLAIN [secret]');
    expect(text).toMatch(/Not tested: .*Sign-in/);
  });

  test('is one file that runs nothing and fetches nothing', () => {
    const text = page(reportFor('staging.example'));
    const { names, attributes } = elementsOf(text);
    expect(
      names.filter((name) => ['script', 'link', 'img', 'iframe', 'object', 'form', 'a', 'svg'].includes(name)),
    ).toEqual([]);
    expect(attributes.filter(([name]) => /^(on|src|href|style)/.test(name))).toEqual([]);
    expect(text).not.toMatch(/url\(|@import|https?:\/\//);
    const style = /<style>([^<]*)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    const policy = attributes.find(([name, value]) => name === 'content' && value.includes('default-src'))?.[1];
    expect(policy).toBe(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`);
  });

  test('takes any text for text: no name, note or word of a server becomes markup', () => {
    const evil = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        '</style><script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' onload='x",
        '<!--',
        '&lt;',
        ']]>',
      ),
    );
    const count = elementsOf(page(reportFor('staging.example'))).names.length;
    fc.assert(
      fc.property(evil, (text) => {
        const report = reportFor('staging.example', `x${text}`);
        const given: TestReport = {
          ...report,
          stages: report.stages.map((stage) => ({ ...stage, note: `n${text}` })),
          transcript: report.transcript.map((line) => ({ ...line, text })),
          diagnosis: report.diagnosis && { ...report.diagnosis, cause: text, remedy: text },
        };
        const { names, attributes } = elementsOf(page(given));
        expect(names).toHaveLength(count);
        expect(attributes.filter(([name]) => /^(on|src|href|style)/.test(name))).toEqual([]);
      }),
    );
  });

  test('can be masked, its file name too', () => {
    const { fileName, text } = renderReport(reportFor('mail.acme.test'), { format: 'html', mask: true });
    expect(text).not.toContain('acme.test');
    expect(text).not.toContain('Acme relay');
    expect(fileName).toBe('report-2026-11-21-14-02.html');
    expect(renderReport(reportFor('mail.acme.test'), { format: 'text', mask: false }).fileName).toBe(
      'Acme-relay-2026-11-21-14-02.txt',
    );
  });
});
