import { appErrorOf } from '../../../shared/errors.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { ImportDraft } from '../draft.ts';
import type { Variable } from '../env/variables.ts';
import { readVariables, recogniseVariables } from '../env/vocabulary.ts';
import type { SourceDocument } from '../source.ts';
import type { ParsedImport } from '../target.ts';
import type { YamlFile } from '../yaml/document.ts';
import { type YamlMap, YamlScalar } from '../yaml/nodes.ts';
import { readEmbedded } from './embedded.ts';

const NAME = 'Kubernetes';

/** Characters of a variable's value; what is longer is a file. */
const MAX_VALUE = 2_000;

/** Places of the pod template, by the kinds that have one. */
const POD_PLACES = [['spec', 'template', 'spec'], ['spec', 'jobTemplate', 'spec', 'template', 'spec'], ['spec']];

/** One object of a manifest; those inside a List count by themselves. */
export interface Manifest {
  kind: string;
  name: string;
  map: YamlMap;
}

/** Every object of a file. */
export function manifestsOf(file: YamlFile): Manifest[] {
  return file.maps().flatMap((root) => {
    const items = root.scalar('kind')?.text.endsWith('List') ? root.list('items')?.maps() : undefined;
    return (items ?? [root]).flatMap((map) => {
      const kind = map.scalar('kind')?.text;
      return kind === undefined ? [] : [{ kind, name: map.map('metadata')?.scalar('name')?.text ?? '', map }];
    });
  });
}

/** How surely a text is a manifest that holds mail settings. */
export function recogniseKubernetes(source: SourceDocument): number {
  const { lines: text } = source;
  if (!/^\s*(?:-\s+)?apiVersion\s*:/m.test(text) || !/^\s*(?:-\s+)?kind\s*:/m.test(text)) return 0;
  const read = source.yaml();
  if (!read.ok) return 0.5;
  const manifests = manifestsOf(read.value);
  if (recogniseVariables(manifests.flatMap(variablesOf)).length > 0) return 0.96;
  return manifests.length > 0 ? 0.6 : 0;
}

/** Reads variables of ConfigMaps, Secrets and containers together, and whole files that a ConfigMap holds. */
export function parseKubernetes(source: SourceDocument): Result<ParsedImport> {
  const read = source.yaml();
  if (!read.ok) return read;
  const draft = new ImportDraft();
  const manifests = manifestsOf(read.value).slice(0, 500);
  const maps = manifests.filter(({ kind }) => kind === 'ConfigMap' || kind === 'Secret');
  const keyed = maps.flatMap(variablesOf);
  const containers = manifests.flatMap(({ map }) => containersOf(map));
  let any = false;
  if (containers.length === 0) for (const account of accountsOf(maps)) any = readVariables(account, draft) || any;
  // What the containers name themselves wins over the maps that they take everything from.
  if (containers.length > 0) any = readVariables([...keyed, ...containers.flatMap(environmentOf)], draft);
  for (const manifest of manifests) {
    for (const embedded of filesOf(manifest)) any = readEmbedded(embedded, draft) || any;
  }
  return any ? draft.result() : fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
}

/**
 * The variables of all maps together, since a ConfigMap and a Secret of any names make one account; apart by the names of
 * their objects where two of these say the same variable.
 */
function accountsOf(maps: readonly Manifest[]): Variable[][] {
  const byName = new Map<string, Variable[]>();
  for (const map of maps) byName.set(map.name, [...(byName.get(map.name) ?? []), ...variablesOf(map)]);
  const mail = [...byName.values()].filter((variables) => recogniseVariables(variables).length > 0);
  const names = mail.flatMap((variables) => [...new Set(variables.map(({ name }) => name))]);
  return new Set(names).size < names.length ? mail : [maps.flatMap(variablesOf)];
}

/** The variables that an object holds itself. */
export function variablesOf(manifest: Manifest): Variable[] {
  if (manifest.kind !== 'ConfigMap' && manifest.kind !== 'Secret')
    return containersOf(manifest.map).flatMap(environmentOf);
  return entriesOf(manifest)
    .filter(({ name, value }) => value.length <= MAX_VALUE && !(name.includes('.') && value.includes('\n')))
    .map(({ name, value, line, key }) => ({ name: normalName(name), value, line, key, literal: true }));
}

/** Keys and values of a ConfigMap or Secret, under their own names. */
export function keysOf(manifest: Manifest): { name: string; value: string }[] {
  return entriesOf(manifest);
}

interface Entry {
  name: string;
  value: string;
  line: number;
  key: string;
}

function entriesOf({ kind, map }: Manifest): Entry[] {
  const sections = kind === 'Secret' ? ['data', 'stringData'] : ['data'];
  return sections.flatMap((section) => {
    const holder = map.map(section);
    return (holder?.entries() ?? []).flatMap(({ key: name, line }) => {
      const scalar = holder?.scalar(name);
      const value = scalar && (kind === 'Secret' && section === 'data' ? fromBase64(scalar.text) : scalar.text);
      return value === undefined || value === null ? [] : [{ name, value, line, key: `${kind}.${section}.${name}` }];
    });
  });
}

/** Text of base64; null for what is none or no UTF-8. */
function fromBase64(text: string): string | null {
  const compact = text.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact) || compact.length % 4 !== 0) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(compact, 'base64'));
  } catch {
    return null;
  }
}

/** Keys such as `smtp-password` are meant for a variable of the same name. */
function normalName(name: string): string {
  return /^[a-z][a-z0-9.-]*$/.test(name) ? name.replace(/[.-]/g, '_').toUpperCase() : name;
}

function filesOf(manifest: Manifest): { key: string; text: string; line: number }[] {
  const holder = manifest.kind === 'ConfigMap' ? manifest.map.map('data') : undefined;
  return (holder?.entries() ?? []).flatMap(({ key, line }) => {
    const scalar = holder?.at(key);
    if (!(scalar instanceof YamlScalar) || !scalar.text.includes('\n')) return [];
    // A block begins on the line below its key.
    return [{ key, text: scalar.text, line: line + 1 }];
  });
}

function containersOf(map: YamlMap): YamlMap[] {
  return POD_PLACES.flatMap(
    (keys) =>
      map
        .down(...keys)
        ?.list('containers')
        ?.maps() ?? [],
  );
}

function environmentOf(container: YamlMap): Variable[] {
  return (container.list('env')?.maps() ?? []).flatMap((item) => {
    const name = item.scalar('name');
    if (!name) return [];
    const { origin } = name;
    const value = item.scalar('value');
    const from = item.map('valueFrom');
    const reference = from?.map('secretKeyRef') ?? from?.map('configMapKeyRef');
    if (value) return [{ name: name.text, value: value.text, line: origin.line, key: name.text, literal: true }];
    if (!reference) return [];
    const text = `$\{${reference.scalar('name')?.text ?? ''}/${reference.scalar('key')?.text ?? ''}}`;
    return [{ name: name.text, value: text, line: origin.line, key: name.text }];
  });
}
