import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonDocument } from '../../../../engine/targets/json/document.ts';
import { checkJson, MAX_JSON_DEPTH } from '../../../../engine/targets/json/scan.ts';

function natively(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('checkJson', () => {
  it('accepts what JSON.parse accepts', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t', '\r\n'), (text, space) => {
        const spaced = JSON.stringify(JSON.parse(text), null, space);
        expect(checkJson(spaced)).toBeNull();
      }),
    );
  });

  it('agrees with JSON.parse on damaged texts', () => {
    const damage = fc.tuple(
      fc.nat(),
      fc.nat({ max: 3 }),
      fc.constantFrom('', '"', ',', '}', ']', '\\', '0', '-', 'e', '.', ' ', '\n', '/', '{'),
    );
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), damage, (text, [at, length, insert]) => {
        const start = at % (text.length + 1);
        const damaged = text.slice(0, start) + insert + text.slice(start + length);
        expect(checkJson(damaged) === null).toBe(natively(damaged));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['{"a": 1,}', 1, 8, 'A comma stands before the closing }. Remove it.'],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'A comma or the closing } is missing before this.'],
    ['{ // note\n}', 1, 3, 'A comment stands here, and JSON has no comments. Remove it.'],
    ['{"a": /* x */ 1}', 1, 7, 'A comment stands here, and JSON has no comments. Remove it.'],
    ["{'a': 1}", 1, 2, 'JSON wants double quotes, not single ones.'],
    ['{a: 1}', 1, 2, 'A name in double quotes is missing here.'],
    ['{"a" 1}', 1, 6, 'A colon is missing after the name.'],
    ['{"a": "x\n"}', 1, 7, 'A text that begins here is not closed on its line.'],
    ['{"a": "x', 1, 7, 'A text that begins here is not closed before the end of the file.'],
    ['{"a": "\\p"}', 1, 8, 'A backslash here needs to be doubled (\\\\).'],
    ['{"a": 1', 1, 8, 'The file ends before the closing }.'],
    ['{"a": ', 1, 7, 'The file ends too early.'],
    ['{} {}', 1, 4, 'Something follows after the end of the JSON text.'],
    ['  \n', 2, 1, 'The file is empty.'],
    ['[1, , 2]', 1, 5, 'A comma stands where a value should be. Remove it.'],
    ['{"a": yes}', 1, 7, 'A value is missing here.'],
  ])('says in plain words what is wrong with %j', (text, line, column, detail) => {
    const read = JsonDocument.read(text);
    expect(read).toEqual({
      ok: false,
      error: { code: 'PARSE_FAILED', facts: { format: 'JSON', line, column, detail } },
    });
  });

  it('refuses hostile depth as a value, never as a stack overflow', () => {
    for (const depth of [MAX_JSON_DEPTH + 1, 1_000, 100_000]) {
      const fault = checkJson('['.repeat(depth) + ']'.repeat(depth));
      expect(fault?.detail).toBe('This is nested more than 64 levels deep.');
    }
    expect(checkJson('{"a":'.repeat(100_000))?.detail).toBe('This is nested more than 64 levels deep.');
    expect(checkJson('['.repeat(MAX_JSON_DEPTH) + ']'.repeat(MAX_JSON_DEPTH))).toBeNull();
  });

  it('stays linear on long texts of one kind', () => {
    for (const text of [
      `"${'a'.repeat(2_000_000)}"`,
      `"${'\\\\'.repeat(1_000_000)}"`,
      '1'.repeat(2_000_000),
      ' '.repeat(2_000_000),
    ]) {
      const start = performance.now();
      checkJson(text);
      expect(performance.now() - start).toBeLessThan(3_000);
    }
  });

  it.each([
    ['{% set a = 1 %}\n{}', 'Jinja', 1],
    ['{\n  "a": {{ .Values.a }}\n}', 'Helm', 2],
    ['{{- define "config.json" -}}\n{}', 'Helm', 1],
    ['{\n\n  "a": <%= @a %>\n}', 'Ruby (ERB)', 3],
    ['{"a": {{ a | to_json }}}', 'Jinja', 1],
  ])('knows a template: %j', (text, kind, line) => {
    expect(JsonDocument.read(text)).toEqual({ ok: false, error: { code: 'TEMPLATE_FILE', facts: { kind, line } } });
  });

  it('does not blame a template mark that stands after the fault', () => {
    const read = JsonDocument.read('{"a": 1 "b": 2,\n"c": "{{ d }}"}');
    expect(read).toMatchObject({ ok: false, error: { code: 'PARSE_FAILED', facts: { line: 1, column: 9 } } });
  });
});
