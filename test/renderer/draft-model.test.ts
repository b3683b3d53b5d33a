import { describe, expect, it } from 'vitest';
import {
  draftOf,
  isDirty,
  leftAfterSave,
  liveDraft,
  problemsInOrder,
  rebased,
  settingsToSend,
  settingsToTest,
  typedSecrets,
  withSecret,
  withValue,
} from '../../renderer/state/draft-model.ts';
import { emptySettings, problemsOf } from '../../shared/profile.ts';

const settings = { ...emptySettings(), name: 'A', server: { ...emptySettings().server, host: 'mail.example.com' } };

describe('the draft of a profile', () => {
  it('is clean until a value or a secret differs, and clean again when it is put back', () => {
    const draft = draftOf(settings, 3);
    expect(isDirty(draft)).toBe(false);
    const edited = { ...draft, settings: withValue(draft.settings, 'server.port', 25) };
    expect(isDirty(edited)).toBe(true);
    expect(isDirty({ ...edited, settings: withValue(edited.settings, 'server.port', 587) })).toBe(false);
    expect(isDirty({ ...draft, secrets: [{ action: 'clear', kind: 'password' }] })).toBe(true);
  });

  it('goes on from a part that was stored meanwhile, with its other edits', () => {
    const edited = { ...draftOf(settings, 3), settings: withValue(settings, 'server.port', 25) };
    const next = rebased(edited, 4, { name: 'B' });
    expect(next).toMatchObject({ revision: 4, base: { name: 'B' }, settings: { name: 'B', server: { port: 25 } } });
    expect(isDirty(next)).toBe(true);
    expect(isDirty(rebased(draftOf(settings, 3), 4, { name: 'B' }))).toBe(false);
  });

  it('gives way to a newer stored version only while it holds no edits', () => {
    const looked = { ...draftOf(settings, 3), touched: ['name'] };
    const newer = draftOf(withValue(settings, 'notes', 'theirs'), 4);
    expect(liveDraft(undefined, newer)).toBe(newer);
    expect(liveDraft(looked, draftOf(settings, 3))).toBe(looked);
    expect(liveDraft(looked, newer)).toBe(newer);
    const edited = { ...looked, settings: withValue(settings, 'server.port', 25) };
    expect(liveDraft(edited, newer)).toBe(edited);
    expect(edited.revision).toBe(3);
  });

  it('is settled by a save, but for what was edited while that ran', () => {
    const secret = { action: 'set', kind: 'password', value: 'canary', storage: 'session' } as const;
    const from = { ...draftOf(settings, 3), settings: withValue(settings, 'server.port', 25), secrets: [secret] };
    const stored = { base: from.settings, revision: 4 };
    expect(leftAfterSave(from, from, stored)).toBeNull();
    const later = { ...from, settings: withValue(from.settings, 'notes', 'typed meanwhile') };
    const left = leftAfterSave(later, from, stored);
    expect(left).toMatchObject({ revision: 4, base: from.settings, secrets: [] });
    expect(left?.settings).toEqual(later.settings);
    const other = { ...secret, value: 'canary-2' };
    expect(leftAfterSave({ ...from, secrets: [other] }, from, stored)?.secrets).toEqual([other]);
  });

  it('changes one value and leaves the settings that it came from as they are', () => {
    const next = withValue(settings, 'sender.headers', [{ name: 'X-A', value: '1' }]);
    const last = withValue(next, 'sender.headers.0.value', '2');
    expect(last.sender.headers).toEqual([{ name: 'X-A', value: '2' }]);
    expect(next.sender.headers).toEqual([{ name: 'X-A', value: '1' }]);
    expect(Array.isArray(last.sender.headers)).toBe(true);
    expect(settings.sender.headers).toEqual([]);
  });

  it('sets optional product keys and takes them away again without a trace', () => {
    const on = withValue(settings, 'products.mattermost.EnableEmailBatching', true);
    expect(problemsOf(on)).toEqual([]);
    expect(on.products.mattermost).toEqual({ EnableEmailBatching: true });
    const off = withValue(on, 'products.mattermost.EnableEmailBatching', undefined);
    expect(settingsToSend(off).products).toEqual({});
  });

  it('reports one problem for each field, in the order of the form', () => {
    const broken = withValue(withValue(emptySettings(), 'sender.from.address', 'nobody'), 'server.port', 'abc');
    expect(problemsInOrder(broken).map(({ field }) => field)).toEqual([
      'name',
      'server.host',
      'server.port',
      'sender.from.address',
    ]);
  });

  it('can be tested before it has a name', () => {
    const nameless = { ...settings, name: ' ' };
    expect(problemsOf(settingsToTest(nameless))).toEqual([]);
    expect(settingsToTest(nameless).name).toBe('mail.example.com');
  });

  it('keeps one pending change for each kind of secret, and gives typed values to a test', () => {
    const set = withSecret([], 'password', { action: 'set', kind: 'password', value: 'canary-1', storage: 'keychain' });
    const again = withSecret(set, 'password', {
      action: 'set',
      kind: 'password',
      value: 'canary-2',
      storage: 'session',
    });
    expect(again).toHaveLength(1);
    expect(typedSecrets(again)).toEqual({ password: 'canary-2' });
    expect(typedSecrets(withSecret(again, 'password', { action: 'ask', kind: 'password' }))).toEqual({});
    expect(withSecret(again, 'password', null)).toEqual([]);
  });
});
