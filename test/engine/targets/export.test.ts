import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compose, type ExportRequest, preview } from '../../../engine/targets/export.ts';
import { readExisting, writeExport } from '../../../engine/targets/export-file.ts';
import { TARGETS } from '../../../engine/targets/index.ts';
import { exportPreview, SECRET_POLICIES } from '../../../shared/target.ts';
import { anySettings, CANARY, sampleSettings } from './arbitrary.ts';
import { errorOf, must } from './support.ts';

const request = (change: Partial<ExportRequest> = {}): ExportRequest => ({
  target: 'mattermost',
  options: {},
  policy: 'leave-out',
  into: null,
  ...change,
});
const secrets = { password: CANARY, clientSecret: CANARY, refreshToken: CANARY, accessToken: CANARY };
const hasCanary = (value: unknown) => JSON.stringify(value).includes('canary');

const EXISTING = `{
  "ServiceSettings": {
    "SiteURL": "https://chat.acme.example"
  },
  "SqlSettings": {
    "DataSource": "postgres://mm:other-canary@db/mm",
    "AtRestEncryptKey": "other-canary"
  },
${Array.from({ length: 40 }, (_, index) => `  "Key${index}": ${index},\n`).join('')}  "EmailSettings": {
    "SMTPServer": "old.example",
    "SMTPPassword": "other-canary"
  }
}`;

