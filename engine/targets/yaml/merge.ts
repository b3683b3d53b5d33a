import { appErrorOf } from '../../../shared/errors.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { YamlFile } from './document.ts';
import { type YamlChanges, YamlEditor } from './edit.ts';
import type { YamlMap } from './nodes.ts';
import { writeYaml, type YamlContainer, type YamlWritable } from './write.ts';

/**
 * An existing text with the wanted keys changed.
 * @param place Finds the map to change; undefined when the file has none.
 * Errors: those of reading, TARGET_REFUSES for a file that holds something else or a layout that cannot be changed.
 */
export function mergeYaml(
  existing: string,
  product: string,
  wanted: YamlChanges,
  place: (file: YamlFile) => YamlMap | undefined = firstMap,
): Result<string> {
  return editYaml(existing, product, newText(wanted), (file, editor) => {
    const map = place(file);
    if (!map) return false;
    editor.change(map, wanted);
    return true;
  });
}

/**
 * An existing text with any edits made. A text without any content is followed by `whole`.
 * @param edit Makes the edits; false when the file has no place for them.
 */
export function editYaml(
  existing: string,
  product: string,
  whole: string,
  edit: (file: YamlFile, editor: YamlEditor) => boolean,
): Result<string> {
  const read = YamlFile.read(existing);
  if (!read.ok) return read;
  if (isBlank(existing)) return ok(existing + (/[^\n]$/.test(existing) ? '\n' : '') + whole);
  const editor = new YamlEditor(read.value);
  if (edit(read.value, editor)) return editor.result(product);
  const reason = `it is not ${product}’s, or has several parts of which none is meant for it.`;
  return fail(appErrorOf('TARGET_REFUSES', { target: product, field: 'this file', reason }));
}

/** The text of a new file. */
export function newText(wanted: YamlContainer): string {
  return writeYaml(pruned(wanted) as YamlContainer);
}

/** The only map of a file of one document. */
export function firstMap(file: YamlFile): YamlMap | undefined {
  return file.documents.length === 1 ? file.maps()[0] : undefined;
}

/** Without keys that are to be removed, and without maps of nothing else. */
function pruned(value: YamlWritable): YamlWritable {
  if (typeof value !== 'object' || Array.isArray(value) || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  const entries = Object.entries(value).flatMap(([key, item]) => {
    if (item === undefined) return [];
    const part = pruned(item as YamlWritable);
    return isEmptyObject(part) && !isEmptyObject(item as YamlWritable) ? [] : [[key, part] as const];
  });
  return Object.fromEntries(entries);
}

function isEmptyObject(value: YamlWritable): boolean {
  return typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0;
}

/** True for a text of white space, comments and document marks only. */
function isBlank(text: string): boolean {
  return /^\ufeff?(?:\s*(?:#[^\n]*|---)?[ \t\r]*(?:\n|$))*$/.test(text);
}
