import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UNKNOWN_HOST } from '../../../../engine/targets/draft.ts';
import { compose } from '../../../../engine/targets/export.ts';
import { readBytes } from '../../../../engine/targets/import.ts';
import { describeError } from '../../../../shared/messages.ts';
import { problemsOf } from '../../../../shared/profile.ts';
import { must } from '../support.ts';

/** Real files of real deployments, which are no part of this repository; see samples.test.ts. */
const FOLDER = resolve(import.meta.dirname, '../../../..', process.env.RELAYSMITH_SAMPLES ?? '../shared/samples');

/** What a file gives: the product, and for each profile `port security sign-in secrets`; or the refusal. */
const EXPECTED: Record<string, Record<string, string>> = {
  alertmanager: {
    '001.yml': 'alertmanager: 1025 none none',
    '003.yml': 'NO_MAIL_SETTINGS',
    '005.yml': 'alertmanager: 587 starttls password empty',
    '007.yml': 'alertmanager: 25 starttls none',
    '009.yml': 'NO_MAIL_SETTINGS',
    '011.yml': 'alertmanager: 25 starttls password value',
    '013.yml': 'alertmanager: 25 starttls password value',
    '015.yml': 'NO_MAIL_SETTINGS',
  },
  ansible: {
    '001.yml': 'ansible: 465 starttls-if-offered password value',
    '003.yml': 'ansible: 465 starttls-if-offered password value',
    '005.yml': 'NO_MAIL_SETTINGS',
  },
  compose: {
    '001.yml': 'NO_MAIL_SETTINGS',
    '003.yml': 'NO_MAIL_SETTINGS',
    '005.yml': 'NO_MAIL_SETTINGS',
    '007.yml': 'NO_MAIL_SETTINGS',
    '009.yml': 'compose: 587 starttls-if-offered none reference',
    '011.yml': 'NO_MAIL_SETTINGS',
    '013.yml': 'NO_MAIL_SETTINGS',
    '015.yml': 'compose: no host 25 starttls-if-offered none, no host 25 starttls-if-offered none',
    '017.yml': 'NO_MAIL_SETTINGS',
    '019.yml': 'NO_MAIL_SETTINGS',
  },
  discourse: {
    '001.yml': 'discourse: 25 starttls-if-offered password value',
    '003.yml': 'discourse: 25 starttls-if-offered none',
    '005.yml': 'discourse: 25 starttls-if-offered password value',
  },
  homeassistant: {
    '001.yaml': 'homeassistant: 587 starttls password reference',
  },
  'jenkins-casc': {
    '001.yaml': 'jenkins: no host 587 starttls none, no host 587 starttls password no user reference',
    '003.yaml': 'jenkins: 4441 none none',
    '005.yaml': 'jenkins: 9876 tls password value, 1234 tls password value',
    '007.yaml': 'jenkins: 9876 tls password value, 1234 tls password value',
    '009.yaml': 'jenkins: 9876 tls password no user reference, 1234 tls password no user reference',
  },
  'jenkins-xml': {
    '001.xml': 'jenkins: 2525 tls password value, 2626 tls password value',
    '003.xml': 'jenkins: 2525 tls password no user reference, 2626 tls password no user reference',
    '005.xml': 'jenkins: 2525 tls password no user reference, 2626 tls password no user reference',
  },
  kubernetes: {
    '001.yaml': 'TEMPLATE_FILE line 4',
    '003.yaml': 'TEMPLATE_FILE line 1',
    '005.yaml': 'TEMPLATE_FILE line 1',
    '007.yaml': 'TEMPLATE_FILE line 1',
    '009.yaml': 'kubernetes: 10025 none none',
    '011.yaml': 'TEMPLATE_FILE line 5',
  },
  redmine: {
    '001.yml': 'NO_MAIL_SETTINGS',
    '003.yml': 'NO_MAIL_SETTINGS',
    '005.yml': 'redmine: 25 starttls-if-offered password value',
    '007.yml': 'redmine: 25 starttls-if-offered password value, 25 starttls-if-offered password value',
  },
  sentry: {
    '001.yml': 'sentry: 25 none none',
    '003.yml': 'sentry: 25 none none',
    '005.yml': 'sentry: 25 none none',
  },
  'spring-yaml': {
    '001.yml': 'spring-yaml: no host 25 none password no user reference',
    '003.yml': 'spring-yaml: 587 starttls-if-offered password reference',
    '005.yml': 'NO_MAIL_SETTINGS',
  },
};

const isThere = existsSync(FOLDER);
if (!isThere) console.log('Real files were not tested: set RELAYSMITH_SAMPLES to their folder.');

// In CI a missing folder fails the tests.
describe.skipIf(!isThere && !process.env.CI)('real YAML and XML files', () => {
  for (const [folder, table] of Object.entries(EXPECTED)) {
    const read = (name: string) => readFileSync(resolve(FOLDER, folder, name));

    it(`of ${folder} are all in the table`, () => {
      expect(readdirSync(resolve(FOLDER, folder)).sort()).toEqual(Object.keys(table).sort());
    });

    it.each(Object.entries(table))(`of ${folder}: %s gives %s`, (name, expected) => {
      const result = readBytes(read(name), name, null);
      expect(summary(result)).toBe(expected);
      if (!result.ok) {
        expect(describeError(result.error).what).toMatch(/^[A-Z].*\.$/);
        return;
      }
      for (const { settings, origins } of result.value.parsed.profiles) {
        expect(problemsOf(settings)).toEqual([]);
        for (const { line } of Object.values(origins)) expect(line).toBeGreaterThan(0);
      }
    });

    it(`of ${folder} lose only lines about mail when merged into, and change no more the second time`, () => {
      for (const name of Object.keys(table)) mergeBack(read(name), name);
    });
  }
});

function mergeBack(bytes: Buffer, name: string): void {
  const result = readBytes(bytes, name, null);
  const [profile, second] = result.ok ? result.value.parsed.profiles : [];
  if (!result.ok || !profile || second) return;
  const text = bytes.toString('utf8');
  const request = { target: result.value.target.info.id, options: {}, policy: 'leave-out' as const };
  const merged = compose(profile.settings, {}, { ...request, into: { text, bom: false } });
  if (!merged.ok) {
    expect(merged.error.code).toBe('TARGET_REFUSES');
    return;
  }
  const once = merged.value.text;
  expect(must(compose(profile.settings, {}, { ...request, into: { text: once, bom: false } })).text).toBe(once);
  const left = once.split('\n');
  const lost = text.split('\n').filter((line) => {
    const at = left.indexOf(line);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
  for (const line of lost)
    expect(line).toMatch(/smtp|mail|port|tls|ssl|auth|user|password|address|domain|host|timeout|sender/i);
  expect(once.endsWith('\n')).toBe(text.endsWith('\n'));
  expect(/[^\r]\n/.test(once)).toBe(/[^\r]\n/.test(text));
}

function summary(result: ReturnType<typeof readBytes>): string {
  if (!result.ok) {
    const { code, facts } = result.error;
    return 'line' in facts ? `${code} line ${facts.line}` : code;
  }
  const { target, parsed } = result.value;
  const profiles = parsed.profiles.map(({ settings: { server, signIn }, secrets }) => {
    const host = server.host === UNKNOWN_HOST ? 'no host' : '';
    const user = signIn.method !== 'none' && signIn.username === '' ? 'no user' : '';
    const words = [host, server.port, server.security, signIn.method, user, ...secrets.map(({ state }) => state)];
    return words.filter((word) => word !== '').join(' ');
  });
  return `${target.info.id}: ${profiles.join(', ')}`;
}
