import { describe, expect, it } from 'vitest';
import { diffParts } from '../../renderer/features/export/diff-model.ts';
import { initialChoices, understoodFields } from '../../renderer/features/import/import-choices.ts';
import { bytes, day, duration, plural } from '../../renderer/ui/format.ts';
import { emptySettings } from '../../shared/profile.ts';
import type { DiffLine, ImportPreview } from '../../shared/target.ts';

describe('a diff', () => {
  it('folds long unchanged runs and keeps a few lines around each change', () => {
    const same = (count: number): DiffLine[] =>
      Array.from({ length: count }, (_, index) => ({ kind: 'same', text: `${index}` }));
    const lines: DiffLine[] = [...same(10), { kind: 'added', text: 'new' }, ...same(10)];
    expect(diffParts(lines).map((part) => (part.kind === 'gap' ? part.length : part.lines.length))).toEqual([7, 7, 7]);
    expect(diffParts(same(4))).toEqual([{ kind: 'gap', length: 4 }]);
    expect(diffParts([])).toEqual([]);
  });
});

describe('an import', () => {
  const preview: ImportPreview = {
    importId: crypto.randomUUID(),
    target: 'mattermost',
    otherCandidates: [],
    profiles: [
      { ...emptySettings(), name: 'First' },
      { ...emptySettings(), server: { ...emptySettings().server, host: 'two.example' } },
    ],
    origins: {
      'server.port': { key: 'SMTPPort', line: 9 },
      'server.host': { key: 'SMTPServer', line: 3 },
      '1:server.host': { key: 'Other', line: 1 },
    },
    ignored: [],
    secrets: [{ kind: 'password', profile: 1, key: 'Password', line: 4, state: 'value', reference: '' }],
    warnings: [],
  };

  it('shows the fields of each profile in the order of the file', () => {
    expect(understoodFields(preview, 0).map(({ field }) => field)).toEqual(['server.host', 'server.port']);
    expect(understoodFields(preview, 1)).toEqual([{ field: 'server.host', key: 'Other', line: 1 }]);
  });

  it('offers the keychain only where the file holds a secret, and the host where it has no name', () => {
    expect(initialChoices(preview)).toEqual([
      { index: 0, isIncluded: true, name: 'First', into: null, fields: null, secrets: 'leave-out' },
      { index: 1, isIncluded: true, name: 'two.example', into: null, fields: null, secrets: 'keychain' },
    ]);
  });
});

describe('numbers and dates', () => {
  it('read the same everywhere in the window', () => {
    expect(duration(12.4)).toBe('12 ms');
    expect(duration(840)).toBe('840 ms');
    expect(duration(1_240)).toBe('1.24 s');
    expect(duration(12_340)).toBe('12.3 s');
    expect(day('2026-05-03T12:00:00Z')).toBe('3 May 2026');
    expect(day('no date')).toBe('no date');
    expect(bytes(820)).toBe('820 bytes');
    expect(bytes(12_700)).toBe('12.4 KB');
    expect(plural(1, 'profile', 'profiles')).toBe('1 profile');
    expect(plural(1_024, 'profile', 'profiles')).toBe('1,024 profiles');
  });
});
