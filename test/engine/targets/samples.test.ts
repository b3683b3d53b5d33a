import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UNKNOWN_HOST } from '../../../engine/targets/draft.ts';
import { compose } from '../../../engine/targets/export.ts';
import { readBytes } from '../../../engine/targets/import.ts';
import { JsonDocument } from '../../../engine/targets/json/document.ts';
import { describeError } from '../../../shared/messages.ts';
import { problemsOf } from '../../../shared/profile.ts';
import { isMask } from '../../../shared/secrets.ts';
import { must } from './support.ts';

/*
 * Real files of real deployments, which are no part of this repository. RELAYSMITH_SAMPLES names their folder, which has
 * a sub-folder for each product.
 */
const FOLDER = resolve(import.meta.dirname, '../../..', process.env.RELAYSMITH_SAMPLES ?? '../shared/samples');

/** What a file gives: for each profile `port security sign-in secrets`, or the code of the refusal with its place. */
const EXPECTED: Record<string, Record<string, string>> = {
  mattermost: {
    '001.json': '10025 none none',
    '003.json': '10025 none none',
    '005.json': '10025 none none',
    '007.json': '10025 none none',
    '009.json': '10025 none none',
    '011.json': '587 starttls-if-offered password value',
    '013.json': '10025 none none',
    '015.json': '10025 none none',
    '017.json': '10025 none none',
    '019.json': '10025 starttls-if-offered password empty',
    '021.json': 'TEMPLATE_FILE line 1',
    '023.json': '2500 none none',
    '025.json': '10025 none none',
    '027.json': '10025 none none',
    '029.json': '10025 none none',
    '031.json': '10025 none none',
    '033.json': '10025 none none',
    '035.json': 'TEMPLATE_FILE line 3',
    '037.json': '10025 none none',
    '039.json': '10025 none none',
    '041.json': '10025 none none',
    '043.json': '10025 none none',
    '045.json': '10025 none none',
    '047.json': 'PARSE_FAILED line 14 column 9',
    '049.json': '10025 none none',
    '051.json': '10025 none none',
    '053.json': '10025 none none',
    '055.json': '10025 none none',
    '057.json': '10025 none none',
    '059.json': '10025 none none',
    '061.json': 'TEMPLATE_FILE line 1',
    '063.json': '10025 none none',
    '065.json': '10025 none none',
    '067.json': '10025 none none',
    '069.json': '10025 none none',
    '071.json': '10025 none none',
    '073.json': '10025 none none',
    '075.json': '10025 none none',
    '077.json': 'TEMPLATE_FILE line 1',
    '079.json': '2500 none none',
    '081.json': '10025 none none',
    '083.json': '10025 none none',
    '085.json': '10025 none none',
    '087.json': '10025 none none',
    '089.json': '10025 none none',
    '091.json': '10025 none none',
    '093.json': '2500 none none',
  },
  keycloak: {
    '001.json': '587 starttls-if-offered password reference',
    '003.json': 'NO_MAIL_SETTINGS',
    '005.json': 'NO_MAIL_SETTINGS',
    '007.json': 'NO_MAIL_SETTINGS',
    '009.json': '587 starttls-if-offered password empty',
    '011.json': '587 starttls-if-offered password empty',
    '013.json': '587 starttls-if-offered password empty',
    '015.json': 'NO_MAIL_SETTINGS',
    '017.json': 'NO_MAIL_SETTINGS',
    '019.json': '587 starttls-if-offered password mask',
    '021.json': 'NO_MAIL_SETTINGS',
    '023.json': 'NO_MAIL_SETTINGS',
    '025.json': 'NO_MAIL_SETTINGS',
    '027.json': 'NO_MAIL_SETTINGS',
    '030.json': 'NO_MAIL_SETTINGS',
    '032.json': 'NO_MAIL_SETTINGS',
    '034.json': '1025 none none',
    '036.json': '1025 none none',
    '038.json': 'NO_MAIL_SETTINGS',
    '040.json': 'NO_MAIL_SETTINGS',
    '042.json': '2525 none password mask',
    '044.json': 'NO_MAIL_SETTINGS',
    '046.json': 'NO_MAIL_SETTINGS',
    '048.json': 'NO_MAIL_SETTINGS',
    '050.json': 'NO_MAIL_SETTINGS',
    '052.json': 'NO_MAIL_SETTINGS',
    '054.json': 'NO_MAIL_SETTINGS',
    '056.json': 'NO_MAIL_SETTINGS',
    '058.json': 'NO_MAIL_SETTINGS',
    '060.json': 'NO_MAIL_SETTINGS',
    '062.json': 'NO_MAIL_SETTINGS',
    '066.json': '587 starttls-if-offered none',
    '068.json': 'NO_MAIL_SETTINGS',
    '070.json': 'NO_MAIL_SETTINGS',
    '072.json': 'NO_MAIL_SETTINGS',
    '074.json': 'NO_MAIL_SETTINGS',
    '076.json': 'NO_MAIL_SETTINGS',
    '079.json': 'NO_MAIL_SETTINGS',
    '081.json': '465 starttls-if-offered password mask',
    '083.json': '587 starttls-if-offered password mask',
    '086.json': 'NO_MAIL_SETTINGS',
    '088.json': 'NO_MAIL_SETTINGS',
  },
  nodemailer: {
    '001.json': '465 tls none empty',
    '003.json':
      '25 none password value, 25 none password value, 25 starttls-if-offered password value, 465 tls password value',
    '005.json': '587 starttls-if-offered none empty',
    '007.json': 'no host, 587 starttls-if-offered password value',
    '009.json': 'no host, 587 starttls-if-offered password value',
    '011.json': '465 tls password value',
  },
};

