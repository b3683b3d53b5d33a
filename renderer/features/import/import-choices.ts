import { LIMITS } from '../../../shared/limits.ts';
import type { ImportPreview } from '../../../shared/target.ts';

/** What happens to one profile of an import. */
export interface Choice {
  index: number;
  isIncluded: boolean;
  name: string;
  /** The profile to change instead of making a new one, and its revision when it was shown; 0 until then. */
  into: { profileId: string; revision: number } | null;
  /** Of an update: the fields to take over; null for all. */
  fields: string[] | null;
  secrets: 'keychain' | 'session' | 'ask' | 'leave-out';
}

/** Everything is included; its secrets go to the keychain where there are any. */
export function initialChoices({ profiles, secrets }: ImportPreview): Choice[] {
  return profiles.map(({ name, server }, index) => ({
    index,
    isIncluded: true,
    name: (name || server.host).slice(0, LIMITS.profileName),
    into: null,
    fields: null,
    secrets: secrets.some(({ profile, state }) => profile === index && state === 'value') ? 'keychain' : 'leave-out',
  }));
}

/** True when a choice can be stored: a new profile has a name, an update was seen. */
export function isReady({ name, into }: Choice): boolean {
  return into ? into.revision > 0 : name.trim() !== '';
}

/** The same choice without the keychain, for a system that has none. */
export function forSession(choice: Choice): Choice {
  return choice.secrets === 'keychain' ? { ...choice, secrets: 'session' } : choice;
}

/** The fields that a file set, with the key and line that each came from, in the file's order. */
export function understoodFields(
  preview: ImportPreview,
  index: number,
): { field: string; key: string; line: number }[] {
  const prefix = `${index}:`;
  return Object.entries(preview.origins)
    .flatMap(([path, { key, line }]) => {
      const own = path.startsWith(prefix)
        ? path.slice(prefix.length)
        : index === 0 && !/^\d+:/.test(path)
          ? path
          : null;
      return own === null ? [] : [{ field: own, key, line }];
    })
    .sort((a, b) => a.line - b.line);
}
