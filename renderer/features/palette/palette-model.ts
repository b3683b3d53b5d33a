import type { ProfileSummary } from '../../../shared/library.ts';
import { type Fit, fuzzy } from './fuzzy.ts';

/** Something that the palette can find. */
export interface Entry {
  /** `command save`, `profile <id>`. */
  key: string;
  kind: 'command' | 'profile';
  label: string;
  /** Stands beside it, softly: a profile's host, a command's keys. */
  detail: string;
  /** What is searched, in lower case; begins with the label. */
  text: string;
}

/** A found entry; marks lie in its label. */
export interface Found extends Entry {
  marks: Fit['marks'];
}

/** Entries under one heading. */
export interface Section {
  id: 'recent' | 'commands' | 'profiles';
  found: Found[];
}

/** Rows of a kind that are shown at most; the list is for choosing, not for leafing through. */
export const MAX_SHOWN = 50;
/** How many recent entries are kept and shown. */
export const MAX_RECENT = 6;

/** The entry of a profile. */
export function profileEntry({ id, name, host, organizations }: ProfileSummary): Entry {
  const text = [name, host, ...organizations].join('\n').toLowerCase();
  const detail = organizations[0] ? `${organizations[0]} · ${host}` : host;
  return { key: `profile ${id}`, kind: 'profile', label: name, detail, text };
}

/** The entry of a command. */
export function commandEntry(id: string, name: string, detail: string): Entry {
  return { key: `command ${id}`, kind: 'command', label: name, detail, text: name.toLowerCase() };
}

/**
 * What to show for a query: without one the recent entries, then all; with one the best fits of each kind, the better
 * kind first. `left` counts the profiles that fit but are not shown.
 */
export function find(
  query: string,
  entries: readonly Entry[],
  recent: readonly string[],
): { sections: Section[]; left: number } {
  const wanted = query.trim().toLowerCase();
  const fits = entries.flatMap((entry) => {
    const fit = fuzzy(wanted, entry.text);
    return fit ? [{ entry, score: fit.score + (wanted && recent.includes(entry.key) ? 5 : 0), fit }] : [];
  });
  if (wanted) fits.sort((a, b) => b.score - a.score);
  const isRecent = ({ key }: Entry) => !wanted && recent.includes(key);
  const ofKind = (kind: Entry['kind']) => fits.filter(({ entry }) => entry.kind === kind && !isRecent(entry));
  const shown = (of: typeof fits): Found[] =>
    of.slice(0, MAX_SHOWN).map(({ entry, fit }) => ({ ...entry, marks: inLabel(fit.marks, entry.label) }));

  const byAge = fits
    .filter(({ entry }) => isRecent(entry))
    .sort((a, b) => recent.indexOf(a.entry.key) - recent.indexOf(b.entry.key));
  const [commands, profiles] = [ofKind('command'), ofKind('profile')];
  const sections: Section[] = [
    { id: 'commands', found: shown(commands) },
    { id: 'profiles', found: shown(profiles) },
  ];
  if (wanted && (profiles[0]?.score ?? 0) > (commands[0]?.score ?? 0)) sections.reverse();
  return {
    sections: [{ id: 'recent' as const, found: shown(byAge) }, ...sections].filter(({ found }) => found.length > 0),
    left: Math.max(0, profiles.length - MAX_SHOWN),
  };
}

/** The recent keys after one was used: it comes first, the oldest goes. */
export function withRecent(recent: readonly string[], key: string): string[] {
  return [key, ...recent.filter((each) => each !== key)].slice(0, MAX_RECENT);
}

function inLabel(marks: Fit['marks'], { length }: string): Fit['marks'] {
  return marks.filter(([, end]) => end <= length);
}
