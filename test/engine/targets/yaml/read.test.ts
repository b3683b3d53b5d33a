import { describe, expect, it } from 'vitest';
import { MAX_YAML, YamlFile } from '../../../../engine/targets/yaml/document.ts';
import { FlatYaml } from '../../../../engine/targets/yaml/flat.ts';
import type { YamlMap } from '../../../../engine/targets/yaml/nodes.ts';
import { errorOf, must } from '../support.ts';

function root(text: string): YamlMap {
  const [map] = must(YamlFile.read(text)).maps();
  if (!map) throw new Error('no map');
  return map;
}

describe('Reading YAML', () => {
  it('keeps what readers differ about as it is written', () => {
    const map = root('a: no\nb: 0123\nc: 12:30\nd: "no"\ne: !secret pw\nf: ~\n');
    expect(['a', 'b', 'c', 'd', 'e'].map((key) => map.scalar(key)?.text)).toEqual(['no', '0123', '12:30', 'no', 'pw']);
    expect([map.scalar('a')?.plain, map.scalar('d')?.plain, map.scalar('e')?.tag]).toEqual([true, false, '!secret']);
    expect(map.at('f')).toBeUndefined();
  });

  it('gives the path and the line of a value, also behind an alias', () => {
    const map = root('x: &v\n  - mail\na:\n  b:\n    - c: |\n        text\nd: *v\n');
    expect(map.down('a')?.list('b')?.maps()[0]?.scalar('c')?.origin).toEqual({ key: 'a.b[0].c', line: 5 });
    expect(map.list('d')?.items()).toHaveLength(1);
  });

  it('follows merge keys, own keys and the first of a list counting most', () => {
    const map = root('a: &a {p: 1, q: 1}\nb: &b {p: 2, r: 2}\nc:\n  <<: [*a, *b]\n  q: 3\n').map('c');
    expect(['p', 'q', 'r'].map((key) => map?.scalar(key)?.text)).toEqual(['1', '3', '2']);
    expect(map?.rest()).toEqual([]);
  });

  it('ends on a map that merges itself, and on an alias of nothing', () => {
    expect(root('a: &a\n  <<: *a\n  b: 1\n').map('a')?.scalar('b')?.text).toBe('1');
    expect(root('a: *none\n').at('a')).toBeUndefined();
  });

  it('finds duplicates and keys that nobody asked for', () => {
    const map = root('a: 1\nb: 2\na: 3\n');
    expect(map.scalar('a')?.text).toBe('3');
    expect(map.duplicates()).toEqual([{ key: 'a', line: 3 }]);
    expect(map.rest()).toEqual([{ key: 'b', line: 2 }]);
  });

  it.each([
    ['a: 1\n\tb: 2\n', 'PARSE_FAILED', 2],
    ['a: "open\nb: 1\n', 'PARSE_FAILED', 3],
    ['a: 1\n b: 2\n', 'PARSE_FAILED', 1],
    ['a: {{ .Values.b }}\nc: {{- if }}\n', 'TEMPLATE_FILE', 1],
    ['{% if a %}\nb: 1\n', 'TEMPLATE_FILE', 1],
  ])('refuses %j with %s and its line', (text, code, line) => {
    const error = errorOf(YamlFile.read(text));
    expect(error).toMatchObject({ code, facts: { line } });
  });

  it('never quotes the text in an error', () => {
    expect(JSON.stringify(errorOf(YamlFile.read('password: canary\n  secret: "x\n')))).not.toContain('canary');
  });

  it('refuses what is too large or nested too deeply', () => {
    expect(errorOf(YamlFile.read('a'.repeat(MAX_YAML + 1))).code).toBe('INPUT_TOO_LARGE');
    expect(errorOf(YamlFile.read('['.repeat(MAX_YAML))).code).toBe('PARSE_FAILED');
    // Each of these once ended the whole process: the parser's stack was full inside a regular expression.
    expect(errorOf(YamlFile.read('- '.repeat(20_000))).code).toBe('PARSE_FAILED');
    expect(errorOf(YamlFile.read('? '.repeat(20_000))).code).toBe('PARSE_FAILED');
    expect(errorOf(YamlFile.read('{a: '.repeat(20_000))).code).toBe('PARSE_FAILED');
    expect(YamlFile.read('['.repeat(400) + ']'.repeat(400)).ok).toBe(true);
    const stairs = Array.from({ length: 490 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('');
    expect(YamlFile.read(stairs).ok).toBe(true);
  });

  it('reads nested and dotted names alike', () => {
    const flat = new FlatYaml(
      root('spring:\n  mail.host: a\n  mail:\n    properties:\n      "[mail.smtp.auth]": true\nspring.mail.port: 25\n'),
    );
    expect(flat.get('spring.mail.host')?.text).toBe('a');
    expect(flat.get('spring.mail.port')?.text).toBe('25');
    expect(flat.get('spring.mail.properties.mail.smtp.auth')?.text).toBe('true');
    expect(flat.has('spring.mail.properties')).toBe(true);
  });
});
