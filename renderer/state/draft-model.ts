import type { SecretEdit } from '../../shared/contract.ts';
import { LIMITS } from '../../shared/limits.ts';
import { type FieldProblem, type ProfileSettings, problemsOf } from '../../shared/profile.ts';
import { destinationOf, type SecretKind, sameDestination } from '../../shared/secrets.ts';

/** Unsaved edits of one profile. Typed secrets wait here, in memory only, until they are saved or dropped. */
export interface Draft {
  /** The settings that the edits began from. */
  base: ProfileSettings;
  /** The revision that the edits began from; 0 for a new profile. */
  revision: number;
  settings: ProfileSettings;
  secrets: SecretEdit[];
  /** Fields that were left once; only their errors show before the first save. */
  touched: string[];
  /** True once a save or a test was asked for; then every error shows. */
  attempted: boolean;
}

/** A draft without edits. */
export function draftOf(base: ProfileSettings, revision: number): Draft {
  return { base, revision, settings: base, secrets: [], touched: [], attempted: false };
}

/** True when there is something to save. */
export function isDirty({ base, settings, secrets }: Draft): boolean {
  return secrets.length > 0 || JSON.stringify(settings) !== JSON.stringify(base);
}

/**
 * The draft to go on with: the kept one while it holds edits or is still of the stored version, else a fresh one, so
 * that a form without edits follows what is stored.
 */
export function liveDraft(kept: Draft | undefined, fresh: Draft): Draft {
  return kept && (isDirty(kept) || kept.revision === fresh.revision) ? kept : fresh;
}

/**
 * The draft after a part of its profile was stored from elsewhere in this window (a name from the list, say): the edits
 * go on from the new revision, and hold what was stored.
 */
export function rebased(draft: Draft, revision: number, stored: Partial<ProfileSettings>): Draft {
  return {
    ...draft,
    revision,
    base: { ...draft.base, ...stored },
    settings: { ...draft.settings, ...stored },
  };
}

/**
 * A draft with other settings. A secret that is to be taken from a file goes as soon as the settings point elsewhere than
 * they did with it.
 */
export function withSettings(draft: Draft, settings: ProfileSettings): Draft {
  const stays = (edit: SecretEdit) =>
    edit.action !== 'take' ||
    sameDestination(destinationOf(draft.settings, edit.kind), destinationOf(settings, edit.kind));
  return { ...draft, settings, secrets: draft.secrets.filter(stays) };
}

/**
 * What is left of a draft after a save that began when it held `from`: null when nothing was edited since, else those
 * edits, which go on from what was stored.
 */
export function leftAfterSave(
  draft: Draft,
  from: Pick<Draft, 'settings' | 'secrets'>,
  stored: Pick<Draft, 'base' | 'revision'>,
): Draft | null {
  const secrets = draft.secrets.filter((edit) => !from.secrets.includes(edit));
  const isSame = JSON.stringify(draft.settings) === JSON.stringify(from.settings);
  return isSame && secrets.length === 0 ? null : { ...draft, ...stored, secrets };
}

/** Settings with one value changed by its dotted path; undefined takes the key away (optional product keys). */
export function withValue(settings: ProfileSettings, path: string, value: unknown): ProfileSettings {
  return change(settings, path.split('.'), value) as ProfileSettings;
}

function change(at: unknown, [key = '', ...rest]: string[], value: unknown): unknown {
  const copy: Record<string, unknown> | unknown[] = Array.isArray(at)
    ? [...at]
    : { ...(at as Record<string, unknown>) };
  const slots = copy as Record<string, unknown>;
  if (rest.length > 0) slots[key] = change(Object.hasOwn(slots, key) ? slots[key] : {}, rest, value);
  else if (value === undefined) delete slots[key];
  else slots[key] = value;
  return copy;
}

/** Settings as they are sent: without product groups that have no value left. */
export function settingsToSend(settings: ProfileSettings): ProfileSettings {
  const products = Object.fromEntries(
    Object.entries(settings.products).filter(([, options]) => options && Object.keys(options).length > 0),
  );
  return { ...settings, products };
}

/** Settings as they are tested: a new profile without a name may be tested all the same. */
export function settingsToTest(settings: ProfileSettings): ProfileSettings {
  const name = settings.name.trim() === '' ? settings.server.host.slice(0, LIMITS.profileName) : settings.name;
  return settingsToSend({ ...settings, name });
}

/** What is wrong with settings, in the order of the form, one problem for each field. */
export function problemsInOrder(settings: ProfileSettings): FieldProblem[] {
  const seen = new Set<string>();
  return problemsOf(settingsToSend(settings))
    .filter(({ field }) => !seen.has(field) && seen.add(field))
    .sort((a, b) => rank(a.field) - rank(b.field));
}

const ORDER = ['name', 'provider', 'server.', 'signIn', 'sender', 'tls', 'testRecipient', 'organizations', 'notes'];

function rank(field: string): number {
  const found = ORDER.findIndex((prefix) => field.startsWith(prefix));
  return found === -1 ? ORDER.length : found;
}

/** Pending secret changes with one replaced; null takes the pending change back. */
export function withSecret(changes: SecretEdit[], kind: SecretKind, next: SecretEdit | null): SecretEdit[] {
  const rest = changes.filter((each) => each.kind !== kind);
  return next ? [...rest, next] : rest;
}

/** The values among pending secret changes, for a test before they are saved. */
export function typedSecrets(changes: SecretEdit[]): Partial<Record<SecretKind, string>> {
  return Object.fromEntries(changes.flatMap((each) => (each.action === 'set' ? [[each.kind, each.value]] : [])));
}

/** The import that secrets are to be taken from; null when there is none. */
export function importTaken(changes: SecretEdit[]): { importId: string; index: number } | null {
  for (const each of changes) if (each.action === 'take') return { importId: each.importId, index: each.index };
  return null;
}
