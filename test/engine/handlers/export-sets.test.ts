import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportSetHandlers } from '../../../engine/handlers/export-sets.ts';
import type { RequestInput, SecretChange } from '../../../shared/contract.ts';
import { type ExportManifest, exportManifest } from '../../../shared/export-set.ts';
import type { Progress } from '../../../shared/progress.ts';
import { settingsNamed } from '../profiles/library-fixture.ts';
import { errorOf, must } from '../targets/support.ts';
import { listening, newPlace, type Place } from './support.ts';

const CANARY = 'Canary-export-2Rv8';

let here: Place;
let sets: ReturnType<typeof exportSetHandlers>;
let ids: string[];
const password: SecretChange[] = [{ action: 'set', kind: 'password', value: CANARY, storage: 'keychain' }];
beforeEach(async () => {
  here = await newPlace();
  sets = exportSetHandlers(here.library, here.tokens, () => new Date('2026-11-21T09:14:00Z'));
  const made = [settingsNamed('Acme relay', 'mail.acme.example'), settingsNamed('ACME relay', 'mail2.acme.example')];
  ids = [];
  for (const settings of made) {
    settings.sender.from.address = 'alerts@acme.example';
    ids.push(must(await here.library.create(settings, password)).profile.id);
  }
});
afterEach(() => here.remove());

type Input = RequestInput<'exportSet.write'>;
const input = (change: Partial<Input> = {}): Input => ({
  profileIds: ids,
  targets: ['mattermost', 'grafana'].map((target) => ({ target, options: {} })),
  policy: 'leave-out',
  combine: false,
  folder: here.token('out'),
  replace: false,
  ...change,
});
const write = (change: Partial<Input> = {}, call = listening<Progress>()) =>
  sets['exportSet.write'](input(change), call);
const preview = ({ folder: _folder, replace: _replace, ...rest }: Input = input()) =>
  sets['exportSet.preview'](rest, listening<never>());
const inFolder = () => readdirSync(here.path('out')).sort();
const manifestOnDisk = (): ExportManifest =>
  exportManifest.parse(JSON.parse(readFileSync(here.path('out/manifest.json'), 'utf8')));

const FILES = [
  'ACME-relay-2.grafana.ini',
  'ACME-relay-2.mattermost.json',
  'Acme-relay.grafana.ini',
  'Acme-relay.mattermost.json',
];

