import type { Variable } from '../env/variables.ts';
import type { YamlChanges, YamlEditor } from './edit.ts';
import { YamlList, type YamlMap, YamlScalar } from './nodes.ts';

/** Variables under a key of a map, as `NAME: value` or as a list of `NAME=value`. */
export function variablesUnder(owner: YamlMap, key: string): Variable[] {
  const found = owner.at(key);
  if (found instanceof YamlList) return fromList(found);
  if (!found || found instanceof YamlScalar) return [];
  return found.entries().flatMap((entry) => {
    const scalar = found.scalar(entry.key);
    if (!scalar) return [];
    return [{ name: entry.key, value: scalar.text, line: entry.line, key: found.join(entry.key) }];
  });
}

function fromList(list: YamlList): Variable[] {
  return list.items().flatMap((item) => {
    const match = item instanceof YamlScalar ? /^([\w.-]+)=(.*)$/s.exec(item.text) : null;
    if (!(item instanceof YamlScalar) || match?.[1] === undefined) return [];
    const key = item.origin.key.replace(/\[\d+\]$/, `.${match[1]}`);
    return [{ name: match[1], value: match[2] ?? '', line: item.origin.line, key }];
  });
}

/** Changes variables in the form in which they stand; a map is made where there is none. Undefined removes. */
export function changeVariables(editor: YamlEditor, owner: YamlMap, key: string, changes: YamlChanges): void {
  const found = owner.at(key);
  if (!(found instanceof YamlList)) {
    editor.change(owner, { [key]: changes });
    return;
  }
  const names = found.items().map((item) => (item instanceof YamlScalar ? /^[^=]*/.exec(item.text)?.[0] : undefined));
  for (const [name, value] of Object.entries(changes)) {
    const at = names.lastIndexOf(name);
    const text = value === undefined ? undefined : `${name}=${String(value)}`;
    if (at !== -1) editor.setItem(found, at, text);
    else if (text !== undefined) editor.append(found, text);
  }
}
