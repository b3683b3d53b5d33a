import { fieldValue } from '../../shared/fix.ts';
import type { ImportChange } from '../../shared/import-update.ts';
import { presetForHost } from '../../shared/presets.ts';
import { emptySettings, type ProfileSettings } from '../../shared/profile.ts';
import type { ImportOrigin } from '../../shared/target.ts';
import { UNKNOWN_HOST } from './draft.ts';

/** Settings that a file gave, and where each value stands in it. */
export interface ImportedSettings {
  settings: ProfileSettings;
  origins: Readonly<Record<string, ImportOrigin>>;
}

/** What every file says of its server, if only by leaving it to the product. */
const ALWAYS_MEANT = ['server.host', 'server.port', 'server.security', 'signIn.method'];

/** Ours alone: no file says how a profile is called here, and the provider follows from the host. */
const OURS = new Set(['name', 'notes', 'environment', 'provider', 'testRecipient']);

/**
 * Fields of a profile that a file says otherwise, the file's own first, in its order. What the file leaves to the
 * product counts where the product does something else than a new profile; the rest of the profile is left alone.
 */
export function changesFrom(current: ProfileSettings, { settings, origins }: ImportedSettings): ImportChange[] {
  const fields = new Set([...Object.keys(origins), ...ALWAYS_MEANT, ...productDefaults(settings)]);
  return [...fields]
    .filter((field) => !OURS.has(field) && !(field === 'server.host' && settings.server.host === UNKNOWN_HOST))
    .filter((field) => !same(fieldValue(current, field), fieldValue(settings, field)))
    .map((field) => ({ field, origin: origins[field] ?? null }))
    .sort((a, b) => (a.origin?.line ?? Number.MAX_SAFE_INTEGER) - (b.origin?.line ?? Number.MAX_SAFE_INTEGER));
}

/** The profile's settings with fields taken over from the imported ones. */
export function updated(
  current: ProfileSettings,
  { settings }: Pick<ImportedSettings, 'settings'>,
  fields: readonly string[],
): ProfileSettings {
  const next = structuredClone(current);
  for (const field of fields) setAt(next as unknown as Record<string, unknown>, field, fieldValue(settings, field));
  if (fields.includes('server.host')) next.provider = presetForHost(next.server.host)?.id ?? 'custom';
  return next;
}

/** Fields that a target set without a key of the file: what the product does by itself. */
function productDefaults(settings: ProfileSettings): string[] {
  const standard = emptySettings();
  standard.signIn.method = 'none';
  const differing: string[] = [];
  const walk = (value: unknown, path: string) => {
    if (isPlainObject(value)) {
      for (const [key, item] of Object.entries(value)) walk(item, path === '' ? key : `${path}.${key}`);
    } else if (!same(value, fieldValue(standard, path))) differing.push(path);
  };
  walk(settings, '');
  return differing;
}

/** Sets a value by its path, and makes the objects on the way: options of a product may not be there yet. */
function setAt(root: Record<string, unknown>, field: string, value: unknown): void {
  const keys = field.split('.');
  const last = keys.pop() ?? '';
  let at = root;
  for (const key of keys) {
    if (!isPlainObject(at[key])) at[key] = {};
    at = at[key] as Record<string, unknown>;
  }
  if (value === undefined) delete at[last];
  else at[last] = structuredClone(value);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
