import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleHandlers } from '../../../engine/handlers/bundles.ts';
import type { SecretChange } from '../../../shared/contract.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import type { Progress } from '../../../shared/progress.ts';
import { settingsNamed } from '../profiles/library-fixture.ts';
import { errorOf, must } from '../targets/support.ts';
import { listening, newPlace, type Place } from './support.ts';

const PASSPHRASE = 'Canary-passphrase 31';
const CANARY = 'Canary-secret-8Lm2';

let here: Place;
let bundles: ReturnType<typeof bundleHandlers>;
beforeEach(async () => {
  here = await newPlace();
  bundles = bundleHandlers(here.library, here.tokens, () => new Date('2026-11-21T09:14:00Z'));
});
afterEach(() => here.remove());

const password = (value = CANARY): SecretChange[] => [{ action: 'set', kind: 'password', value, storage: 'keychain' }];
const add = async (name: string, secrets: SecretChange[] = [], host?: string) =>
  must(await here.library.create(settingsNamed(name, host), secrets)).profile.id;

const save = (profileIds: string[], passphrase: string | null, file = 'out.relaysmith', call = listening<Progress>()) =>
  bundles['bundles.save']({ profileIds, passphrase, destination: here.token(file), followLink: false }, call);
const open = (passphrase: string | null, file = 'out.relaysmith') =>
  bundles['bundles.open']({ source: { kind: 'file', token: here.token(file) }, passphrase }, listening<never>());
const accept = (bundleId: string, choices: Parameters<(typeof bundles)['bundles.accept']>[0]['choices']) =>
  bundles['bundles.accept']({ bundleId, choices }, listening<never>());

async function passwordOf(id: string): Promise<string | undefined> {
  const { profile } = must(await here.library.get(id));
  return must(await here.library.secretsFor(id, profile, ['password'])).password;
}

describe('saving a bundle', () => {
  it('leaves secrets out by default and never touches the keychain for it', async () => {
    const id = await add('Acme', password());
    here.vault.locked = true;
    const call = listening<Progress>();
    expect(must(await save([id], null, 'out.relaysmith', call))).toMatchObject({
      profiles: 1,
      secrets: 0,
      lacking: [],
    });
    expect(readFileSync(here.path('out.relaysmith'), 'utf8')).toContain('"name":"Acme"');
    expect(here.contents()).not.toContain(CANARY);
    expect(statSync(here.path('out.relaysmith')).mode & 0o777).toBe(0o600);
  });

  it('puts secrets in under a passphrase, and neither of them anywhere in the clear', async () => {
    const ids = [await add('Acme', password()), await add('Globex', password('Canary-secret-two'))];
    const call = listening<Progress>();
    const saved = must(await save(ids, PASSPHRASE, 'out.relaysmith', call));
    expect(saved).toMatchObject({ file: 'out.relaysmith', profiles: 2, secrets: 2, lacking: [] });
    expect(call.events).toEqual([
      { done: 0, total: 2, name: 'Acme' },
      { done: 1, total: 2, name: 'Globex' },
      { done: 2, total: 2, name: '' },
    ]);
    for (const text of [CANARY, 'Canary-secret-two', PASSPHRASE, Buffer.from(CANARY).toString('base64').slice(0, -3)]) {
      expect(here.contents() + JSON.stringify([saved, call.events])).not.toContain(text);
    }
  });

  it('names each secret that cannot come along', async () => {
    const asked = await add('Asked', [{ action: 'ask', kind: 'password' }]);
    const moved = await add('Moved', password());
    const settings = settingsNamed('Moved', 'elsewhere.example.com');
    must(await here.library.save(moved, 1, settings, []));
    const gone = await add('Gone', password());
    here.vault.keychain.clear();
    expect(must(await save([asked, moved, gone], PASSPHRASE)).lacking).toEqual([
      { name: 'Asked', kind: 'password', why: 'ask' },
      { name: 'Moved', kind: 'password', why: 'elsewhere' },
      { name: 'Gone', kind: 'password', why: 'gone' },
    ]);
  });

  it('writes nothing when the keychain is locked, when it is cancelled, and through a link', async () => {
    const id = await add('Acme', password());
    here.vault.locked = true;
    expect(errorOf(await save([id], PASSPHRASE)).code).toBe('KEYCHAIN_LOCKED');
    here.vault.locked = false;
    expect(errorOf(await save([id], PASSPHRASE, 'out.relaysmith', listening(AbortSignal.abort()))).code).toBe(
      'CANCELLED',
    );
    expect(() => statSync(here.path('out.relaysmith'))).toThrow();
    writeFileSync(here.path('other'), 'mine');
    symlinkSync(here.path('other'), here.path('link.relaysmith'));
    expect(errorOf(await save([id], null, 'link.relaysmith')).code).toBe('FILE_IS_LINK');
    expect(readFileSync(here.path('other'), 'utf8')).toBe('mine');
    expect(errorOf(await save(['3f2b8c1e-0000-4000-8000-000000000001'], null)).code).toBe('NOT_FOUND');
  });

  it('keeps the file that it replaces', async () => {
    const id = await add('Acme');
    writeFileSync(here.path('out.relaysmith'), 'older');
    const { backup } = must(await save([id], null));
    expect(readFileSync(here.path(backup), 'utf8')).toBe('older');
  });
});

