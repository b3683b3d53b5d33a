import { isMap, isScalar, isSeq, type Pair, type ParsedNode, type Scalar } from 'yaml';
import { JsonDocument } from '../json/document.ts';
import { isSecretKey, maskJson, SHOWN_MASK } from '../json/mask.ts';
import { maskLines } from '../mask-lines.ts';
import { readSecret } from '../secret-policy.ts';
import { YamlFile } from './document.ts';
import type { RawNode } from './nodes.ts';

interface Hidden {
  start: number;
  end: number;
  text: string;
}

interface Open {
  node: RawNode;
  secret: boolean;
}

/**
 * A part of a YAML text, of whole lines, with its secrets masked. See {@link maskWhole}.
 * @param from Offset of the beginning of a line, `to` of the end of one.
 */
export function maskYaml(text: string, from = 0, to = text.length): string {
  const masked = maskWhole(text);
  if (from === 0 && to === text.length) return masked;
  const part = text.slice(from, to);
  const first = text.slice(0, from).split('\n').length - 1;
  const lines = masked.split('\n').slice(first, first + part.split('\n').length);
  if (part === '' || part.endsWith('\n')) lines[lines.length - 1] = '';
  return lines.join('\n');
}

/**
 * A YAML text with the values under secret keys masked, also those of `KEY=value` list items, of `name`/`value` pairs,
 * of Kubernetes Secrets, in embedded files and in comments. References (`${NAME}`, `!secret x`) stay: they hold no
 * secret. Keeps the number of lines; a text that is no YAML is masked line by line.
 */
function maskWhole(text: string): string {
  const read = YamlFile.read(text);
  if (!read.ok) return maskAddresses(maskComments(maskLines(text)));
  const hidden: Hidden[] = [];
  for (const { contents } of read.value.documents) {
    const open: Open[] = [{ node: contents, secret: false }];
    for (let at = open.pop(); at; at = open.pop()) open.push(...maskNode(read.value, at, hidden));
  }
  const parts: string[] = [];
  let copied = 0;
  for (const { start, end, text: shown } of hidden.toSorted((a, b) => a.start - b.start)) {
    parts.push(text.slice(copied, start), shown);
    copied = end;
  }
  parts.push(text.slice(copied));
  return maskAddresses(maskComments(parts.join('')));
}

function maskNode(file: YamlFile, { node, secret }: Open, hidden: Hidden[]): Open[] {
  if (isMap(node)) return mapItems(node.items as Pair<ParsedNode, RawNode>[], secret);
  if (isSeq(node)) return (node.items as RawNode[]).map((item) => ({ node: item, secret }));
  if (isScalar(node)) maskScalar(file, node as Scalar.Parsed & ParsedNode, secret, hidden);
  return [];
}

function mapItems(items: readonly Pair<ParsedNode, RawNode>[], secret: boolean): Open[] {
  const texts = new Map(items.map(({ key, value }) => [keyOf(key), isScalar(value) ? String(value.value ?? '') : '']));
  const isSecretObject = texts.get('kind') === 'Secret';
  const named = isSecretKey(texts.get('name') ?? '') || isSecretKey(texts.get('key') ?? '');
  return items.map(({ key, value }) => {
    const name = keyOf(key);
    // `mail.password` and `smtp-password`: the last part tells.
    const own = isSecretKey(name.replaceAll('-', '_'));
    const ofSecret = isSecretObject && (name === 'data' || name === 'stringData');
    return { node: value, secret: secret || own || ofSecret || (named && name === 'value') };
  });
}

function maskScalar(file: YamlFile, node: Scalar.Parsed & ParsedNode, secret: boolean, hidden: Hidden[]): void {
  const [start, end] = node.range;
  const source = file.text.slice(start, end);
  const text = String(node.value ?? '');
  const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
  if (secret) {
    if (hidesSomething(text, node.tag ?? '')) hidden.push({ start, end, text: masked(source, block) });
    return;
  }
  if (block) {
    const shown = maskEmbedded(source);
    if (shown !== source) hidden.push({ start, end, text: shown });
    return;
  }
  const match = /^([\w.-]+)=(.+)$/s.exec(text);
  if (!match?.[1] || !isSecretKey(match[1]) || !hidesSomething(match[2] ?? '', '')) return;
  const shown = `"${match[1]}=${SHOWN_MASK}"`;
  hidden.push({ start, end, text: shown + '\n'.repeat(source.split('\n').length - 1) });
}

/** A file inside the file, such as config.json in a ConfigMap. */
function maskEmbedded(source: string): string {
  const at = source.indexOf('\n') + 1;
  const body = source.slice(at);
  return source.slice(0, at) + (JsonDocument.read(body).ok ? maskJson(body) : maskComments(maskLines(body)));
}

function masked(source: string, block: boolean): string {
  if (block) {
    return source
      .split('\n')
      .map((line, index) => (index === 0 || line.trim() === '' ? line : line.replace(/\S.*$/s, SHOWN_MASK)))
      .join('\n');
  }
  return `"${SHOWN_MASK}"${'\n'.repeat(source.split('\n').length - 1)}`;
}

/** False for what is no secret: empty, a switch, a reference without fallback, a mask, a placeholder. */
function hidesSomething(text: string, tag: string): boolean {
  if (tag === '!secret' || tag === '!include' || tag === '!env_var') return false;
  if (/^(?:true|false|yes|no|on|off|null|~)$/i.test(text)) return false;
  const { state, reference } = readSecret(text);
  return state === 'value' || (state === 'reference' && reference === '');
}

/** A setting that is commented out can still hold a password. */
function maskComments(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const match = /^(\s*#+\s?)(.*)$/s.exec(line);
      return match ? `${match[1]}${maskLines(match[2] ?? '')}` : line;
    })
    .join('\n');
}

/** The password of `smtp://user:password@host`. */
function maskAddresses(text: string): string {
  return text.replace(/([a-z][\w+.-]{1,20}:\/\/[^\s/:@"']{1,4000}:)([^\s/@"'$]{1,200})@/gi, `$1${SHOWN_MASK}@`);
}

function keyOf(key: ParsedNode): string {
  return isScalar(key) ? String(key.value ?? '') : '';
}
