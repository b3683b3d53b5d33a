import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FileSystem, nodeFileSystem } from '../../../engine/files/file-system.ts';
import { openLibrary } from '../../../engine/profiles/open-library.ts';
import type { ProfileLibrary } from '../../../engine/profiles/profile-library.ts';
import type { SecretChange } from '../../../shared/contract.ts';
import { type ProfileSettings, settingsOf } from '../../../shared/profile.ts';
import type { SecretKind } from '../../../shared/secrets.ts';
import { errorOf, fileIn, newDirectory, open, recordingLog, settingsNamed, unwrap } from './library-fixture.ts';
import { type MemoryVault, memoryVault } from './memory-vault.ts';

const OLD = 'canary-old-password';
const NEW = 'canary-new-password';
const HOUR = 3_600_000;

let directory: string;
let vault: MemoryVault;
let library: ProfileLibrary;

const set = (
  value: string,
  storage: 'keychain' | 'session' = 'keychain',
  kind: SecretKind = 'password',
): SecretChange => ({
  action: 'set',
  kind,
  value,
  storage,
});
const acme = settingsNamed('Acme');
const elsewhere: ProfileSettings = { ...acme, server: { ...acme.server, host: 'evil.example.net' } };
const passwordOf = async (id: string, settings = acme, from = library) =>
  unwrap(await from.secretsFor(id, settings, ['password'])).password;
const neededOf = async (id: string, settings = acme, from = library) => {
  const error = errorOf(await from.secretsFor(id, settings, ['password']));
  return error.code === 'SECRET_NEEDED' ? error.facts.reason : error.code;
};
const refsInUse = async () =>
  (await fileIn(directory)).profiles
    .flatMap(({ secrets }) => Object.values(secrets))
    .filter(({ storage }) => storage === 'keychain')
    .map(({ ref }) => ref);

