import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeFileName } from '../../../engine/files/safe-file-name.ts';
import { UniqueNames } from '../../../engine/files/unique-names.ts';

describe('unique file names', () => {
  it('differ on systems that fold case, spellings and sharp s', () => {
    const names = new UniqueNames(['manifest.json']);
    const given = ['Acme', 'ACME', 'acme', 'caf\u00e9', 'cafe\u0301', 'Gro\u00df', 'GROSS'].map((stem) =>
      names.give(stem, '.json'),
    );
    expect(given).toEqual([
      'Acme.json',
      'ACME-2.json',
      'acme-3.json',
      'caf\u00e9.json',
      'cafe\u0301-2.json',
      'Gro\u00df.json',
      'GROSS-2.json',
    ]);
    expect(names.give('Manifest', '.json')).toBe('Manifest-2.json');
  });

  it('are safe, short and all different whatever the profiles are called', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 30 }), (stems) => {
        const names = new UniqueNames();
        const given = stems.map((stem) => names.give(`${safeFileName(stem)}.spring-properties`, '.properties'));
        expect(new Set(given.map((name) => name.toLowerCase())).size).toBe(given.length);
        for (const name of given) {
          expect(name).not.toMatch(/[/\\:*?"<>|\p{Cc}]|^[.-]|[. ]$|\.\./u);
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
        }
      }),
    );
  });
});
