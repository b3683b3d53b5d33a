import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { YamlFile } from '../../../../engine/targets/yaml/document.ts';
import { type YamlChanges, YamlEditor } from '../../../../engine/targets/yaml/edit.ts';
import { YamlWord } from '../../../../engine/targets/yaml/write.ts';
import { errorOf, must } from '../support.ts';

function changed(text: string, changes: YamlChanges, ...keys: string[]): string {
  const file = must(YamlFile.read(text));
  const map = file.maps()[0]?.down(...keys);
  if (!map) throw new Error('no map');
  const editor = new YamlEditor(file);
  editor.change(map, changes);
  return must(editor.result('Test'));
}

function refusalOf(text: string, changes: YamlChanges): string {
  const file = must(YamlFile.read(text));
  const [map] = file.maps();
  if (!map) throw new Error('no map');
  const editor = new YamlEditor(file);
  editor.change(map, changes);
  return JSON.stringify(errorOf(editor.result('Test')));
}

describe('Changing a YAML text', () => {
  it('replaces a value and keeps comments, order, quotes and spacing', () => {
    const text = '# top\nb:   1 # one\na: \'x\'   # two\n\n\nc: "y"\n# end';
    expect(changed(text, { b: 2, a: "it's", c: 'z' })).toBe(
      "# top\nb:   2 # one\na: 'it''s'   # two\n\n\nc: \"z\"\n# end",
    );
  });

  it('leaves what already means the same in its own spelling', () => {
    const text = 'a: yes\nb: plain text\nc: \'x\'\nd: "x"\ne: 25\nf: !secret pw\n';
    expect(changed(text, { a: true, b: 'plain text', c: 'x', d: 'x', e: 25, f: new YamlWord('!secret pw') })).toBe(
      text,
    );
  });

  it('puts quotes around a text that a reader takes for something else', () => {
    expect(changed('a: 0123\nb: no\nc: 12:30:45\n', { a: '0123', b: 'no', c: '12:30:45' })).toBe(
      'a: "0123"\nb: "no"\nc: "12:30:45"\n',
    );
  });

  it('adds keys at the end of their map, in its indentation and line ends', () => {
    expect(changed('a:\r\n    b:\r\n        c: 1\r\nd: 2\r\n', { x: 'v', w: { z: 1 } }, 'a', 'b')).toBe(
      'a:\r\n    b:\r\n        c: 1\r\n        x: "v"\r\n        w:\r\n            z: 1\r\nd: 2\r\n',
    );
  });

  it('adds to a last line without a line end, and leaves it without one', () => {
    expect(changed('a: 1', { b: 2 })).toBe('a: 1\nb: 2');
  });

  it('adds behind a block scalar and before the comment of the next section', () => {
    expect(changed('a:\n  b: |\n    text\n    more\n\n# next\nc: 1\n', { d: 'x' }, 'a')).toBe(
      'a:\n  b: |\n    text\n    more\n  d: "x"\n\n# next\nc: 1\n',
    );
  });

  it('fills an empty value, an empty map and a section that is not there', () => {
    expect(changed('a: # later\nb: {} # none\n', { a: { x: 1 }, b: { w: 2 }, c: { z: 3 } })).toBe(
      'a: # later\n  x: 1\nb: { w: 2 } # none\nc:\n  z: 3\n',
    );
  });

  it('changes, adds to and removes from maps in braces', () => {
    expect(changed('a: {b: 1, c: "x", d: 2}\n', { a: { b: 3, c: undefined, e: 'new' } })).toBe(
      'a: {b: 3, d: 2, e: "new"}\n',
    );
    expect(changed('a: {b: 1, c: 2}\n', { a: { b: undefined, c: undefined } })).toBe('a: {}\n');
    expect(changed('{}', { a: 'x' })).toBe('{ a: "x" }');
  });

  it('removes whole lines, also of nested values and at the end', () => {
    expect(changed('a: 1\nb:\n  c: 2\n  d: |\n    text\ne: 3', { b: undefined })).toBe('a: 1\ne: 3');
    expect(changed('a: 1\ne: 3', { e: undefined })).toBe('a: 1');
    expect(changed('a:\n  b: 1\nc: 2\n', { b: undefined }, 'a')).toBe('a:\n  {}\nc: 2\n');
  });

  it('keeps the dash when the first key of a list item goes', () => {
    const file = must(YamlFile.read('l:\n  - a: 1\n    b: 2\n  - a: 3\n'));
    const item = file.maps()[0]?.list('l')?.maps()[0];
    if (!item) throw new Error('no item');
    const editor = new YamlEditor(file);
    editor.change(item, { a: undefined, c: 'x' });
    expect(must(editor.result('Test'))).toBe('l:\n  - b: 2\n    c: "x"\n  - a: 3\n');
  });

  it('appends to a list in its own indentation', () => {
    const file = must(YamlFile.read('l:\n- a: 1\n\n# after\nm: 2\n'));
    const list = file.maps()[0]?.list('l');
    if (!list) throw new Error('no list');
    const editor = new YamlEditor(file);
    editor.append(list, { a: 2, b: 'x' });
    expect(must(editor.result('Test'))).toBe('l:\n- a: 1\n- a: 2\n  b: "x"\n\n# after\nm: 2\n');
  });

  it('overrides what an anchor gives in the map itself, and does not touch the anchor', () => {
    const text = 'x: &x\n  h: old\n  p: 25\ns:\n  <<: *x\n  q: 1\n';
    expect(changed(text, { h: 'new', p: 25 }, 's')).toBe(
      'x: &x\n  h: old\n  p: 25\ns:\n  <<: *x\n  q: 1\n  h: "new"\n',
    );
  });

  it('replaces an alias by a value and leaves the other places', () => {
    expect(changed('a: &v old\nb: *v\nc: *v\n', { b: 'new' })).toBe('a: &v old\nb: "new"\nc: *v\n');
  });

  it('refuses what would change other places too', () => {
    expect(refusalOf('a: &v old\nb: *v\n', { a: 'new' })).toContain('has an anchor that other places use');
    expect(refusalOf('x: &x {a: 1}\nb: *x\n', { b: { a: 2 } })).toContain('points to an anchor');
    expect(refusalOf('x: &x\n  a: 1\nb: 2\n<<: *x\n', { a: undefined })).toContain('comes from an anchor');
  });

  it('removes tags with the value, and replaces a block scalar', () => {
    expect(changed('a: !secret pw # c\nb: |\n  x\n  y\nc: 1\n', { a: 'v', b: 'w' })).toBe('a: v # c\nb: "w"\nc: 1\n');
  });

  it('keeps a byte order mark and several documents', () => {
    const text = '\ufeffa: 1\n---\nb: 2\n';
    expect(changed(text, { a: 3, c: 4 })).toBe('\ufeffa: 3\nc: 4\n---\nb: 2\n');
  });

  it('changes only what was asked for, whatever the layout, or refuses', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'host', 'smtp');
    const scalar = fc.constantFrom('x', '"q \\" q"', "'s'", '25', '', '|\n      lit', '{d: 1}', '[1, 2]', '&k v', '~');
    const gap = fc.constantFrom('', '# note\n', '\n', '  # deep\n');
    const lines = fc.uniqueArray(fc.tuple(key, scalar, gap), {
      selector: ([name]) => name,
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(
        lines,
        lines,
        fc.dictionary(key, fc.option(fc.string(), { nil: undefined })),
        fc.boolean(),
        (outer, inner, changes, crlf) => {
          const body = (entries: [string, string, string][], pad: string) =>
            entries.map(([name, value, note]) => `${pad}${name}: ${value}\n${note}`).join('');
          const plain = `${body(outer, '')}z:\n${body(inner, '    ')}end: 1\n`;
          const text = crlf ? plain.replaceAll('\n', '\r\n') : plain;
          const file = YamlFile.read(text);
          if (!file.ok) return;
          const map = file.value.maps()[0]?.map('z');
          if (!map) throw new Error('no map');
          const editor = new YamlEditor(file.value);
          editor.change(map, changes);
          const result = editor.result('Test');
          if (!result.ok) return;
          const after = must(YamlFile.read(result.value)).maps()[0]?.map('z');
          for (const [name, value] of Object.entries(changes)) {
            if (value === undefined) expect(after?.has(name) ?? false).toBe(false);
            else expect(after?.scalar(name)?.text).toBe(value);
          }
          expect(result.value.startsWith(text.slice(0, text.indexOf('z:')))).toBe(true);
          expect(result.value.endsWith(crlf ? 'end: 1\r\n' : 'end: 1\n')).toBe(true);
          expect(crlf && /[^\r]\n/.test(result.value)).toBe(false);
        },
      ),
      { numRuns: 150 },
    );
  });
});
