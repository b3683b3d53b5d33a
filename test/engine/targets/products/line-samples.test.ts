import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UNKNOWN_HOST } from '../../../../engine/targets/draft.ts';
import { compose } from '../../../../engine/targets/export.ts';
import { readBytes } from '../../../../engine/targets/import.ts';
import { problemsOf } from '../../../../shared/profile.ts';
import { must } from '../support.ts';

/* Real files, which are no part of this repository; see samples.test.ts for where they are looked for. */
const FOLDER = resolve(import.meta.dirname, '../../../..', process.env.RELAYSMITH_SAMPLES ?? '../shared/samples');

/** For each profile `host port security sign-in secrets`, or the code of the refusal. */
const EXPECTED: Record<string, Record<string, string>> = {
  grafana: {
    '001.ini': 'NO_MAIL_SETTINGS',
    '003.ini': 'NO_MAIL_SETTINGS',
    '005.ini': 'NO_MAIL_SETTINGS',
    '007.ini': 'NO_MAIL_SETTINGS',
    // A mail server's own file, and two of Helm in which every key of mail is commented out.
    '009.ini': 'NOT_RECOGNISED',
    '011.ini': 'NOT_RECOGNISED',
    '013.ini': 'TEMPLATE_FILE',
  },
  gitea: {
    '001.ini': 'NO_MAIL_SETTINGS',
    '003.ini': 'NO_MAIL_SETTINGS',
    '005.ini': 'NO_MAIL_SETTINGS',
    '007.ini': '192.168.100.2 25 starttls-if-offered password empty',
    '009.ini': 'NO_MAIL_SETTINGS',
    '011.ini': 'NO_MAIL_SETTINGS',
  },
  odoo: { '001.conf': 'NO_MAIL_SETTINGS' },
  postfix: { '001.cf': 'NO_MAIL_SETTINGS', '003.cf': 'NO_MAIL_SETTINGS', '005.cf': 'NO_MAIL_SETTINGS' },
  msmtp: {
    '001.msmtprc': 'no host 25 none none reference',
    '003.msmtprc': '172.19.0.1 25 none none',
    '005.msmtprc':
      'smtp.freemail.example 587 starttls password reference, smtp.freemail.example 587 starttls password reference, mail.isp.example 587 starttls password',
    '007.msmtprc': 'mail.oursite.example 465 tls none',
    '009.msmtprc':
      'smtp.freemail.example 587 starttls password reference, smtp.freemail.example 587 starttls password reference, mail.company.example 587 starttls password',
  },
  'spring-properties': { '001.properties': 'smtp.gmail.com 587 starttls-if-offered password reference' },
};

describe('real files of lines', () => {
  if (!existsSync(FOLDER)) {
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
      if (!result.ok) {
        expect(result.error.code).toBe(expected);
        return;
      }
      const { target, parsed } = result.value;
      expect(target.info.id).toBe(product);
      for (const { settings } of parsed.profiles) expect(problemsOf(settings)).toEqual([]);
      const found = parsed.profiles.map(({ settings: { server, signIn }, secrets }) =>
        [
          server.host === UNKNOWN_HOST ? 'no host' : server.host,
          server.port,
          server.security,
          signIn.method,
          ...secrets.map(({ state }) => state),
        ].join(' '),
      );
      expect(found.join(', ')).toBe(expected);
    });

    it(`of ${product} lose no line when merged into, and change no more the second time`, () => {
      const source = readFileSync(resolve(FOLDER, 'msmtp', '003.msmtprc'));
      const [profile] = must(readBytes(source, 'msmtprc', 'msmtp')).parsed.profiles;
      if (!profile) throw new Error('no profile');
      const settings = {
        ...profile.settings,
        sender: { ...profile.settings.sender, from: { address: 'a@a.example', name: 'A' } },
      };
      for (const name of Object.keys(table).filter((file) => !/NOT_RECOGNISED|TEMPLATE_FILE/.test(table[file] ?? ''))) {
        const text = read(name).toString('utf8');
        const options: Record<string, string> = product === 'msmtp' ? { account: 'default' } : {};
        const request = { target: product, options, policy: 'leave-out' as const };
        const once = must(compose(settings, {}, { ...request, into: { text, bom: false } })).text;
        expect(must(compose(settings, {}, { ...request, into: { text: once, bom: false } })).text).toBe(once);
        const after = new Set(once.split('\n'));
        const gone = text.split('\n').filter((line) => !after.has(line));
        // Only lines that set something about mail may differ.
        for (const line of gone)
          expect(line).toMatch(
            /^\s*(?:ENABLED|HOST|FROM|USER|PASSWD|IS_TLS|SKIP|DISABLE|USE_CERT|CERT|KEY|HELO|relayhost|smtp_|host|port|from|user|tls|auth|password|spring\.mail)/,
          );
        expect(once.endsWith('\n')).toBe(text.endsWith('\n'));
      }
    });
  }
});
