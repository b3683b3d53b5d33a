import { type AppError, appErrorOf } from '../../shared/errors.ts';
import type { LibraryState } from '../../shared/library.ts';
import type { LibraryDocument } from './document.ts';
import type { Reading } from './read-library.ts';

/** The refusal of a change in this mode; `detail` is a sentence. */
export function readOnly(mode: LibraryState['mode'], detail: string): AppError {
  return appErrorOf('LIBRARY_READ_ONLY', { mode, detail });
}

/** The refusal of a change because of what is in the file. */
export function refusalOf(reading: Exclude<Reading, { kind: 'ready' }>): AppError {
  return readOnly(reading.kind === 'newer' ? 'newer-version' : 'recovery', reading.detail);
}

/** An error of reading or writing as a sentence for the state. */
export function sentenceOf(error: AppError): string {
  if (error.code === 'LIBRARY_READ_ONLY') return error.facts.detail;
  return error.code === 'FILE_UNREADABLE'
    ? `${error.facts.file} could not be read: ${error.facts.detail}.`
    : error.code;
}

/** The profiles that were set aside. */
export function quarantinedIn(document: LibraryDocument | null): LibraryState['quarantined'] {
  return (document?.slots ?? []).flatMap((slot) =>
    slot.kind === 'quarantined' ? [{ label: slot.label, problem: slot.problem }] : [],
  );
}

/**
 * The document of a backup as it is put in place of `current` (null when that is damaged). Its revisions become higher
 * than any that was given out since. Of its notes on secrets only removals count: a value that it was about to put may
 * by now belong to a profile of the state that is being replaced, and that can be restored as well.
 */
export function restored(backup: LibraryDocument, rev: number, current: LibraryDocument | null): LibraryDocument {
  const by = rev - backup.rev;
  const slots = backup.slots.map((slot) =>
    slot.kind === 'entry' ? { ...slot, entry: { ...slot.entry, revision: slot.entry.revision + by } } : slot,
  );
  const pendingSecretPuts = current?.pendingSecretPuts ?? [];
  const pendingSecretDeletes = [...backup.pendingSecretDeletes, ...(current?.pendingSecretDeletes ?? [])];
  return { ...backup, rev, slots, pendingSecretPuts, pendingSecretDeletes };
}
