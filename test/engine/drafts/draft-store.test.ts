import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDraftStore } from '../../../engine/drafts/draft-store.ts';
import type { DraftToKeep } from '../../../shared/draft.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { emptySettings } from '../../../shared/profile.ts';

const newDirectory = async () => join(await mkdtemp(join(tmpdir(), 'relaysmith-drafts-')), 'drafts');
const base = emptySettings();

function draft(name: string, part: Partial<DraftToKeep> = {}): DraftToKeep {
  return {
    id: crypto.randomUUID(),
    profileId: null,
    revision: 0,
    base,
    settings: { ...base, name },
    typedSecrets: [],
    ...part,
  };
}

/** A clock that goes a minute further at each look. */
function clock(start = '2026-11-21T14:02:00.000Z'): () => Date {
  let at = Date.parse(start);
  return () => {
    at += 60_000;
    return new Date(at);
  };
}

describe('the store of unsaved edits', () => {
  it('gives back what was put, newest first, also to another process', async () => {
    const directory = await newDirectory();
    const now = clock();
    const store = openDraftStore(directory, now);
    await store.put(draft('Older'));
    await store.put(draft('Newer', { typedSecrets: ['password'] }));
    const listed = await openDraftStore(directory, now).list();
    expect(listed.map(({ settings }) => settings.name)).toEqual(['Newer', 'Older']);
    expect(listed[0]).toMatchObject({ typedSecrets: ['password'], at: '2026-11-21T14:04:00.000Z' });
  });

  it('replaces the edits of the same id and forgets dropped ones', async () => {
    const store = openDraftStore(await newDirectory(), clock());
    const first = draft('First');
    await store.put(first);
    await store.put({ ...first, settings: { ...base, name: 'Second' } });
    expect((await store.list()).map(({ settings }) => settings.name)).toEqual(['Second']);
    await store.drop([first.id, crypto.randomUUID()]);
    expect(await store.list()).toEqual([]);
  });

  it('keeps the order of its calls: a drop right after a put leaves nothing', async () => {
    const store = openDraftStore(await newDirectory(), clock());
    const one = draft('One');
    await Promise.all([store.put(one), store.drop([one.id])]);
    expect(await store.list()).toEqual([]);
  });

  it('is for its owner only', async () => {
    const directory = await newDirectory();
    const one = draft('One');
    await openDraftStore(directory, clock()).put(one);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, `${one.id}.json`)).mode & 0o777).toBe(0o600);
  });

  it('is bounded: the oldest goes first, and after 30 days each goes', async () => {
    const directory = await newDirectory();
    const store = openDraftStore(directory, clock());
    for (let index = 0; index <= LIMITS.drafts; index += 1) await store.put(draft(`Draft ${index}`));
    const names = (await store.list()).map(({ settings }) => settings.name);
    expect(names).toHaveLength(LIMITS.drafts);
    expect(names).not.toContain('Draft 0');
    const later = openDraftStore(directory, clock('2026-12-22T15:00:00.000Z'));
    expect(await later.list()).toEqual([]);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('refuses what is too large, by name of the thing and its limit', async () => {
    const huge = { ...base, tls: { ...base.tls, caPem: 'x'.repeat(LIMITS.draftBytes) } };
    const put = await openDraftStore(await newDirectory(), clock()).put(draft('Huge', { settings: huge }));
    expect(put).toMatchObject({ ok: false, error: { code: 'INPUT_TOO_LARGE' } });
  });

  it('leaves alone what it cannot read: damage, a later version, a link, a foreign name', async () => {
    const directory = await newDirectory();
    mkdirSync(directory, { recursive: true });
    const file = (id: string) => join(directory, `${id}.json`);
    const [damaged, later, link] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
    writeFileSync(file(damaged), '{"version":1,"draft":{');
    writeFileSync(file(later), JSON.stringify({ version: 2, draft: { ...draft('Later'), id: later } }));
    symlinkSync(file(later), file(link));
    writeFileSync(join(directory, 'notes.txt'), 'mine');
    const store = openDraftStore(directory, clock());
    expect(await store.list()).toEqual([]);
    await store.put(draft('Mine'));
    expect((await store.list()).map(({ settings }) => settings.name)).toEqual(['Mine']);
    for (const path of [file(damaged), file(later), file(link), join(directory, 'notes.txt')]) {
      expect(existsSync(path)).toBe(true);
    }
    expect(readFileSync(file(damaged), 'utf8')).toBe('{"version":1,"draft":{');
  });

  it.skipIf(process.getuid?.() === 0)('says when the directory cannot be written', async () => {
    const directory = await newDirectory();
    mkdirSync(directory, { recursive: true });
    chmodSync(directory, 0o500);
    expect(await openDraftStore(directory, clock()).put(draft('One'))).toMatchObject({
      ok: false,
      error: { code: 'STORAGE_DENIED' },
    });
  });

  it('says when there can be no directory', async () => {
    const directory = await newDirectory();
    writeFileSync(directory, 'a file is in the way');
    expect(await openDraftStore(directory, clock()).put(draft('One'))).toMatchObject({
      ok: false,
      error: { code: 'STORAGE_FAILED' },
    });
  });
});
