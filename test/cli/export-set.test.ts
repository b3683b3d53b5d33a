import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestHome, testHome } from './support/home.ts';
import { SHAPES } from './support/shapes.ts';

let home: TestHome;
let folder: string;
beforeEach(async () => {
  home = testHome();
  folder = join(home.directory, 'settings');
  await home.run(['create', '--name', 'Acme', '--host', 'mail.acme.example', '--from', 'a@acme.example']);
  await home.run(['create', '--name', 'Globex', '--host', 'mail.globex.example', '--from', 'g@globex.example']);
});
afterEach(() => home.remove());

const all = ['export', '--all', '--to', 'mattermost', '--to', 'grafana'];
const into = () => ['--output-dir', folder];

describe('an export into a folder from the terminal', () => {
  test('writes every pair and prints the manifest', async () => {
    const written = await home.json(SHAPES.exportSet, [...all, ...into()]);
    expect(written).toMatchObject({ folder, cancelled: false, manifest: { complete: true, secrets: 'leave-out' } });
    expect(readdirSync(folder).sort()).toEqual([
      'Acme.grafana.ini',
      'Acme.mattermost.json',
      'Globex.grafana.ini',
      'Globex.mattermost.json',
      'manifest.json',
    ]);
    const again = await home.run([...all, ...into()]);
    expect(again.code).toBe(5);
    expect(again.err).toContain('already has');
    const { out, code } = await home.run([...all, ...into(), '--replace']);
    expect(code).toBe(0);
    expect(out).toContain('Wrote 4 of 4 files');
    expect(out).toContain('kept beside');
    const onTerminal = await home.run([...all, ...into(), '--replace'], { terminal: true });
    expect(onTerminal.err).toMatch(/1 of 4: Acme\.\S+[\s\S]*4 of 4: Globex/);
  });

  test('a dry run lists the files and what cannot be expressed, and writes nothing', async () => {
    const preview = await home.json(SHAPES.exportSetPreview, [...all, ...into(), '--dry-run']);
    expect(preview.files).toHaveLength(4);
    expect((await home.run([...all, ...into(), '--dry-run'])).out).toContain('Globex.grafana.ini');
    expect(existsSync(folder)).toBe(false);
  });

  test('picks profiles and options by product, and combines', async () => {
    const argv = ['export', 'Acme', '--to', 'mattermost', '--to', 'msmtp', '--option', 'mattermost.form=env'];
    await home.run([...argv, ...into()]);
    expect(readFileSync(join(folder, 'Acme.mattermost.env'), 'utf8')).toContain('MM_EMAILSETTINGS_SMTPSERVER');
    expect((await home.run([...argv, '--option', 'grafana.x=1', ...into()])).code).toBe(2);
    expect((await home.run([...argv, '--option', 'form=file', ...into()])).code).toBe(2);
    const together = await home.json(SHAPES.exportSet, [
      'export',
      '--all',
      '--to',
      'msmtp',
      '--combine',
      ...into(),
      '--replace',
    ]);
    expect(together.manifest.files).toMatchObject([
      { file: 'profiles.msmtp', profiles: [{ name: 'Acme' }, { name: 'Globex' }] },
    ]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('says what is missing: a folder, a product, a profile', async () => {
    for (const argv of [
      ['export', 'Acme', 'Globex', '--to', 'mattermost'],
      ['export', 'Acme', '--to', 'mattermost', '--to', 'grafana'],
      ['export', '--to', 'mattermost'],
      ['export', 'Acme', ...into()],
      ['export', '--to', 'mattermost', ...into()],
      ['export', 'Acme', '--to', 'mattermost', ...into(), '--output', 'x'],
      ['export', 'Acme', '--to', 'mattermost', '--output-dir', ''],
    ]) {
      expect((await home.run(argv)).code).toBe(2);
    }
    const { code, err } = await home.run([
      'export',
      'Acme',
      '--to',
      'mattermost',
      '--output-dir',
      join(folder, 'deep'),
    ]);
    expect(code).toBe(5);
    expect(err).toContain('There is no file');
  });
});