describe('opening a bundle', () => {
  it('asks for the passphrase, and hands out no secret and no passphrase', async () => {
    const id = await add('Acme', password());
    must(await save([id], PASSPHRASE));
    expect(errorOf(await open(null)).code).toBe('PASSPHRASE_NEEDED');
    expect(errorOf(await open('wrong one')).code).toBe('PASSPHRASE_WRONG');
    const preview = must(await open(PASSPHRASE));
    expect(preview.profiles[0]).toMatchObject({ secrets: ['password'], freeName: 'Acme (2)' });
    expect(JSON.stringify(preview)).not.toMatch(/Canary/);
  });

  it('sets each profile beside the stored ones of the same id and name', async () => {
    const id = await add('Acme');
    must(await save([id, await add('Globex')], null));
    must(await here.library.save(id, 1, settingsNamed('Acme', 'new.example.com'), []));
    must(await here.library.create(settingsNamed('Acme'), []));
    const globex = must(await here.library.list()).find(({ name }) => name === 'Globex');
    must(await here.library.delete(globex?.id ?? ''));
    const { profiles } = must(await open(null));
    expect(profiles.map(({ conflicts, freeName }) => [freeName, conflicts.map(({ same }) => same)])).toEqual([
      ['Acme (2)', ['id', 'name']],
      ['Globex', []],
    ]);
    expect(profiles[0]?.conflicts[0]).toMatchObject({
      id,
      revision: 2,
      settings: { server: { host: 'new.example.com' } },
    });
  });

  it('refuses what is none', async () => {
    writeFileSync(here.path('out.relaysmith'), '{}');
    expect(errorOf(await open(null)).code).toBe('NOT_A_BUNDLE');
    const source = { kind: 'text' as const, text: 'relaysmith-bundle 1\n' };
    expect(errorOf(await bundles['bundles.open']({ source, passphrase: null }, listening<never>())).code).toBe(
      'BUNDLE_DAMAGED',
    );
  });
});

describe('accepting a bundle', () => {
  it('adds beside what is there, with an id of its own and its secrets in the keychain', async () => {
    const id = await add('Acme', password());
    must(await save([id], PASSPHRASE));
    const { bundleId, profiles } = must(await open(PASSPHRASE));
    const name = profiles[0]?.freeName ?? '';
    const { added } = must(await accept(bundleId, [{ action: 'add', index: 0, name, secrets: 'keychain' }]));
    expect(added[0]?.profile).toMatchObject({ name: 'Acme (2)' });
    expect(added[0]?.profile.id).not.toBe(id);
    expect(await passwordOf(added[0]?.profile.id ?? '')).toBe(CANARY);
    expect(errorOf(await accept(bundleId, [])).code).toBe('BUNDLE_UNKNOWN');
  });

  it('replaces one when told so, and a stored secret does not follow to the new destination', async () => {
    const id = await add('Acme', password('Canary-of-the-bundle'));
    must(await save([id], PASSPHRASE));
    must(await here.library.save(id, 1, settingsNamed('Acme', 'safe.example.com'), password('Canary-stored-here')));
    const { bundleId, profiles } = must(await open(PASSPHRASE));
    const conflict = profiles[0]?.conflicts[0];
    const choice = { action: 'replace' as const, index: 0, id, revision: conflict?.revision ?? 0 };
    const { replaced } = must(await accept(bundleId, [{ ...choice, secrets: 'leave-out' }]));
    expect(replaced[0]).toMatchObject({
      revision: 3,
      profile: { id, server: { host: 'mail.example.com' } },
      secrets: [{ kind: 'password', matchesDestination: false }],
    });
    const settings = must(await here.library.get(id)).profile as ProfileSettings;
    expect(errorOf(await here.library.secretsFor(id, settings, ['password']))).toMatchObject({
      code: 'SECRET_NEEDED',
      facts: { reason: 'destination-changed' },
    });
  });

  it('does not replace what somebody changed in the meantime, and says so', async () => {
    const id = await add('Acme');
    must(await save([id, await add('Globex')], null));
    const { bundleId, profiles } = must(await open(null));
    must(await here.library.save(id, 1, settingsNamed('Acme', 'newest.example.com'), []));
    const choices = profiles.map(({ index, conflicts }) => ({
      action: 'replace' as const,
      index,
      id: conflicts[0]?.id ?? '',
      revision: conflicts[0]?.revision ?? 0,
      secrets: 'leave-out' as const,
    }));
    const { replaced, notReplaced } = must(await accept(bundleId, choices));
    expect(replaced.map(({ profile }) => profile.name)).toEqual(['Globex']);
    expect(notReplaced).toEqual([
      { index: 0, name: 'Acme', error: { code: 'PROFILE_CHANGED', facts: { name: 'Acme' } } },
    ]);
    expect(must(await here.library.get(id)).profile.server.host).toBe('newest.example.com');
  });

  it('stores nothing when the keychain refuses, and can be tried again', async () => {
    const id = await add('Acme', password());
    must(await save([id], PASSPHRASE));
    const { bundleId } = must(await open(PASSPHRASE));
    here.vault.locked = true;
    const choice = { action: 'add' as const, index: 0, name: 'Again' };
    expect(errorOf(await accept(bundleId, [{ ...choice, secrets: 'keychain' }])).code).toBe('KEYCHAIN_LOCKED');
    expect(must(await here.library.list())).toHaveLength(1);
    expect(must(await accept(bundleId, [{ ...choice, secrets: 'ask' }])).added[0]?.secrets).toMatchObject([
      { kind: 'password', storage: 'ask' },
    ]);
  });

  it('forgets a bundle that is closed', async () => {
    must(await save([await add('Acme')], null));
    const { bundleId } = must(await open(null));
    must(await bundles['bundles.close']({ bundleId }, listening<never>()));
    expect(errorOf(await accept(bundleId, [{ action: 'add', index: 0, name: 'X', secrets: 'leave-out' }])).code).toBe(
      'BUNDLE_UNKNOWN',
    );
  });
});
