import { chmod, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emptyDocument } from '../../../engine/profiles/document.ts';
import { newEntry, withAdded } from '../../../engine/profiles/entries.ts';
import type { ProfileLibrary } from '../../../engine/profiles/profile-library.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { errorOf, fileIn, newDirectory, open, settingsNamed, unwrap } from './library-fixture.ts';

const DAY = 86_400_000;
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

let directory: string;
let library: ProfileLibrary;
let clock: number;

const now = () => new Date(clock);
const create = async (name: string) => unwrap(await library.create(settingsNamed(name), []));
const names = async () => unwrap(await library.list()).map(({ name }) => name);

beforeEach(async () => {
  clock = Date.parse('2026-03-01T12:00:00Z');
  directory = await newDirectory();
  library = await open(directory, { now });
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('a library', () => {
  test('is empty and ready before anything was stored', async () => {
    expect(await library.state()).toEqual({ mode: 'ready', detail: '', quarantined: [], backups: [] });
    expect(await library.list()).toEqual({ ok: true, value: [] });
    expect(await library.hasEverStored()).toBe(false);
    expect(await readdir(directory)).toEqual([]);
  });

  test('gives a profile back to the next process as it was stored', async () => {
    const made = await create('Acme');
    expect(made).toMatchObject({ revision: 1, secrets: [], profile: { created: { by: 'ada' } } });
    const next = await open(directory);
    expect(unwrap(await next.get(made.profile.id))).toEqual(made);
    expect(unwrap(await next.list())).toMatchObject([{ name: 'Acme', host: 'mail.example.com', revision: 1 }]);
    expect(await next.hasEverStored()).toBe(true);
  });

  test('refuses settings that do not fit the schema and names the field', async () => {
    const error = errorOf(await library.create({ ...settingsNamed('x'), testRecipient: 'nobody' }, []));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', facts: { problems: [{ field: 'testRecipient' }] } });
    expect(await readdir(directory)).toEqual([]);
  });

  test('stores all profiles of one call, or none', async () => {
    const profiles = ['a', 'b', 'c'].map((name) => ({ settings: settingsNamed(name), secrets: [] }));
    expect(unwrap(await library.createMany(profiles)).map(({ profile }) => profile.name)).toEqual(['a', 'b', 'c']);
    expect((await fileIn(directory)).rev).toBe(1);
    const oneBad = [...profiles, { settings: settingsNamed(''), secrets: [] }];
    expect(errorOf(await library.createMany(oneBad)).code).toBe('INVALID_INPUT');
    expect(await names()).toEqual(['a', 'b', 'c']);
  });

  test('changes, deletes and restores many in one write each, and leaves out what has gone', async () => {
    const ids = [];
    for (const name of ['a', 'b', 'c']) ids.push((await create(name)).profile.id);
    const [a = '', b = ''] = ids;
    const before = (await fileIn(directory)).rev;
    const changed = unwrap(await library.setStatusMany([b, a, UNKNOWN_ID], 'inactive'));
    expect(changed).toMatchObject([
      { name: 'a', status: 'inactive', revision: 2 },
      { name: 'b', status: 'inactive', revision: 2 },
    ]);
    expect(unwrap(await library.setStatusMany([a], 'inactive'))).toEqual([]);
    expect((await fileIn(directory)).rev).toBe(before + 1);

    expect(unwrap(await library.deleteMany([a, b, UNKNOWN_ID])).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(await names()).toEqual(['c']);
    expect(unwrap(await library.deleteMany([a]))).toEqual([]);
    expect(unwrap(await library.restoreMany([...ids])).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(await names()).toEqual(['a', 'b', 'c']);
    expect((await fileIn(directory)).rev).toBe(before + 3);
  });

  test('lists the address that mail comes from and the products with options of their own', async () => {
    const settings = settingsNamed('a');
    const sender = { ...settings.sender, from: { address: 'a@example.com', name: '' } };
    unwrap(await library.create({ ...settings, sender, products: { mattermost: { EnableEmailBatching: true } } }, []));
    expect(unwrap(await library.list())).toMatchObject([{ from: 'a@example.com', products: ['mattermost'] }]);
  });

  test('answers a stale save with the newer version and writes nothing', async () => {
    const made = await create('Acme');
    const { id } = made.profile;
    const other = await open(directory);
    unwrap(await other.save(id, 1, settingsNamed('Theirs'), []));
    const outcome = unwrap(await library.save(id, 1, settingsNamed('Mine'), []));
    expect(outcome).toMatchObject({ outcome: 'conflict', theirs: { revision: 2, profile: { name: 'Theirs' } } });
    expect(await names()).toEqual(['Theirs']);
    const again = unwrap(await library.save(id, 2, settingsNamed('Mine'), []));
    expect(again).toMatchObject({ outcome: 'saved', stored: { revision: 3, profile: { name: 'Mine' } } });
  });

  test('keeps who made a profile and notes who changed it', async () => {
    const { profile } = await create('Acme');
    clock += DAY;
    const other = await open(directory, { now, user: 'bob\u001b[31m' });
    const saved = unwrap(await other.save(profile.id, 1, settingsNamed('Acme 2'), []));
    expect(saved).toMatchObject({
      outcome: 'saved',
      stored: {
        profile: { created: profile.created, updated: { at: '2026-03-02T12:00:00.000Z', by: 'bob\\x1b[31m' } },
      },
    });
  });

  test('takes any login name, since a system can have any', async () => {
    for (const user of ['', '\ud800', `${'x'.repeat(LIMITS.textLine - 1)}🚀`, 'a\u202eb\n']) {
      const other = await open(directory, { user });
      unwrap(await other.create(settingsNamed('Acme'), []));
    }
    const next = await open(directory);
    expect((await next.state()).quarantined).toEqual([]);
    expect(unwrap(await next.list())).toHaveLength(4);
  });

  test('holds no more profiles than its limit', () => {
    const slots = Array.from({ length: LIMITS.profiles - 1 }, () => ({
      kind: 'quarantined' as const,
      label: '',
      problem: '',
      raw: null,
    }));
    const stamp = { at: now().toISOString(), by: 'ada' };
    const [one, two] = [newEntry(settingsNamed('One'), {}, stamp), newEntry(settingsNamed('Two'), {}, stamp)];
    const full = unwrap(withAdded({ ...emptyDocument(1), slots }, [one]));
    expect(errorOf(withAdded(full, [two]))).toEqual({ code: 'LIBRARY_FULL', facts: { max: LIMITS.profiles } });
  });

  test('sets the status under the same check as a save', async () => {
    const { profile } = await create('Acme');
    expect(unwrap(await library.setStatus(profile.id, 1, 'inactive'))).toMatchObject({ outcome: 'saved' });
    expect(unwrap(await library.setStatus(profile.id, 1, 'active'))).toMatchObject({ outcome: 'conflict' });
    expect(unwrap(await library.list())).toMatchObject([{ status: 'inactive', revision: 2 }]);
  });

  test('numbers the names of copies', async () => {
    const { profile } = await create('Acme');
    const first = unwrap(await library.duplicate(profile.id));
    expect(first).toMatchObject({ revision: 1, profile: { name: 'Copy of Acme' } });
    unwrap(await library.duplicate(profile.id));
    unwrap(await library.duplicate(first.profile.id));
    expect(await names()).toEqual(['Acme', 'Copy of Acme', 'Copy of Acme (2)', 'Copy of Acme (3)']);
  });

  test('copies a profile whose name is as long as a name can be', async () => {
    const { profile } = await create('🚀'.repeat(LIMITS.profileName / 2));
    const copies = [await library.duplicate(profile.id), await library.duplicate(profile.id)].map(unwrap);
    const [one = '', two = ''] = copies.map((copy) => copy.profile.name);
    expect(one).not.toBe(two);
    for (const name of [one, two]) {
      expect(name.length).toBeLessThanOrEqual(LIMITS.profileName);
      expect(name.isWellFormed()).toBe(true);
    }
  });

  test('keeps a deleted profile in the trash until its days are over', async () => {
    const { profile } = await create('Acme');
    const row = unwrap(await library.delete(profile.id));
    expect(row).toMatchObject({ deletedAt: '2026-03-01T12:00:00.000Z', purgeAt: '2026-03-31T12:00:00.000Z' });
    expect(await names()).toEqual([]);
    expect(errorOf(await library.get(profile.id)).code).toBe('NOT_FOUND');
    expect(errorOf(await library.delete(profile.id)).code).toBe('NOT_FOUND');
    expect(errorOf(await library.save(profile.id, 1, settingsNamed('x'), [])).code).toBe('NOT_FOUND');
    expect(unwrap(await library.trash())).toEqual([row]);

    clock += 30 * DAY - 1;
    expect(unwrap(await library.sweep()).profiles).toBe(0);
    clock += 1;
    expect(unwrap(await library.sweep()).profiles).toBe(1);
    expect(unwrap(await library.trash())).toEqual([]);
    expect((await fileIn(directory)).profiles).toEqual([]);
  });

  test('restores from the trash with everything, and a stale editor is still told', async () => {
    const { profile } = await create('Acme');
    unwrap(await library.delete(profile.id));
    expect(errorOf(await library.restore(UNKNOWN_ID)).code).toBe('NOT_FOUND');
    expect(unwrap(await library.restore(profile.id))).toMatchObject({ revision: 1, profile });
    expect(errorOf(await library.restore(profile.id)).code).toBe('NOT_FOUND');
    expect(await names()).toEqual(['Acme']);
  });

  test('purges only from the trash', async () => {
    const { profile } = await create('Acme');
    expect(errorOf(await library.purge(profile.id)).code).toBe('NOT_FOUND');
    unwrap(await library.delete(profile.id));
    unwrap(await library.purge(profile.id));
    expect(unwrap(await library.trash())).toEqual([]);
  });

  test('keeps the trash when the clock is set back', async () => {
    const { profile } = await create('Acme');
    unwrap(await library.delete(profile.id));
    clock = 0;
    expect(unwrap(await library.sweep()).profiles).toBe(0);
    unwrap(await library.create(settingsNamed('Later'), []));
    expect(unwrap(await library.trash())).toHaveLength(1);
    expect((await fileIn(directory)).rev).toBe(3);
  });

  test('does not write in a sweep that finds nothing', async () => {
    await create('Acme');
    const before = await stat(join(directory, 'library.json'));
    expect(unwrap(await library.sweep())).toEqual({ profiles: 0, abandoned: 0, temporaryFiles: 0 });
    expect((await stat(join(directory, 'library.json'))).ino).toBe(before.ino);
  });

  test('notices at once what another process changed', async () => {
    const other = await open(directory);
    await create('One');
    expect(unwrap(await other.list())).toHaveLength(1);
    unwrap(await other.create(settingsNamed('Two'), []));
    expect(await names()).toEqual(['One', 'Two']);
    await rm(join(directory, 'library.json'));
    expect(await names()).toEqual([]);
  });

  test('loses none of many changes made at the same time', async () => {
    const other = await open(directory);
    const all = Array.from({ length: 20 }, (_, index) => `p${index}`);
    await Promise.all(all.map((name, index) => (index % 2 ? other : library).create(settingsNamed(name), [])));
    expect((await names()).sort()).toEqual(all.sort());
  });

  test('is readable by its owner only, and closes a file that was left open to others', async () => {
    const made = join(directory, 'made');
    const own = await open(made);
    unwrap(await own.create(settingsNamed('One'), []));
    unwrap(await own.create(settingsNamed('Two'), []));
    const modes = async (...paths: string[]) =>
      Promise.all(paths.map(async (path) => ((await stat(join(made, path))).mode & 0o777).toString(8)));
    const [backup = ''] = await readdir(join(made, 'backups'));
    expect(await modes('.', 'backups', 'library.json', join('backups', backup))).toEqual(['700', '700', '600', '600']);
    await chmod(join(made, 'library.json'), 0o644);
    unwrap(await own.create(settingsNamed('Three'), []));
    expect(await modes('library.json')).toEqual(['600']);
    expect((await readdir(made)).sort()).toEqual(['backups', 'library.json']);
  });
});
