import { expect, it } from 'vitest';
import { compose } from '../../../engine/targets/export.ts';
import { readBytes } from '../../../engine/targets/import.ts';
import { JsonDocument } from '../../../engine/targets/json/document.ts';
import { describeError } from '../../../shared/messages.ts';
import { problemsOf } from '../../../shared/profile.ts';
import { isMask } from '../../../shared/secrets.ts';
import { summaryOf } from './sample-summary.ts';
import { SAMPLE_TABLE } from './sample-table.ts';
import { describeSamples, sample, sampleFiles } from './samples.ts';
import { must } from './support.ts';

describeSamples('real files', () => {
  it('are all in the table', () => {
    expect(sampleFiles()).toEqual(Object.keys(SAMPLE_TABLE).sort());
  });

  it.each(Object.entries(SAMPLE_TABLE))('%s gives %s', (path, expected) => {
    const result = readBytes(sample(path), path.split('/').at(-1) ?? '', null);
    expect(summaryOf(result)).toBe(expected);
    if (!result.ok) {
      expect(describeError(result.error).what).toMatch(/^[A-Z].*\.$/);
      return;
    }
    for (const { settings, origins, secrets } of result.value.parsed.profiles) {
      expect(problemsOf(settings)).toEqual([]);
      for (const { key, line } of Object.values(origins)) {
        expect(key).not.toBe('');
        expect(line).toBeGreaterThan(0);
      }
      for (const { value } of secrets) expect(isMask(value ?? '')).toBe(false);
    }
  });
});

describeSamples('real JSON files', () => {
  it.each(['mattermost', 'keycloak', 'nodemailer'])(
    'of %s change in no byte outside the mail keys when merged into, and not again the second time',
    (product) => {
      for (const path of sampleFiles(product)) {
        const bytes = sample(path);
        const result = readBytes(bytes, path, null);
        const [profile, second] = result.ok ? result.value.parsed.profiles : [];
        if (!profile || second) continue;
        const text = bytes.toString('utf8');
        const request = { target: product, options: {}, policy: 'leave-out' as const };
        const merged = compose(profile.settings, {}, { ...request, into: { text, bom: false } });
        if (!merged.ok) {
          expect(text).toMatch(/"UseTLS"|"ByPassEmail"/);
          continue;
        }
        const once = merged.value.text;
        const twice = must(compose(profile.settings, {}, { ...request, into: { text: once, bom: false } })).text;
        expect(twice).toBe(once);
        expect(around(product, once)).toEqual(around(product, text));
        expect(endsOfLines(once)).toEqual(endsOfLines(text));
      }
    },
  );
});

/** The text before and after the mail settings; nodemailer's stand anywhere, so there only that it is JSON. */
function around(product: string, text: string): string[] {
  const key = { mattermost: 'EmailSettings', keycloak: 'smtpServer' }[product];
  const document = must(JsonDocument.read(text));
  const section = key && document.member(document.root, key);
  return section ? [text.slice(0, section.valueStart), text.slice(section.valueEnd)] : [];
}

function endsOfLines(text: string): { last: boolean; crlf: boolean; lf: boolean } {
  return { last: text.endsWith('\n'), crlf: text.includes('\r\n'), lf: /(?<!\r)\n/.test(text) };
}