const isThere = existsSync(FOLDER);

describe('real files', () => {
  if (!isThere) {
    it('are looked for in the folder that RELAYSMITH_SAMPLES names', (context) => {
      if (process.env.CI) throw new Error('The samples are missing');
      console.log('Real files were not tested: set RELAYSMITH_SAMPLES to their folder.');
      context.skip();
    });
    return;
  }

  for (const [product, table] of Object.entries(EXPECTED)) {
    const read = (name: string) => readFileSync(resolve(FOLDER, product, name));

    it(`of ${product} are all in the table`, () => {
      expect(readdirSync(resolve(FOLDER, product)).sort()).toEqual(Object.keys(table).sort());
    });

    it.each(Object.entries(table))(`of ${product}: %s gives %s`, (name, expected) => {
      const result = readBytes(read(name), name, null);
      expect(summary(result)).toBe(expected);
      if (!result.ok) {
        expect(describeError(result.error).what).toMatch(/^[A-Z].*\.$/);
        return;
      }
      const { target, parsed } = result.value;
      expect(target.info.id).toBe(product);
      for (const { settings, origins, secrets } of parsed.profiles) {
        expect(problemsOf(settings)).toEqual([]);
        for (const { line } of Object.values(origins)) expect(line).toBeGreaterThan(0);
        for (const { value } of secrets) expect(isMask(value ?? '')).toBe(false);
      }
    });

    it(`of ${product} change in no byte outside the mail keys when merged into, and not again the second time`, () => {
      for (const name of Object.keys(table)) {
        const bytes = read(name);
        const result = readBytes(bytes, name, null);
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
    });
  }
});

function summary(result: ReturnType<typeof readBytes>): string {
  if (!result.ok) {
    const { code, facts } = result.error;
    return 'line' in facts ? `${code} line ${facts.line}${'column' in facts ? ` column ${facts.column}` : ''}` : code;
  }
  return result.value.parsed.profiles
    .map(({ settings: { server, signIn }, secrets }) =>
      [
        server.host === UNKNOWN_HOST ? 'no host,' : '',
        server.port,
        server.security,
        signIn.method,
        ...secrets.map(({ state }) => state),
      ]
        .join(' ')
        .trim(),
    )
    .join(', ');
}

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