describe('an export of several profiles for several products', () => {
  it('writes a file for each pair and a manifest that says what each is', async () => {
    const call = listening<Progress>();
    const { manifest, cancelled, folder } = must(await write({}, call));
    expect({ cancelled, folder, complete: manifest.complete }).toEqual({
      cancelled: false,
      folder: 'out',
      complete: true,
    });
    expect(inFolder()).toEqual([...FILES, 'manifest.json']);
    expect(manifestOnDisk()).toEqual(manifest);
    for (const { file, bytes, sha256, state, profiles, target } of manifest.files) {
      const content = readFileSync(here.path(`out/${file}`));
      expect({ bytes, sha256, state }).toEqual({
        bytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
        state: 'written',
      });
      expect(profiles).toHaveLength(1);
      expect(file).toContain(target);
    }
    expect(call.events.at(0)).toEqual({ done: 0, total: 4, name: 'Acme-relay.mattermost.json' });
    expect(call.events.at(-1)).toEqual({ done: 4, total: 4, name: '' });
  });

  it('is planned without asking the keychain anything', async () => {
    here.vault.before = (operation) => {
      throw new Error(`The vault was asked to ${operation}`);
    };
    const planned = must(await preview(input({ policy: 'include' })));
    expect(planned.files.map(({ file, holdsSecret }) => [file, holdsSecret]).sort()).toEqual(
      FILES.map((file) => [file, true]),
    );
    expect(planned.files.every(({ limits }) => limits.every(({ profile }) => /acme relay/i.test(profile)))).toBe(true);
  });

  it('leaves secrets out by default; includes them only when told, in files for their owner alone', async () => {
    must(await write());
    expect(here.contents()).not.toContain(CANARY);
    const { manifest } = must(await write({ policy: 'include', folder: here.token('with') }));
    for (const { file } of manifest.files) {
      expect(readFileSync(here.path(`with/${file}`), 'utf8')).toContain(CANARY);
      expect(statSync(here.path(`with/${file}`)).mode & 0o777).toBe(0o600);
    }
    expect(JSON.stringify(manifest) + readFileSync(here.path('with/manifest.json'), 'utf8')).not.toContain(CANARY);
    expect(statSync(here.path('with')).mode & 0o777).toBe(0o700);
  });

  it('touches nothing that is there unless told, and then keeps a copy', async () => {
    mkdirSync(here.path('out'));
    writeFileSync(here.path('out/acme-RELAY.mattermost.json'), 'mine');
    writeFileSync(here.path('out/other.txt'), 'other');
    expect(errorOf(await write())).toEqual({
      code: 'FILES_EXIST',
      facts: { folder: 'out', files: ['Acme-relay.mattermost.json'], count: 1 },
    });
    expect(inFolder()).toEqual(['acme-RELAY.mattermost.json', 'other.txt']);
    writeFileSync(here.path('out/Acme-relay.mattermost.json'), 'mine too');
    const { manifest } = must(await write({ replace: true }));
    const replaced = manifest.files.find(({ file }) => file === 'Acme-relay.mattermost.json');
    expect(readFileSync(here.path(`out/${replaced?.backup}`), 'utf8')).toBe('mine too');
    expect(readFileSync(here.path('out/other.txt'), 'utf8')).toBe('other');
    expect(errorOf(await write()).code).toBe('FILES_EXIST');
    must(await write({ replace: true }));
  });

  it('ends between two files when it is cancelled: whole files only, and a manifest that tells the truth', async () => {
    const abort = new AbortController();
    const call = listening<Progress>(abort.signal);
    const emit = (event: Progress) => {
      call.emit(event);
      if (event.done === 1) abort.abort();
    };
    const { manifest, cancelled } = must(await write({}, { ...call, emit }));
    expect(cancelled).toBe(true);
    expect(manifest.complete).toBe(false);
    expect(manifest.files.map(({ state }) => state)).toEqual(['written', 'written', 'not-reached', 'not-reached']);
    expect(inFolder()).toHaveLength(3);
    expect(manifestOnDisk()).toEqual(manifest);
    expect(errorOf(await write({ folder: here.token('none') }, listening(AbortSignal.abort()))).code).toBe('CANCELLED');
    expect(() => statSync(here.path('none'))).toThrow();
  });

  it('says for each pair why it gives no file, and goes on with the others', async () => {
    const bare = must(await here.library.create(settingsNamed('Bare'), [])).profile.id;
    const oauth = settingsNamed('Token');
    oauth.signIn.method = 'oauth2';
    oauth.signIn.oauth = { ...oauth.signIn.oauth, grant: 'refresh-token', tokenUrl: 'https://id.example.com/token' };
    const token = must(await here.library.create(oauth, [])).profile.id;
    const change = { profileIds: [...ids, bare], policy: 'include' as const };
    expect(
      must(await preview(input(change))).refused.map(({ target, profile, error }) => [target, profile.name, error]),
    ).toEqual(
      ['mattermost', 'grafana'].map((target) => [
        target,
        'Bare',
        { code: 'SECRET_NEEDED', facts: { kinds: ['password'], reason: 'not-stored' } },
      ]),
    );
    const { manifest } = must(await write(change));
    expect(manifest.refused).toHaveLength(2);
    expect(manifest.files).toHaveLength(4);
    const msmtp = must(await preview(input({ profileIds: [token], targets: [{ target: 'msmtp', options: {} }] })));
    expect(msmtp.refused[0]?.error.code).toBe('TARGET_REFUSES');
  });

  it('stops at a locked keychain instead of asking for each file, and says what was not reached', async () => {
    here.vault.locked = true;
    const { manifest, cancelled } = must(await write({ policy: 'include' }));
    expect(cancelled).toBe(false);
    expect(manifest.files.map(({ state }) => state)).toEqual(['failed', 'not-reached', 'not-reached', 'not-reached']);
    expect(manifest.files[0]?.problem).toContain('locked');
    expect(inFolder()).toEqual(['manifest.json']);
  });

  it('puts several profiles into one file where the product reads several, but not with one variable for all', async () => {
    const targets = ['msmtp', 'mattermost'].map((target) => ({ target, options: {} }));
    const { files } = must(await preview(input({ combine: true, targets })));
    expect(files.map(({ file, profiles }) => [file, profiles.length])).toEqual([
      ['Acme-relay.mattermost.json', 1],
      ['ACME-relay-2.mattermost.json', 1],
      ['profiles.msmtp', 2],
    ]);
    must(await write({ combine: true, targets, policy: 'include' }));
    const text = readFileSync(here.path('out/profiles.msmtp'), 'utf8');
    expect(text).toMatch(/account acme-relay\n[\s\S]*account acme-relay-2\n/);
    const apart = must(await preview(input({ combine: true, targets, policy: 'environment' })));
    expect(apart.files.every(({ profiles }) => profiles.length === 1)).toBe(true);
  });

  it('refuses unknown products and options, too many files, and what is no folder, before it writes', async () => {
    const one = (target: string, options = {}) => input({ targets: [{ target, options }] });
    expect(errorOf(await preview(one('nothing'))).code).toBe('TARGET_UNKNOWN');
    expect(errorOf(await preview(one('mattermost', { form: 'nonsense' }))).code).toBe('INVALID_INPUT');
    expect(errorOf(await preview(input({ profileIds: ['3f2b8c1e-0000-4000-8000-000000000001'] }))).code).toBe(
      'NOT_FOUND',
    );
    writeFileSync(here.path('file'), '');
    expect(errorOf(await write({ folder: here.token('file') })).code).toBe('NOT_A_FOLDER');
    expect(errorOf(await write({ folder: here.token('a/b') })).code).toBe('STORAGE_FAILED');
  });

  it('does not write through a link that took the place of a file', async () => {
    mkdirSync(here.path('out'));
    writeFileSync(here.path('victim'), 'mine');
    symlinkSync(here.path('victim'), join(here.path('out'), 'Acme-relay.mattermost.json'));
    const { manifest } = must(await write({ replace: true }));
    expect(manifest.files[0]).toMatchObject({ state: 'failed', problem: expect.stringContaining('symbolic link') });
    expect(readFileSync(here.path('victim'), 'utf8')).toBe('mine');
  });
});
