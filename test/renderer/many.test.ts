import { describe, expect, it } from 'vitest';
import { toAccept as bundleChoices, initialBundleChoices } from '../../renderer/features/bundle/bundle-choices.ts';
import { usablePassphrase } from '../../renderer/features/bundle/passphrase-fields.tsx';
import { initialSetChoices, setHoldsSecrets, toAccept } from '../../renderer/features/many/import-set-choices.ts';
import type { ImportSetPreview } from '../../shared/import-set.ts';
import { emptySettings } from '../../shared/profile.ts';
import type { ImportPreview } from '../../shared/target.ts';
import { fakeBundle } from '../support/fake-bundle.ts';

const importId = '3f2b8c1e-0000-4000-8000-000000000001';

function preview(names: string[], withSecret: number | null): ImportPreview {
  const secret = { kind: 'password' as const, key: 'x', line: 1, reference: '' };
  return {
    importId,
    target: 'msmtp',
    otherCandidates: [],
    profiles: names.map((name) => ({ ...emptySettings(), name })),
    origins: {},
    ignored: [],
    secrets: names.map((_, profile) => ({ ...secret, profile, state: profile === withSecret ? 'value' : 'mask' })),
    warnings: [],
  };
}

describe('the choices of an import of several', () => {
  const set: ImportSetPreview = {
    importId,
    name: 'set.zip',
    files: [
      { path: 'a', bytes: 1, first: 0, preview: preview(['A', 'B'], 1), error: null },
      { path: 'b', bytes: 1, first: 2, preview: null, error: { code: 'NOT_RECOGNISED', facts: {} } },
      { path: 'c', bytes: 1, first: 2, preview: preview(['C'], null), error: null },
    ],
  };

  it('count through the whole set, and keep a secret only where there is one', () => {
    const choices = initialSetChoices(set);
    expect(setHoldsSecrets(set)).toBe(true);
    expect(toAccept(choices, 'keychain')).toEqual([
      { index: 0, name: 'A', secrets: 'leave-out' },
      { index: 1, name: 'B', secrets: 'keychain' },
      { index: 2, name: 'C', secrets: 'leave-out' },
    ]);
  });
});

describe('the choices of a bundle', () => {
  const bundle = fakeBundle();
  const [fresh, known] = initialBundleChoices(bundle);

  it('keep both by default, the new one under a free name', () => {
    expect(
      bundleChoices(
        bundle.profiles,
        [fresh, known].flatMap((choice) => choice ?? []),
        'session',
      ),
    ).toEqual([
      { action: 'add', index: 0, name: 'Globex chat', secrets: 'session' },
      { action: 'add', index: 1, name: 'Acme production relay (2)', secrets: 'session' },
    ]);
  });

  it('replace the stored one at the revision that was shown, or skip', () => {
    const conflict = bundle.profiles[1]?.conflicts[0];
    const choices = [
      { index: 0, action: 'skip' as const, name: '', conflict: 0 },
      { index: 1, action: 'replace' as const, name: '', conflict: 0 },
    ];
    expect(bundleChoices(bundle.profiles, choices, 'leave-out')).toEqual([
      { action: 'replace', index: 1, id: conflict?.id, revision: conflict?.revision, secrets: 'leave-out' },
    ]);
  });
});

describe('a new passphrase', () => {
  it('can be used when it is long enough and twice the same', () => {
    expect(usablePassphrase({ first: 'short', second: 'short' })).toBeNull();
    expect(usablePassphrase({ first: 'long enough', second: 'long enough!' })).toBeNull();
    expect(usablePassphrase({ first: 'long enough', second: 'long enough' })).toBe('long enough');
  });
});