beforeEach(async () => {
  directory = await newDirectory();
  vault = memoryVault();
  library = await open(directory, { vault });
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('a stored secret', () => {
  test('comes out for its own destination, in the next process too', async () => {
    const { profile, secrets } = unwrap(await library.create(acme, [set(OLD)]));
    expect(secrets).toEqual([{ kind: 'password', storage: 'keychain', available: true, matchesDestination: true }]);
    const next = await open(directory, { vault: memoryVault(vault.keychain) });
    expect(await passwordOf(profile.id, acme, next)).toBe(OLD);
  });

  test('does not come out for another host, port, security or user', async () => {
    const { profile } = unwrap(await library.create(acme, [set(OLD)]));
    const { server, signIn } = acme;
    const others: ProfileSettings[] = [
      elsewhere,
      { ...acme, server: { ...server, port: 25 } },
      { ...acme, server: { ...server, security: 'none' } },
      { ...acme, signIn: { ...signIn, username: 'eve' } },
    ];
    for (const other of others) expect(await neededOf(profile.id, other)).toBe('destination-changed');
    const saved = unwrap(await library.save(profile.id, 1, elsewhere, []));
    expect(saved).toMatchObject({ outcome: 'saved', stored: { secrets: [{ matchesDestination: false }] } });
    expect(await neededOf(profile.id, elsewhere)).toBe('destination-changed');
    // Pointed back, it is the same destination again, and nothing was lost.
    expect(await passwordOf(profile.id, acme)).toBe(OLD);
  });

  test('is bound to the new destination when it is set again', async () => {
    const { profile } = unwrap(await library.create(acme, [set(OLD)]));
    unwrap(await library.save(profile.id, 1, elsewhere, [set(NEW)]));
    expect(await passwordOf(profile.id, elsewhere)).toBe(NEW);
    expect(await neededOf(profile.id, acme)).toBe('destination-changed');
    expect([...vault.keychain.values()]).toEqual([NEW]);
  });

  test('ends with the session when it was kept for that only', async () => {
    const { profile } = unwrap(await library.create(acme, [set(OLD, 'session')]));
    expect(await passwordOf(profile.id)).toBe(OLD);
    expect(vault.keychain.size).toBe(0);
    const next = await open(directory);
    expect(unwrap(await next.get(profile.id)).secrets).toMatchObject([{ storage: 'session', available: false }]);
    expect(await neededOf(profile.id, acme, next)).toBe('session-ended');
  });

  test('is replaced by what a server issued in its place, and stays bound to where it was', async () => {
    const { profile } = unwrap(await library.create(acme, [set(OLD)]));
    unwrap(await library.save(profile.id, 1, elsewhere, []));
    const replacement = { kind: 'password', old: OLD, next: NEW } as const;
    expect(unwrap(await library.replaceSecret(profile.id, replacement))).toBe(true);
    expect(await passwordOf(profile.id, acme)).toBe(NEW);
    expect(await neededOf(profile.id, elsewhere)).toBe('destination-changed');
    expect([...vault.keychain.values()]).toEqual([NEW]);
  });

  test('is not replaced when it is another one by now, or none is stored', async () => {
    const { profile } = unwrap(await library.create(acme, [set('canary-changed-meanwhile')]));
    const replacement = { kind: 'password', old: OLD, next: NEW } as const;
    expect(unwrap(await library.replaceSecret(profile.id, replacement))).toBe(false);
    expect(await passwordOf(profile.id)).toBe('canary-changed-meanwhile');
    const asked = unwrap(await library.create(settingsNamed('Other'), [{ action: 'ask', kind: 'password' }]));
    expect(unwrap(await library.replaceSecret(asked.profile.id, replacement))).toBe(false);
    expect([...vault.keychain.values()]).toEqual(['canary-changed-meanwhile']);
  });

  test('is asked for each time, or was never stored', async () => {
    const { profile } = unwrap(await library.create(acme, [{ action: 'ask', kind: 'password' }]));
    expect(await neededOf(profile.id)).toBe('ask-each-time');
    unwrap(await library.changeSecrets(profile.id, [{ action: 'clear', kind: 'password' }]));
    expect(await neededOf(profile.id)).toBe('not-stored');
    expect(unwrap(await library.get(profile.id))).toMatchObject({ revision: 1, secrets: [] });
  });

  test('names only the kinds that share the reason, and leaves out optional ones that are not stored', async () => {
    const { profile } = unwrap(
      await library.create(acme, [set('k', 'keychain', 'clientKey'), { action: 'ask', kind: 'password' }]),
    );
    const kinds: SecretKind[] = ['clientSecret', 'refreshToken', 'password', 'clientKey'];
    expect(errorOf(await library.secretsFor(profile.id, acme, kinds))).toEqual({
      code: 'SECRET_NEEDED',
      facts: { kinds: ['clientSecret', 'refreshToken'], reason: 'not-stored' },
    });
    expect(await library.secretsFor(profile.id, acme, ['clientKey'], ['clientKeyPassphrase'])).toEqual({
      ok: true,
      value: { clientKey: 'k' },
    });
    // An optional one that is stored but not to be had is not left out in silence.
    expect(errorOf(await library.secretsFor(profile.id, acme, [], ['password'])).code).toBe('SECRET_NEEDED');
  });

  test('that vanished from the keychain is missing, and a locked keychain is not "missing"', async () => {
    const { profile } = unwrap(await library.create(acme, [set(OLD)]));
    vault.locked = true;
    expect(errorOf(await library.secretsFor(profile.id, acme, ['password'])).code).toBe('KEYCHAIN_LOCKED');
    expect(unwrap(await library.get(profile.id)).secrets).toMatchObject([{ available: true }]);
    vault.locked = false;
    const kept = new Map(vault.keychain);
    vault.keychain.clear();
    expect(errorOf(await library.secretsFor(profile.id, acme, ['password']))).toEqual({
      code: 'SECRET_MISSING',
      facts: { kind: 'password' },
    });
    for (const [ref, value] of kept) vault.keychain.set(ref, value);
    expect(await passwordOf(profile.id)).toBe(OLD);
  });

  test('never is an access token in the keychain, and each kind changes once at a time', async () => {
    const tokenInKeychain = await library.create(acme, [set(OLD, 'keychain', 'accessToken')]);
    expect(errorOf(tokenInKeychain)).toMatchObject({ facts: { problems: [{ field: 'secrets.accessToken' }] } });
    const twice = await library.create(acme, [set(OLD), set(NEW)]);
    expect(errorOf(twice)).toMatchObject({ facts: { problems: [{ field: 'secrets.password' }] } });
    expect((await library.create(acme, [set(OLD, 'session', 'accessToken')])).ok).toBe(true);
    expect(vault.keychain.size).toBe(0);
  });

  test('is copied with a duplicate, for the destination that it was saved for', async () => {
    const { profile } = unwrap(await library.create(acme, [set(OLD)]));
    unwrap(await library.save(profile.id, 1, elsewhere, []));
    const copy = unwrap(await library.duplicate(profile.id));
    expect(copy.secrets).toMatchObject([{ kind: 'password', matchesDestination: false }]);
    expect(await neededOf(copy.profile.id, elsewhere)).toBe('destination-changed');
    expect(await passwordOf(copy.profile.id, acme)).toBe(OLD);
    expect(new Set(vault.keychain.keys()).size).toBe(2);
  });

  test('is left out of a duplicate when it cannot be read, and the original keeps it', async () => {
    const { profile } = unwrap(await library.create(acme, [set(OLD)]));
    vault.locked = true;
    expect(unwrap(await library.duplicate(profile.id)).secrets).toEqual([]);
    vault.locked = false;
    expect(await passwordOf(profile.id)).toBe(OLD);
  });

  test('stays in the trash with its profile and goes when that is purged', async () => {
    const { profile } = unwrap(await library.create(acme, [set(OLD)]));
    unwrap(await library.delete(profile.id));
    unwrap(await library.restore(profile.id));
    expect(await passwordOf(profile.id)).toBe(OLD);
    unwrap(await library.delete(profile.id));
    unwrap(await library.purge(profile.id));
    expect(vault.keychain.size).toBe(0);
    expect((await fileIn(directory)).pendingSecretDeletes).toEqual([]);
  });

  test('is noted for removal while the keychain is locked, and removed later', async () => {
    const { profile } = unwrap(await library.create(acme, [set(OLD)]));
    unwrap(await library.delete(profile.id));
    vault.locked = true;
    unwrap(await library.purge(profile.id));
    expect((await fileIn(directory)).pendingSecretDeletes).toHaveLength(1);
    const asked: string[] = [];
    vault.before = (operation) => asked.push(operation);
    unwrap(await library.sweep());
    unwrap(await library.create(settingsNamed('Other'), []));
    expect(asked).toEqual([]);
    vault.locked = false;
    unwrap(await library.sweep());
    expect(vault.keychain.size).toBe(0);
    expect((await fileIn(directory)).pendingSecretDeletes).toEqual([]);
  });

  test('changes nothing when the keychain refuses the new one', async () => {
    const { profile } = unwrap(await library.create(acme, [set(OLD)]));
    vault.locked = true;
    expect(errorOf(await library.save(profile.id, 1, settingsNamed('Renamed'), [set(NEW)])).code).toBe(
      'KEYCHAIN_LOCKED',
    );
    vault.locked = false;
    expect(unwrap(await library.get(profile.id))).toMatchObject({ revision: 1, profile: { name: 'Acme' } });
    expect(await passwordOf(profile.id)).toBe(OLD);
    unwrap(await library.sweep());
    const { pendingSecretPuts, pendingSecretDeletes } = await fileIn(directory);
    expect([...pendingSecretPuts, ...pendingSecretDeletes]).toEqual([]);
  });

  test('is not stored for a save that ends in a conflict, not even one that arises during the prompt', async () => {
    const { profile } = unwrap(await library.create(acme, [set(OLD)]));
    expect(unwrap(await library.save(profile.id, 0, acme, [set(NEW)]))).toMatchObject({ outcome: 'conflict' });
    expect([...vault.keychain.values()]).toEqual([OLD]);

    const other = await open(directory, { vault: memoryVault(vault.keychain) });
    const realPut = vault.put;
    vault.put = async (...args) => {
      unwrap(await other.save(profile.id, 1, settingsNamed('Theirs'), []));
      return realPut(...args);
    };
    expect(unwrap(await library.save(profile.id, 1, acme, [set(NEW)]))).toMatchObject({ outcome: 'conflict' });
    expect([...vault.keychain.values()]).toEqual([OLD]);
    expect(await passwordOf(profile.id)).toBe(OLD);
  });

  test('of a profile that cannot be read stays, even when it is noted for removal', async () => {
    unwrap(await library.create(acme, [set(OLD)]));
    const json = await fileIn(directory);
    const [ref = ''] = vault.keychain.keys();
    const at = new Date(0).toISOString();
    const profiles = json.profiles.map((each) => ({ ...each, revision: 'broken' }));
    const noted = { pendingSecretPuts: [{ ref, at }], pendingSecretDeletes: [{ ref, at }] };
    await writeFile(join(directory, 'library.json'), JSON.stringify({ ...json, profiles, ...noted }));
    expect(unwrap(await library.sweep())).toMatchObject({ abandoned: 1 });
    expect(vault.keychain.get(ref)).toBe(OLD);
    expect(await fileIn(directory)).toMatchObject({ pendingSecretPuts: [], pendingSecretDeletes: [] });
  });

  test('outlives a restore to an older state, so that the restore can be undone', async () => {
    unwrap(await library.create(settingsNamed('First'), []));
    const { profile } = unwrap(await library.create(acme, [set(OLD)]));
    const backups = async () => (await readdir(join(directory, 'backups'))).sort();
    const [backup = ''] = await backups();
    unwrap(await library.restoreBackup(backup));
    expect(errorOf(await library.get(profile.id)).code).toBe('NOT_FOUND');
    const later = await open(directory, { vault, now: () => new Date(Date.now() + 2 * HOUR) });
    unwrap(await later.sweep());
    const undo = (await backups()).find((name) => name.includes('before-restore'));
    unwrap(await later.restoreBackup(undo ?? ''));
    expect(await passwordOf(profile.id, acme, later)).toBe(OLD);
  });

  test('is in no file and in no log line', async () => {
    const log = recordingLog();
    const own = await openLibrary({ directory, vault, now: () => new Date(), user: 'ada', log });
    const { profile } = unwrap(await own.create(acme, [set(OLD)]));
    unwrap(await own.save(profile.id, 1, acme, [set(NEW)]));
    vault.locked = true;
    errorOf(await own.changeSecrets(profile.id, [set('canary-third-password')]));
    const files = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((each) => each.isFile());
    const texts = await Promise.all(files.map((each) => readFile(join(each.parentPath, each.name), 'utf8')));
    expect(texts.length).toBeGreaterThan(2);
    expect(texts.join('\n') + log.events.join('\n')).not.toContain('canary');
  });
});

describe('a process that dies while it saves a secret', () => {
  class Death extends Error {}

  /** Runs a save in a process that dies at the given step; from then on nothing of it happens any more. */
  async function saveAndDieAt(step: number, id: string): Promise<{ died: boolean }> {
    let steps = 0;
    const tick = () => {
      steps += 1;
      if (steps > step) throw new Death();
    };
    const doomedVault = memoryVault(vault.keychain);
    doomedVault.before = tick;
    const later = async <T>(call: () => Promise<T>) => {
      tick();
      return call();
    };
    const fs: FileSystem = {
      ...nodeFileSystem,
      open: (path, flags, mode) => later(() => nodeFileSystem.open(path, flags, mode)),
      rename: (from, to) => later(() => nodeFileSystem.rename(from, to)),
      unlink: (path) => later(() => nodeFileSystem.unlink(path)),
    };
    const doomed = await open(directory, { vault: doomedVault, fs });
    try {
      unwrap(await doomed.save(id, 1, elsewhere, [set(NEW)]));
      return { died: false };
    } catch (cause) {
      if (!(cause instanceof Death)) throw cause;
      return { died: true };
    }
  }

  test('leaves the old settings with the old secret or the new with the new, and garbage that a sweep finds', async () => {
    const ends = new Set<string>();
    let survived = false;
    for (let step = 0; !survived; step += 1) {
      await rm(directory, { recursive: true });
      vault = memoryVault();
      library = await open(directory, { vault });
      const { profile } = unwrap(await library.create(acme, [set(OLD)]));
      survived = !(await saveAndDieAt(step, profile.id)).died;

      const later = await open(directory, { vault, now: () => new Date(Date.now() + 2 * HOUR) });
      const found = settingsOf(unwrap(await later.get(profile.id)).profile);
      const isNew = found.server.host === elsewhere.server.host;
      ends.add(isNew ? 'new' : 'old');
      expect(await passwordOf(profile.id, found, later)).toBe(isNew ? NEW : OLD);

      unwrap(await later.sweep());
      expect([...vault.keychain.keys()]).toEqual(await refsInUse());
      expect(await passwordOf(profile.id, found, later)).toBe(isNew ? NEW : OLD);
      const { pendingSecretPuts, pendingSecretDeletes } = await fileIn(directory);
      expect([...pendingSecretPuts, ...pendingSecretDeletes]).toEqual([]);
      expect((await readdir(directory)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
      expect(step).toBeLessThan(100);
    }
    expect(ends).toEqual(new Set(['old', 'new']));
  });

  test('is not taken for dead within the hour, so that its secret stays', async () => {
    const { profile } = unwrap(await library.create(acme, [set(OLD)]));
    const other = await open(directory, { vault: memoryVault(vault.keychain) });
    const realPut = vault.put;
    vault.put = async (...args) => {
      const put = await realPut(...args);
      unwrap(await other.sweep());
      return put;
    };
    unwrap(await library.save(profile.id, 1, acme, [set(NEW)]));
    expect(await passwordOf(profile.id)).toBe(NEW);
  });

  test('and that wakes after it was taken for dead does not name a secret that is gone', async () => {
    const { profile } = unwrap(await library.create(acme, [set(OLD)]));
    const later = () => new Date(Date.now() + 2 * HOUR);
    const other = await open(directory, { vault: memoryVault(vault.keychain), now: later });
    const realPut = vault.put;
    vault.put = async (...args) => {
      const put = await realPut(...args);
      unwrap(await other.sweep());
      return put;
    };
    expect(errorOf(await library.save(profile.id, 1, acme, [set(NEW)])).code).toBe('LIBRARY_BUSY');
    expect(await passwordOf(profile.id)).toBe(OLD);
  });
});
