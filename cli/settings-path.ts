import type { ProfileSettings } from '../shared/profile.ts';
import { type CliResult, usage } from './failure.ts';

type Container = Record<string, unknown>;

/**
 * Applies one `--set path=value`: the path is dotted (`server.port`, `sender.cc.0`), the value JSON, or plain text where
 * it is not JSON. Only fields that settings have can be set; the environment and the options of a product may be
 * added, since the schema knows them all. Failures never repeat the value.
 */
export function setByPath(settings: ProfileSettings, assignment: string): CliResult<ProfileSettings> {
  const at = assignment.indexOf('=');
  if (at < 1)
    return usage('--set needs path=value.', 'Such as --set server.port=465 or --set \'sender.cc=["a@b.example"]\'.');
  const path = assignment.slice(0, at);
  if (!/^[A-Za-z]\w*(\.\w+)*$/.test(path)) return usage('--set has a path that is none.', 'Such as server.port.');
  const copy = structuredClone(settings);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let container = copy as unknown as Container;
  for (const key of keys) {
    if (isProducts(copy, container) && !Object.hasOwn(container, key) && isOwnName(key)) container[key] = {};
    const next: unknown = Object.hasOwn(container, key) ? container[key] : undefined;
    if (typeof next !== 'object' || next === null) return noSuchField(path);
    container = next as Container;
  }
  const mayAdd = path === 'environment' || (keys[0] === 'products' && isOwnName(last));
  if (!Object.hasOwn(container, last) && !mayAdd) return noSuchField(path);
  container[last] = readValue(assignment.slice(at + 1), container[last]);
  return { ok: true, value: copy };
}

function readValue(text: string, before: unknown): unknown {
  // A text field takes what was typed: a note "123" or a name "true" needs no quotes around quotes.
  if (typeof before === 'string' && !text.startsWith('"')) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function isProducts(settings: ProfileSettings, container: Container): boolean {
  return container === (settings.products as unknown);
}

function isOwnName(key: string): boolean {
  return !['__proto__', 'constructor', 'prototype'].includes(key);
}

function noSuchField(path: string): CliResult<never> {
  return usage(`There is no field ${path}.`, 'relaysmith show PROFILE --json shows all fields.');
}
