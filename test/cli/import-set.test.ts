import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { zipOf } from '../support/zip.ts';
import { type TestHome, testHome } from './support/home.ts';
import { SHAPES } from './support/shapes.ts';

const config = (host: string) =>
  JSON.stringify({
    EmailSettings: { SMTPServer: host, SMTPPort: '587', SMTPPassword: 'canary-in-set', EnableSMTPAuth: true },
  });

let home: TestHome;
let folder: string;
let zip: string;
beforeEach(() => {
  home = testHome();
  folder = join(home.directory, 'set');
  zip = join(home.directory, 'set.zip');
  mkdirSync(folder);
  writeFileSync(join(folder, 'a.json'), config('mail.acme.example'));
  writeFileSync(join(folder, 'b.json'), config('mail.globex.example'));
  writeFileSync(join(folder, 'readme.txt'), 'Nothing');
  writeFileSync(
    zip,
    zipOf(['a', 'b'].map((name) => ({ name: `${name}.json`, content: config(`${name}.example.com`) }))),
  );
});
afterEach(() => home.remove());

const names = async () => (await home.json(SHAPES.list, ['list'])).profiles.map(({ name }) => name);

describe('an import of a folder or an archive from the terminal', () => {
  test('stores every profile that was understood, and says what was not', async () => {
    const imported = await home.json(SHAPES.importedSet, ['import', folder, '--keep', 'ask']);
    expect(imported.profiles.map(({ profile }) => profile.server.host)).toEqual([
      'mail.acme.example',
      'mail.globex.example',
    ]);
    expect(imported.files.map(({ path, profiles, error }) => [path, profiles, error?.code ?? ''])).toEqual([
      ['a.json', 1, ''],
      ['b.json', 1, ''],
      ['readme.txt', 0, 'NOT_RECOGNISED'],
    ]);
    const { out, code } = await home.run(['import', zip, '--keep', 'leave-out']);
    expect(code).toBe(0);
    expect(out).toContain('Imported 2 profiles from 2 of 2 files');
    expect(await names()).toHaveLength(4);
    expect(home.contents() + out).not.toContain('canary-in-set');
  });

  test('a dry run shows each file, and --only picks', async () => {
    const { out } = await home.run(['import', folder, '--dry-run']);
    expect(out).toMatch(/a\.json.*Mattermost[\s\S]*readme\.txt.*No known product/i);
    const preview = await home.json(SHAPES.importSetPreview, ['import', folder, '--dry-run']);
    expect(preview.files).toHaveLength(3);
    expect(out + JSON.stringify(preview)).not.toContain('canary-in-set');
    expect(await names()).toEqual([]);
    await home.run(['import', folder, '--only', 'b.json', '--keep', 'ask']);
    expect(await names()).toEqual(['Mattermost mail.globex.example']);
    expect((await home.run(['import', folder, '--only', 'none.json'])).code).toBe(3);
  });

  test('options of one file are refused, and so is a set with nothing in it', async () => {
    expect((await home.run(['import', folder, '--name', 'X'])).code).toBe(2);
    expect((await home.run(['import', folder, '--target', 'mattermost'])).code).toBe(2);
    expect((await home.run(['import', join(folder, 'a.json'), '--only', 'a.json'])).code).toBe(2);
    mkdirSync(join(home.directory, 'empty'));
    expect((await home.run(['import', join(home.directory, 'empty')])).code).toBe(2);
    writeFileSync(zip, 'PK\u0003\u0004 and no more');
    const { code, err } = await home.run(['import', zip]);
    expect(code).toBe(2);
    expect(err).toContain('damaged');
    expect((await home.run(['import', folder])).code).toBe(6);
    expect(await names()).toEqual([]);
  });
});