describe('preview', () => {
  it('shows no secret, whatever the policy, target, form and settings', () => {
    const forms = TARGETS.flatMap(({ info }) =>
      (info.options.find(({ key }) => key === 'form')?.values ?? [{ value: '' }]).map(({ value }) => ({
        target: info.id,
        options: value === '' ? {} : ({ form: value } as Record<string, string>),
      })),
    );
    fc.assert(
      fc.property(
        anySettings,
        fc.constantFrom(...forms),
        fc.constantFrom(...SECRET_POLICIES),
        (settings, form, policy) => {
          for (const into of [null, { text: EXISTING, bom: false }]) {
            const shown = preview(settings, secrets, request({ ...form, policy, into }));
            expect(hasCanary(shown)).toBe(false);
            if (!shown.ok) continue;
            expect(exportPreview.safeParse(shown.value).success).toBe(true);
            expect(shown.value.holdsSecret).toBe(policy === 'include' && settings.signIn.method !== 'none');
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('puts the real secret into the text that is written, and only there', () => {
    const composed = must(compose(sampleSettings(), secrets, request({ policy: 'include' })));
    expect(JSON.parse(composed.text).EmailSettings.SMTPPassword).toBe(CANARY);
    const shown = must(preview(sampleSettings(), secrets, request({ policy: 'include' })));
    expect(shown.text).toContain('"SMTPPassword": "••••••••"');
    expect(shown.holdsSecret).toBe(true);
  });

  it('shows that a password changes, and leaves out what is far from any change', () => {
    const shown = must(
      preview(sampleSettings(), secrets, request({ policy: 'include', into: { text: EXISTING, bom: false } })),
    );
    const texts = shown.diff.map(({ kind, text }) => `${kind} ${text.trim()}`);
    expect(texts).toContain('removed "SMTPPassword": "••••••••"');
    expect(texts).toContain('added "SMTPPassword": "••••••••",');
    expect(texts.filter((text) => text.startsWith('same "Key')).length).toBeLessThanOrEqual(3);
    expect(shown.diff[0]).toEqual({ kind: 'same', text: '…' });
  });

  it('shows an empty diff when nothing changes', () => {
    const first = must(compose(sampleSettings(), secrets, request()));
    const again = must(preview(sampleSettings(), secrets, request({ into: { text: first.text, bom: false } })));
    expect(again.diff).toEqual([]);
  });

  it('bounds what it shows of a huge file on one line', () => {
    const text = JSON.stringify({ big: 'x'.repeat(1_000_000), EmailSettings: { SMTPServer: 'a' } });
    const shown = must(preview(sampleSettings(), secrets, request({ into: { text, bom: false } })));
    expect(JSON.stringify(shown).length).toBeLessThan(10_000);
  });

  it('suggests no name that would replace a whole configuration', () => {
    for (const { info } of TARGETS) {
      const shown = must(preview(sampleSettings(), secrets, request({ target: info.id })));
      expect(['config.json', 'realm-export.json']).not.toContain(shown.fileName);
    }
  });
});

describe('compose', () => {
  it('needs the secrets that it is to include', () => {
    expect(errorOf(compose(sampleSettings(), {}, request({ policy: 'include' })))).toEqual({
      code: 'SECRET_NEEDED',
      facts: { kinds: ['password'], reason: 'not-stored' },
    });
  });

  it('refuses an option that the target does not have', () => {
    expect(errorOf(compose(sampleSettings(), {}, request({ options: { form: 'xml' } }))).code).toBe('INVALID_INPUT');
    expect(errorOf(compose(sampleSettings(), {}, request({ options: { colour: 'x' } }))).code).toBe('INVALID_INPUT');
    expect(errorOf(compose(sampleSettings(), {}, request({ target: 'nope' }))).code).toBe('TARGET_UNKNOWN');
  });

  it('keeps a byte order mark of the file that it merges into', () => {
    const composed = must(compose(sampleSettings(), {}, request({ into: { text: EXISTING, bom: true } })));
    expect(composed.text.charCodeAt(0)).toBe(0xfeff);
  });
});

describe('writeExport', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'relaysmith-export-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const composed = (change: Partial<ExportRequest> = {}) => must(compose(sampleSettings(), secrets, request(change)));

  it('lets only the owner read a file with a secret in it', async () => {
    const path = join(folder, 'mail.json');
    const written = must(await writeExport(composed({ policy: 'include' }), { path, followLink: false, into: null }));
    expect(written).toEqual({ file: 'mail.json', bytes: (await readFile(path)).length, backup: '' });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, 'utf8')).toContain(JSON.stringify(CANARY));
  });

  it('merges in place and keeps the old file beside it', async () => {
    const path = join(folder, 'config.json');
    await writeFile(path, EXISTING);
    await chmod(path, 0o640);
    const into = must(await readExisting(path, null));
    const written = must(await writeExport(composed({ into }), { path, followLink: false, into }));
    expect(await readFile(join(folder, written.backup), 'utf8')).toBe(EXISTING);
    expect(JSON.parse(await readFile(path, 'utf8')).EmailSettings).toMatchObject({
      SMTPServer: 'mail.acme.example',
      SMTPPassword: 'other-canary',
    });
  });

  it('notices that the file changed since the preview', async () => {
    const path = join(folder, 'config.json');
    await writeFile(path, EXISTING);
    const seen = must(await readExisting(path, null));
    await writeFile(path, `${EXISTING}\n`);
    expect(errorOf(await readExisting(path, seen.hash))).toEqual({
      code: 'FILE_CHANGED',
      facts: { file: 'config.json' },
    });
    expect(errorOf(await writeExport(composed({ into: seen }), { path, followLink: false, into: seen })).code).toBe(
      'FILE_CHANGED',
    );
    expect(await readFile(path, 'utf8')).toBe(`${EXISTING}\n`);
    expect(await readdir(folder)).toEqual(['config.json']);
  });

  it('does not follow a symbolic link unasked', async () => {
    const path = join(folder, 'link.json');
    await writeFile(join(folder, 'real.json'), 'x');
    await symlink('real.json', path);
    expect(errorOf(await writeExport(composed(), { path, followLink: false, into: null })).code).toBe('FILE_IS_LINK');
    must(await writeExport(composed(), { path, followLink: true, into: null }));
    expect(await readFile(join(folder, 'real.json'), 'utf8')).toContain('EmailSettings');
  });
});
