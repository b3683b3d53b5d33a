import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importPreview } from '../../shared/target.ts';
import { type TestHome, testHome } from './support/home.ts';
import { SHAPES } from './support/shapes.ts';

const MATTERMOST = `{
    "ServiceSettings": { "SiteURL": "https://chat.acme.example" },
    "EmailSettings": {
        "EnableSMTPAuth": true,
        "SMTPUsername": "alerts@acme.example",
        "SMTPPassword": "canary-in-file",
        "SMTPServer": "smtp.acme.example",
        "SMTPPort": "587",
        "ConnectionSecurity": "STARTTLS",
        "FeedbackEmail": "alerts@acme.example"
    }
}
`;

let home: TestHome;
let file: string;
beforeEach(() => {
  home = testHome();
  file = join(home.directory, 'config.json');
  writeFileSync(file, MATTERMOST);
});
afterEach(() => home.remove());

describe('files from the terminal', () => {
  test('a dry run of an import shows each field with key and line, and stores nothing', async () => {
    const preview = await home.json(importPreview, ['import', file, '--dry-run']);
    expect(preview.target).toBe('mattermost');
    expect(preview.profiles[0]?.server).toMatchObject({ host: 'smtp.acme.example', port: 587 });
    expect(preview.origins['server.host']).toEqual({ key: 'EmailSettings.SMTPServer', line: 7 });
    expect(preview.secrets).toMatchObject([{ kind: 'password', state: 'value', line: 6 }]);
    const { out } = await home.run(['import', file, '--dry-run']);
    expect(out).toContain('EmailSettings.SMTPServer, line 7');
    expect(out + JSON.stringify(preview)).not.toContain('canary-in-file');
    expect((await home.json(SHAPES.list, ['list'])).profiles).toEqual([]);
  });

  test('an import stores the profile, and its secret nowhere with --keep ask', async () => {
    const imported = await home.json(SHAPES.imported, ['import', file, '--keep', 'ask', '--name', 'Chat']);
    expect(imported.profiles[0]?.profile.name).toBe('Chat');
    expect(imported.profiles[0]?.secrets).toMatchObject([{ kind: 'password', storage: 'ask' }]);
    expect(home.contents()).not.toContain('canary-in-file');
  });

  test('an import reads stdin, and names the product when it is told', async () => {
    const stdin = { stdin: MATTERMOST };
    expect((await home.json(importPreview, ['import', '-', '--dry-run'], stdin)).target).toBe('mattermost');
    expect((await home.run(['import', '-', '--dry-run', '--target', 'keycloak'], stdin)).code).toBe(2);
    expect((await home.run(['import', '-', '--dry-run'], { stdin: 'nothing known' })).code).toBe(2);
    expect((await home.run(['import', '-', '--dry-run'], { stdin: '' })).err).toContain('nothing on stdin');
    const named = await home.json(importPreview, ['import', '/dev/stdin', '--dry-run'], {
      stdin: `\ufeff${MATTERMOST}`,
    });
    expect(named.target).toBe('mattermost');
  });

  test('a mail URI as a file name is not repeated, since it may hold a password', async () => {
    const { code, err } = await home.run(['import', 'smtp://u:canary-uri@mail.acme.example']);
    expect(code).toBe(2);
    expect(err).toContain('shell history');
    expect(err).not.toContain('canary-uri');
  });

  test('an export prints the file alone on stdout, and leaves secrets out', async () => {
    await home.run(['import', file, '--keep', 'ask', '--name', 'Chat']);
    const { code, out, err } = await home.run(['export', 'Chat', '--to', 'mattermost']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ EmailSettings: { SMTPServer: 'smtp.acme.example', SMTPPort: '587' } });
    expect(err).toContain('mmctl');
    const json = await home.json(SHAPES.export, ['export', 'Chat', '--to', 'mattermost']);
    expect(json).toMatchObject({ target: 'mattermost', holdsSecret: false, text: out });
  });

  test('a merge keeps what else the file holds; --diff writes nothing, --write keeps a backup', async () => {
    await home.run(['import', file, '--keep', 'ask', '--name', 'Chat']);
    await home.run(['edit', 'Chat', '--port', '2525']);
    const merge = ['export', 'Chat', '--to', 'mattermost', '--into', file];
    const { out } = await home.run([...merge, '--diff']);
    expect(out).toMatch(/^- .*"587"/m);
    expect(out).toMatch(/^\+ .*"2525"/m);
    expect(out).not.toContain('canary-in-file');
    expect(readFileSync(file, 'utf8')).toBe(MATTERMOST);

    const { written } = await home.json(SHAPES.written, [...merge, '--write']);
    const after = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, unknown>>;
    expect(after).toMatchObject({
      ServiceSettings: { SiteURL: 'https://chat.acme.example' },
      EmailSettings: { SMTPPort: '2525' },
    });
    expect(written.path).toBe(file);
    const backup = readdirSync(home.directory).find(
      (name) => name !== 'config.json' && statSync(join(home.directory, name)).isFile(),
    );
    expect(readFileSync(join(home.directory, backup ?? ''), 'utf8')).toBe(MATTERMOST);
  });

  test('an export writes a new file, and never through a symbolic link unasked', async () => {
    await home.run(['import', file, '--keep', 'ask', '--name', 'Chat']);
    const output = join(home.directory, 'new.json');
    expect((await home.run(['export', 'Chat', '--to', 'mattermost', '--output', output])).code).toBe(0);
    expect(existsSync(output)).toBe(true);
    const link = join(home.directory, 'link.json');
    symlinkSync(file, link);
    const refused = await home.run(['export', 'Chat', '--to', 'mattermost', '--output', link, '--json']);
    expect(refused.code).toBe(5);
    expect(SHAPES.error.parse(refused.io.json()).error).toMatchObject({
      code: 'FILE_IS_LINK',
      next: expect.stringContaining('--follow-link'),
    });
    expect(readFileSync(file, 'utf8')).toBe(MATTERMOST);
  });

  test('a secret goes onto a terminal only with --yes', async () => {
    const convert = ['convert', file, '--to', 'mattermost', '--secrets', 'include'];
    const refused = await home.run(convert, { terminal: true });
    expect(refused.code).toBe(2);
    expect(refused.out + refused.err).not.toContain('canary-in-file');
    expect((await home.run([...convert, '--yes'], { terminal: true })).out).toContain('canary-in-file');
    expect((await home.run(convert)).out).toContain('canary-in-file');
    expect((await home.run(convert.slice(0, 4))).out).not.toContain('canary-in-file');
  });

  test('a written file with a secret can be read by its owner only', async () => {
    const output = join(home.directory, 'with-secret.json');
    const { written, holdsSecret } = await home.json(SHAPES.written, [
      'convert',
      file,
      '--to',
      'mattermost',
      '--secrets',
      'include',
      '--output',
      output,
    ]);
    expect(holdsSecret).toBe(true);
    expect(written.path).toBe(output);
    if (process.platform !== 'win32') expect(statSync(output).mode & 0o777).toBe(0o600);
  });

  test('a conversion stores nothing', async () => {
    const { out, code } = await home.run(['convert', file, '--to', 'keycloak']);
    expect(code).toBe(0);
    expect(out).toContain('smtp.acme.example');
    expect((await home.json(SHAPES.list, ['list'])).profiles).toEqual([]);
  });

  test('a target goes by the name of its product too', async () => {
    const { target } = await home.json(SHAPES.export, ['convert', file, '--to', 'ZTrust']);
    expect(target).toBe('keycloak');
    const named = await home.run(['import', file, '--dry-run', '--target', 'Mattermost']);
    expect(named.code).toBe(0);
  });

  test('--output - is stdout, and an empty name is none', async () => {
    const { out } = await home.run(['convert', file, '--to', 'mattermost', '--output', '-']);
    expect(JSON.parse(out)).toHaveProperty('EmailSettings');
    expect(existsSync('-')).toBe(false);
    for (const argv of [
      ['convert', file, '--to', 'mattermost', '--output', ''],
      ['import', '', '--dry-run'],
    ]) {
      const { code, err } = await home.run(argv);
      expect(code).toBe(2);
      expect(err).toContain('is empty');
    }
  });

  test.each([
    [['export', 'Chat'], 2],
    [['export', 'Chat', '--to', 'matermost'], 2],
    [['export', 'Chat', '--to', 'mattermost', '--write'], 2],
    [['export', 'Chat', '--to', 'mattermost', '--option', 'nothing=1'], 2],
    [['export', 'Chat', '--to', 'mattermost', '--into', 'no-such-file.json'], 5],
    [['export', 'nobody', '--to', 'mattermost'], 3],
    [['import', 'no-such-file.json'], 5],
    [['import', '/dev/null'], 5],
    [['convert', '.', '--to', 'mattermost'], 5],
    [['convert', 'no-such-file.json', '--to', 'mattermost'], 5],
    [['targets', 'no-such-target'], 2],
    [['explain', 'no-such-file.log'], 5],
  ] as [string[], number][])('%j ends with %i', async (argv, expected) => {
    await home.run(['import', file, '--keep', 'ask', '--name', 'Chat']);
    const { code, io } = await home.run([...argv, '--json']);
    expect(code).toBe(expected);
    expect(SHAPES.error.parse(io.json()).error.next).not.toBe('');
  });

  test('the targets are listed with their options', async () => {
    const { targets } = await home.json(SHAPES.targets, ['targets']);
    expect(targets.map(({ id }) => id)).toContain('mattermost');
    expect((await home.run(['targets', 'mattermost'])).out).toContain('config.json');
    expect((await home.run(['targets', 'matermost'])).err).toContain('Did you mean mattermost?');
  });
});

