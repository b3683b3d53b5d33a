import type { SecretEdit } from '../../../shared/contract.ts';
import { fieldValue } from '../../../shared/fix.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import type { ImportOrigin, ImportPreview } from '../../../shared/target.ts';
import { withValue } from '../../state/draft-model.ts';
import { differences } from './conflict-model.ts';

/** What a form holds: settings, and secrets that wait to be saved. */
export interface FormContent {
  settings: ProfileSettings;
  secrets: readonly SecretEdit[];
}

/** A form that was filled in from elsewhere at one go, to be looked at and taken back. */
export interface Filled {
  /** Where from, in words. */
  source: string;
  before: FormContent;
  after: FormContent;
  /** Key and line of each field that a file gave. */
  origins: Readonly<Record<string, ImportOrigin>>;
  /** Profiles of the file that were not taken. */
  others: number;
}

/** One changed field of a fill. */
export interface FilledRow {
  field: string;
  before: unknown;
  after: unknown;
  origin: ImportOrigin | null;
}

/** True for text that may be a product's file: no host has several lines, an equals sign or an opening brace. */
export function mayBeFile(text: string): boolean {
  const trimmed = text.trim();
  return (
    trimmed.length <= LIMITS.pasteChars && (/\n/.test(trimmed) || /^[{[<]/.test(trimmed) || /\w\s*=/.test(trimmed))
  );
}

/**
 * A form's settings with the first profile of an import put in. A form without a host takes all of it but what is said of
 * the profile itself; another one takes only what stands in the file.
 */
export function settingsWith(now: ProfileSettings, preview: ImportPreview): ProfileSettings {
  const [read] = preview.profiles;
  if (!read) return now;
  const isFresh = now.server.host.trim() === '';
  const next = isFresh
    ? {
        ...read,
        ...ownOf(now),
        name: now.name || read.name,
        testRecipient: now.testRecipient || read.testRecipient,
        products: { ...now.products, ...read.products },
      }
    : fieldsOf(preview).reduce((form, field) => withValue(form, field, fieldValue(read, field)), now);
  // A file without a host is read with a placeholder that resolves nowhere (RFC 6761 6.4).
  return read.server.host.endsWith('.invalid') ? withValue(next, 'server.host', now.server.host) : next;
}

/** What is said of the profile itself and stays the user's. */
function ownOf({ organizations, status, environment, notes }: ProfileSettings): Partial<ProfileSettings> {
  return { organizations, status, notes, ...(environment && { environment }) };
}

/** The fields that the first profile of a file set; an entry of a list counts as the whole list. */
function fieldsOf({ origins }: ImportPreview): string[] {
  const own = Object.keys(origins).filter((path) => !/^\d+:/.test(path) && path !== 'status' && path !== 'name');
  return [...new Set(own.map((path) => path.replace(/\.\d+(\..*)?$/, '')))];
}

/** The secrets of a file that a form takes along, each bound to the file that it stands in. */
export function secretsWith(
  now: readonly SecretEdit[],
  { importId, secrets }: ImportPreview,
  storage: 'keychain' | 'session',
): SecretEdit[] {
  const taken = secrets
    .filter(({ profile, state }) => profile === 0 && state === 'value')
    .map(({ kind }): SecretEdit => {
      // An access token is valid for an hour or so, and a keychain entry would outlive it.
      return { action: 'take', kind, importId, index: 0, storage: kind === 'accessToken' ? 'session' : storage };
    });
  return [...now.filter(({ kind }) => !taken.some((each) => each.kind === kind)), ...taken];
}

/** The fields that a fill changed, with where each came from. */
export function filledRows({ before, after, origins }: Filled): FilledRow[] {
  return differences(before.settings, before.settings, after.settings).map(({ field, yours, theirs }) => ({
    field,
    before: yours,
    after: theirs,
    origin: origins[field] ?? null,
  }));
}

/** A form with a fill taken back; what was changed by hand since stays. */
export function withoutFill(now: FormContent, { before, after }: Filled): FormContent {
  const changed = differences(before.settings, before.settings, after.settings);
  const same = (field: string) =>
    JSON.stringify(fieldValue(now.settings, field)) === JSON.stringify(fieldValue(after.settings, field));
  const settings = changed
    .filter(({ field }) => same(field))
    .reduce((form, { field, yours }) => withValue(form, field, yours), now.settings);
  const isOfFill = (edit: SecretEdit) => after.secrets.includes(edit) && !before.secrets.includes(edit);
  const kept = now.secrets.filter((edit) => !isOfFill(edit));
  const back = before.secrets.filter(({ kind }) => !kept.some((edit) => edit.kind === kind));
  return { settings, secrets: [...kept, ...back] };
}
