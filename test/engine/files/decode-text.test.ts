import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from '../../../engine/files/decode-text.ts';

const encodingOf = (bytes: Uint8Array) => {
  const result = decodeText(bytes, 'config.json');
  return !result.ok && result.error.code === 'FILE_NOT_TEXT' ? result.error.facts.encoding : null;
};
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('decoding a file', () => {
  test('gives back any well-formed text', () => {
    const text = fc.string({ unit: 'binary' }).filter((each) => each.isWellFormed() && !/[\0\ufeff]/.test(each));
    fc.assert(
      fc.property(text, fc.boolean(), (each, bom) => {
        const bytes = Buffer.from(`${bom ? '\ufeff' : ''}${each}`, 'utf8');
        expect(decodeText(bytes, 'x')).toEqual({ ok: true, value: { text: each, bom } });
      }),
    );
  });

  test('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => typeof decodeText(bytes, 'x').ok === 'boolean'));
  });

  test.each([
    ['UTF-16LE', Buffer.from('\ufeff{"a":1}', 'utf16le')],
    ['UTF-16BE', utf16be('\ufeff{"a":1}')],
    ['UTF-16LE', Buffer.from('{"a": 1}', 'utf16le')],
    ['UTF-16BE', utf16be('{"a": 1}')],
    ['UTF-32LE', Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0])],
    ['UTF-32BE', Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x7b])],
    ['binary data', Buffer.from('MZ\0\0binary')],
    ['binary data', Buffer.alloc(40)],
    ['in another encoding, such as Windows-1252', Buffer.from('M\u00fcller', 'latin1')],
    ['in another encoding, such as Windows-1252', Buffer.from([0xe2, 0x82])],
  ])('names %s', (name, bytes) => {
    expect(encodingOf(bytes)).toBe(name);
  });
});