describe('an update from the terminal', () => {
  beforeEach(async () => {
    await home.run(['create', '--name', 'Chat', '--host', 'old.acme.example', '--notes', 'Ask Ada']);
  });
  const show = () => home.json(SHAPES.profile, ['show', 'Chat']);

  test('shows what changes and from where, and changes nothing with --dry-run', async () => {
    const { out } = await home.run(['import', file, '--update', 'Chat', '--dry-run']);
    expect(out).toMatch(/- {2}server\.host +old\.acme\.example/);
    expect(out).toMatch(/\+ {2}server\.host +smtp\.acme\.example +EmailSettings\.SMTPServer, line 7/);
    const compared = await home.json(SHAPES.comparison, ['import', file, '--update', 'Chat', '--dry-run']);
    expect(JSON.stringify(compared) + out).not.toContain('canary-in-file');
    expect((await show()).profile.server.host).toBe('old.acme.example');
  });

  test('asks before it changes anything', async () => {
    const update = ['import', file, '--update', 'Chat', '--keep', 'leave-out'];
    expect((await home.run(update)).code).toBe(2);
    expect((await home.run(update, { terminal: true, answers: ['n'] })).code).toBe(130);
    expect((await show()).profile.server.host).toBe('old.acme.example');
    expect((await home.run(update, { terminal: true, answers: ['y'] })).code).toBe(0);
    expect((await show()).profile).toMatchObject({ server: { host: 'smtp.acme.example' }, notes: 'Ask Ada' });
  });

  test('takes over single fields, and names those that there are', async () => {
    const update = ['import', file, '--update', 'Chat', '--keep', 'leave-out', '--yes', '--field'];
    expect((await home.run([...update, 'colour'])).err).toContain('server.host');
    const updated = await home.json(SHAPES.profile, [...update, 'sender.from.address']);
    expect(updated.profile).toMatchObject({
      server: { host: 'old.acme.example' },
      sender: { from: { address: 'alerts@acme.example' } },
    });
  });

  test('refuses the options of an update without one', async () => {
    expect((await home.run(['import', file, '--yes'])).code).toBe(2);
    expect((await home.run(['import', file, '--field', 'server.host'])).code).toBe(2);
  });
});
