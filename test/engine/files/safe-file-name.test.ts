import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safeFileName } from '../../../engine/files/safe-file-name.ts';

describe('a safe file name', () => {
  test.each([
    ['Acme / Production', 'Acme-Production'],
    ['../../etc/passwd', 'etc-passwd'],
    ['C:\\Windows\\win.ini', 'C-Windows-win.ini'],
    ['con', '_con'],
    ['AUX.json', '_AUX.json'],
    ['COM¹', '_COM¹'],
    ['console', 'console'],
    ['.hidden', 'hidden'],
    ['-rf', 'rf'],
    ['trailing. . ', 'trailing'],
    ['Bücher 漢字', 'Bücher-漢字'],
    ['a\u202egnp.exe', 'a-gnp.exe'],
    ['', 'untitled'],
    ['🚀', 'untitled'],
    ['NUL\0byte', 'NUL-byte'],
  ])('makes %j into %j', (text, name) => {
    expect(safeFileName(text)).toBe(name);
  });

  test('holds on every system, whatever the text', () => {
    const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const name = safeFileName(text);
        expect(name).toMatch(/^[\p{L}\p{N}_][\p{L}\p{M}\p{N}._-]*$/u);
        expect(name).not.toMatch(/[.-]$/);
        expect(name).not.toMatch(reserved);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(121);
        expect(safeFileName(name)).toBe(name);
      }),
      { numRuns: 500 },
    );
  });
});
