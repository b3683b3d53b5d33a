import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caselessKey, JsonDocument, type JsonValue, type SameKey } from '../../../../engine/targets/json/document.ts';
import { type JsonChanges, JsonEditor } from '../../../../engine/targets/json/edit.ts';

function edit(text: string, changes: JsonChanges, same?: SameKey): string {
  const read = JsonDocument.read(text);
  if (!read.ok) throw new Error(read.error.code);
  const editor = new JsonEditor(read.value, same);
  editor.change(read.value.root, changes);
  return editor.result();
}

describe('JsonEditor', () => {
  it.each([
    ['replaces', '{"a": 1, "b" : 2}', { b: 'x' }, '{"a": 1, "b" : "x"}'],
    ['adds on one line', '{"a":1}', { b: 2 }, '{"a":1,"b":2}'],
    ['adds on one line with spaces', '{ "a": 1 }', { b: 2 }, '{ "a": 1, "b": 2 }'],
    ['adds with four spaces', '{\n    "a": 1\n}', { b: 2 }, '{\n    "a": 1,\n    "b": 2\n}'],
    ['adds with tabs and CRLF', '{\r\n\t"a": 1\r\n}\r\n', { b: 2 }, '{\r\n\t"a": 1,\r\n\t"b": 2\r\n}\r\n'],
    ['keeps a spaced colon', '{\n  "a" : 1\n}', { b: { c: 2 } }, '{\n  "a" : 1,\n  "b" : {\n    "c" : 2\n  }\n}'],
    ['fills an empty object', '{}', { a: 1 }, '{\n  "a": 1\n}'],
    ['removes the first', '{"a": 1, "b": 2}', { a: undefined }, '{"b": 2}'],
    ['removes the last', '{"a": 1, "b": 2}', { b: undefined }, '{"a": 1}'],
    ['removes the only one', '{\n  "a": 1\n}', { a: undefined }, '{}'],
    ['removes all and adds', '{\n  "a": 1\n}', { a: undefined, b: 2 }, '{\n  "b": 2\n}'],
    [
      'removes at the end and adds',
      '{"a": 1, "b": 2, "c": 3}',
      { b: undefined, c: undefined, d: 4 },
      '{"a": 1, "d": 4}',
    ],
    ['removes every second', '{"a":1,"b":2,"c":3,"d":4}', { a: undefined, c: undefined }, '{"b":2,"d":4}'],
    ['keeps a byte order mark', '\ufeff{"a":1}', { a: 2 }, '\ufeff{"a":2}'],
    ['keeps the spelling of an equal value', '{"a":"\\u003cx\\u003e"}', { a: '<x>' }, '{"a":"\\u003cx\\u003e"}'],
    ['sets every duplicate', '{"a":1,"a":2}', { a: 3 }, '{"a":3,"a":3}'],
    ['does not touch braces inside texts', '{"x":"}]\\"{","a":1}', { a: 2 }, '{"x":"}]\\"{","a":2}'],
  ] as [string, string, JsonChanges, string][])('%s', (_what, text, changes, expected) => {
    expect(edit(text, changes)).toBe(expected);
  });

  it('finds keys in any case where the product does, and keeps their spelling', () => {
    expect(edit('{"smtpSERVER":"a"}', { SMTPServer: 'b' }, caselessKey)).toBe('{"smtpSERVER":"b"}');
    expect(edit('{"smtpSERVER":"a"}', { SMTPServer: 'b' })).toBe('{"smtpSERVER":"a","SMTPServer":"b"}');
  });

  const plain: fc.Arbitrary<JsonValue> = fc.jsonValue({ maxDepth: 2 }).map((value) => value as JsonValue);
  const keys = fc.constantFrom('a', 'b', 'c', 'd', '', '"', '\\', 'ü', '__proto__');
  const object = fc.array(fc.tuple(keys, plain), { maxLength: 6 });
  const spaces = fc.array(fc.constantFrom('', ' ', '\n', '\r\n  ', '\t'), { minLength: 40, maxLength: 40 });

  /** An object with white space anywhere, and keys that may stand twice. */
  function spelled(members: [string, JsonValue][], gaps: string[]): string {
    let next = 0;
    const gap = () => gaps[next++ % gaps.length] ?? '';
    const items = members.map(
      ([key, value]) => `${gap()}${JSON.stringify(key)}${gap()}:${gap()}${JSON.stringify(value)}${gap()}`,
    );
    return `${gap()}{${items.length === 0 ? gap() : items.join(',')}}${gap()}`;
  }

  it('leaves every byte before, between and after alone but for the changed keys', () => {
    fc.assert(
      fc.property(
        object,
        spaces,
        fc.array(fc.tuple(keys, fc.option(plain, { nil: undefined })), { maxLength: 5 }),
        (members, gaps, list) => {
          const text = spelled(members, gaps);
          const changes: JsonChanges = Object.fromEntries(list);
          const result = edit(text, changes);
          const kept = members
            .filter(([key]) => !Object.hasOwn(changes, key))
            .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
          const after = JsonDocument.read(result);
          if (!after.ok) throw new Error(`${text} became ${result}`);
          const found = after.value.members(after.value.root);
          const others = found.filter(({ key }) => !Object.hasOwn(changes, key));
          expect(
            others.map(
              (member) =>
                `${result.slice(member.keyStart, member.keyEnd)}:${result.slice(member.valueStart, member.valueEnd)}`,
            ),
          ).toEqual(kept);
          for (const [key, value] of Object.entries(changes)) {
            const same = found.filter((member) => member.key === key).map((member) => after.value.value(member));
            if (value === undefined) expect(same).toEqual([]);
            else {
              expect(same.length).toBeGreaterThan(0);
              for (const one of same) expect(JSON.stringify(one)).toBe(JSON.stringify(value));
            }
          }
          expect(edit(result, changes)).toBe(result);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('changes nothing in the text around an object deep inside', () => {
    fc.assert(
      fc.property(fc.json(), fc.json(), fc.string({ unit: 'binary' }), (before, after, value) => {
        const head = `{"x": ${before},\n "in": `;
        const tail = `, "y" :${after}}\n`;
        const read = JsonDocument.read(`${head}{"a":1}${tail}`);
        if (!read.ok) throw new Error(read.error.code);
        const editor = new JsonEditor(read.value);
        const inner = read.value.member(read.value.root, 'in');
        editor.change(inner?.valueStart ?? -1, { a: value });
        expect(editor.result()).toBe(`${head}{"a":${JSON.stringify(value)}}${tail}`);
      }),
    );
  });
});
