import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DraftKeeper, KEEP_AFTER_MS, startDraftKeeper } from '../../renderer/state/draft-keeper.ts';
import { type Draft, draftOf } from '../../renderer/state/draft-model.ts';
import { dropDraft, putDraft, useDrafts } from '../../renderer/state/drafts.ts';
import { nameOfKept, restoreKept, useKept } from '../../renderer/state/kept-drafts.ts';
import { useUi } from '../../renderer/state/ui.ts';
import type { Client } from '../../shared/client.ts';
import type { DraftToKeep, KeptDraft } from '../../shared/draft.ts';
import { type AppError, appErrorOf } from '../../shared/errors.ts';
import { emptySettings } from '../../shared/profile.ts';
import { fail, ok } from '../../shared/result.ts';
import { createFakeClient } from '../support/fake-client.ts';

const CANARY = 'Canary-2x!password';
const base = { ...emptySettings(), name: 'Acme' };
const ID = crypto.randomUUID();
const edited = (name: string): Draft => ({ ...draftOf(base, 3), settings: { ...base, name } });

let calls: { name: string; input: unknown }[];
let failures: AppError[];
let keeper: DraftKeeper;
let isFull = false;

const puts = () => calls.filter(({ name }) => name === 'drafts.put').map(({ input }) => input as DraftToKeep);
const drops = () => calls.filter(({ name }) => name === 'drafts.drop').map(({ input }) => input);

beforeEach(() => {
  vi.useFakeTimers();
  useDrafts.setState({ drafts: {} });
  [calls, failures, isFull] = [[], [], false];
  const client = async (name: string, input: unknown) => {
    calls.push({ name, input });
    return isFull ? fail(appErrorOf('STORAGE_FULL', { file: 'it' })) : ok({ at: '' });
  };
  keeper = startDraftKeeper(client as Client, (error) => failures.push(error));
});
afterEach(() => {
  keeper.stop();
  vi.useRealTimers();
});

describe('unsaved edits', () => {
  it('are kept once typing pauses, not at each key', async () => {
    for (const name of ['A', 'Ac', 'Acm', 'Acme 2']) putDraft(ID, edited(name));
    await vi.advanceTimersByTimeAsync(KEEP_AFTER_MS + 10);
    expect(puts().map(({ settings }) => settings.name)).toEqual(['Acme 2']);
    expect(puts()[0]).toMatchObject({ profileId: ID, revision: 3, base: { name: 'Acme' } });
  });

  it('never take a typed secret along, only that there was one', async () => {
    putDraft(ID, {
      ...edited('Acme 2'),
      secrets: [{ action: 'set', kind: 'password', value: CANARY, storage: 'keychain' }],
    });
    await vi.advanceTimersByTimeAsync(KEEP_AFTER_MS + 10);
    expect(puts()[0]?.typedSecrets).toEqual(['password']);
    expect(JSON.stringify(calls)).not.toContain(CANARY);
  });

  it('are dropped when they are saved, reverted or typed back, and keep one id until then', async () => {
    putDraft(ID, edited('Acme 2'));
    await vi.advanceTimersByTimeAsync(KEEP_AFTER_MS + 10);
    putDraft(ID, edited('Acme 3'));
    await vi.advanceTimersByTimeAsync(KEEP_AFTER_MS + 10);
    const [first, second] = puts();
    expect(second?.id).toBe(first?.id);
    dropDraft(ID);
    await vi.advanceTimersByTimeAsync(KEEP_AFTER_MS + 10);
    expect(drops()).toEqual([{ ids: [first?.id] }]);
    await keeper.flush();
    expect(drops()).toHaveLength(1);
  });

  it('of a new profile belong to none', async () => {
    putDraft('new 1', { ...edited('Acme 2'), revision: 0 });
    await keeper.flush();
    expect(puts()[0]).toMatchObject({ profileId: null, revision: 0 });
  });

  it('that cannot be kept are reported once, and tried again with the next change', async () => {
    isFull = true;
    putDraft(ID, edited('Acme 2'));
    await vi.advanceTimersByTimeAsync(KEEP_AFTER_MS + 10);
    putDraft(ID, edited('Acme 3'));
    await vi.advanceTimersByTimeAsync(KEEP_AFTER_MS + 10);
    expect(failures.map(({ code }) => code)).toEqual(['STORAGE_FULL']);
    isFull = false;
    await keeper.flush();
    expect(puts().at(-1)?.settings.name).toBe('Acme 3');
    await keeper.flush();
    expect(puts()).toHaveLength(3);
  });
});

describe('kept edits', () => {
  const kept: KeptDraft = {
    id: crypto.randomUUID(),
    profileId: ID,
    revision: 3,
    base,
    settings: { ...base, name: 'Acme 2' },
    typedSecrets: ['password'],
    at: '2026-11-21T14:02:00.000Z',
  };

  it('of a profile that is gone come back as a new one', async () => {
    vi.useRealTimers();
    useKept.setState({ offers: [kept], keeper });
    await restoreKept(createFakeClient(), kept);
    const { place } = useUi.getState();
    expect(place.kind).toBe('new');
    const draft = useDrafts.getState().drafts[place.kind === 'new' ? place.key : ''];
    expect(draft).toMatchObject({ revision: 0, settings: { name: 'Acme 2' }, secrets: [] });
    expect(useKept.getState().offers).toEqual([]);
    await keeper.flush();
    expect(puts()[0]?.id).toBe(kept.id);
  });

  it('of a stored profile go on from the revision that they began from', async () => {
    vi.useRealTimers();
    const client = createFakeClient();
    const listed = await client('profiles.list', {});
    const id = listed.ok ? (listed.value[0]?.id ?? '') : '';
    await restoreKept(client, { ...kept, profileId: id, revision: 0 });
    expect(useUi.getState().place).toEqual({ kind: 'profile', id });
    expect(useDrafts.getState().drafts[id]?.settings.name).toBe('Acme 2');
  });

  it('bear a name in every case', () => {
    expect(nameOfKept(kept)).toBe('Acme 2');
    const nameless = { ...kept, base: emptySettings(), settings: emptySettings() };
    expect(nameOfKept(nameless)).toBe('a profile without a name');
  });
});
