import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UNKNOWN_HOST } from '../../../../engine/targets/draft.ts';
import { compose } from '../../../../engine/targets/export.ts';
import { readBytes } from '../../../../engine/targets/import.ts';
import { must } from '../support.ts';

const FOLDER = resolve(process.env.RELAYSMITH_SAMPLES ?? resolve(import.meta.dirname, '../../../../../shared/samples'));

const NONE = 'NOT_RECOGNISED';
/** Product, host known or not, port, security, sign-in and the state of each secret, for every real file. */
const EXPECTED: Record<string, string> = {
  'env-authentik/001.env': 'authentik smtp.example.com 587 starttls none',
  'env-django/001.env': 'env localhost 1025 starttls-if-offered none',
  'env-generic/001.env': 'env smtp.oopl.dev.mil 587 starttls-if-offered none',
  'env-generic/003.env': 'env smtp.mailtrap.io 2525 starttls-if-offered password value',
  'env-generic/005.env': 'env smtp.gmail.com 587 starttls-if-offered password value',
  'env-generic/007.env': NONE,
  'env-generic/009.env': NONE,
  'env-generic/011.env': 'env smtp.gmail.com 587 starttls-if-offered password value',
  'env-generic/013.env': NONE,
  'env-generic/015.env': 'TEMPLATE_FILE',
  'env-generic/017.env': NONE,
  'env-generic/019.env':
    'env smtp.example.com 587 starttls-if-offered password value, smtp 587 starttls-if-offered none',
  'env-generic/021.env': 'env no host 587 starttls-if-offered none',
  'env-generic/023.env': NONE,
  'env-generic/025.env': NONE,
  'env-generic/027.env': 'env smpt.gdev.by 587 starttls-if-offered password empty',
  'env-generic/029.env': NONE,
  'env-generic/031.env': NONE,
  'env-generic/033.env': NONE,
  'env-generic/035.env': NONE,
  'env-generic/036.env': 'TEMPLATE_FILE',
  'env-generic/038.env': 'env smtp.gmail.com 587 starttls-if-offered none reference',
  'env-generic/040.env': NONE,
  'env-generic/042.env': 'env smtp.example.com 587 starttls password value',
  'env-generic/044.env': NONE,
  'env-laravel/001.env': 'laravel mailtrap.io 2525 starttls-if-offered none',
  'env-laravel/003.env': 'laravel smtp.domain.com 587 starttls-if-offered password value',
  'env-mastodon/001.env': 'mastodon smtp.mailgun.org 587 starttls-if-offered none',
  'env-nextcloud/001.env': NONE,
  'env-vaultwarden/001.env': 'vaultwarden smtp.oopl.dev.mil 587 starttls none',
  'env-vaultwarden/003.env': NONE,
  'env-vaultwarden/005.env': NONE,
};

function summary(result: ReturnType<typeof readBytes>): string {
  if (!result.ok) return result.error.code;
  const profiles = result.value.parsed.profiles.map(({ settings: { server, signIn }, secrets }) => {
    const host = server.host === UNKNOWN_HOST ? 'no host' : server.host;
    return [host, server.port, server.security, signIn.method, ...secrets.map(({ state }) => state)].join(' ');
  });
  return `${result.value.target.info.id} ${profiles.join(', ')}`;
}

describe('real env files', () => {
  if (!existsSync(FOLDER)) {
    it('are looked for in the folder that RELAYSMITH_SAMPLES names', (context) => {
      if (process.env.CI) throw new Error('The samples are missing');
      console.log('Real files were not tested: set RELAYSMITH_SAMPLES to their folder.');
      context.skip();
    });
    return;
  }

  it('are all in the table', () => {
    const folders = readdirSync(FOLDER).filter((name) => name.startsWith('env-'));
    const files = folders.flatMap((name) => readdirSync(resolve(FOLDER, name)).map((file) => `${name}/${file}`));
    expect(files.sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(Object.entries(EXPECTED))('%s gives %s', (name, expected) => {
    expect(summary(readBytes(readFileSync(resolve(FOLDER, name)), name, null))).toBe(expected);
  });

  it('keep every line that is not about mail when merged into, and all of them the second time', () => {
    for (const name of Object.keys(EXPECTED)) {
      const bytes = readFileSync(resolve(FOLDER, name));
      const result = readBytes(bytes, name, null);
      const profile = result.ok ? result.value.parsed.profiles[0] : undefined;
      if (!result.ok || !profile) continue;
      const text = bytes.toString('utf8');
      const request = { target: result.value.target.info.id, options: {}, policy: 'leave-out' as const };
      const once = must(compose(profile.settings, {}, { ...request, into: { text, bom: false } })).text;
      expect(must(compose(profile.settings, {}, { ...request, into: { text: once, bom: false } })).text).toBe(once);
      const others = (whole: string) => whole.split('\n').filter((line) => !/^\s*\w*(SMTP|MAIL|HELO)\w*=/i.test(line));
      expect(others(once)).toEqual(others(text));
      expect(once.endsWith('\n')).toBe(text.endsWith('\n'));
    }
  });
});
