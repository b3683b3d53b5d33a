import { ok, type Result } from '../../shared/result.ts';
import { sweepTemporaryFiles } from '../files/temporary-files.ts';
import type { SecretVault } from '../secrets/vault.ts';
import type { LibraryDocument } from './document.ts';
import { entriesOf, isReferenced, purgeTime, type TrashedEntry, withoutEntries } from './entries.ts';
import type { Change, LibraryStore } from './library-store.ts';
import type { SecretCommit } from './secret-commit.ts';

/** How much a sweep cleared away. */
export interface Swept {
  /** Profiles whose 30 days in the trash were over. */
  profiles: number;
  /** Secrets of saves that never finished. */
  abandoned: number;
  temporaryFiles: number;
}

const HOUR_MS = 3_600_000;

/** What the sweep works on. */
interface SweepParts extends SecretCommit {
  directory: string;
  store: LibraryStore;
  vault: SecretVault;
  now: () => Date;
}

/**
 * Purges expired profiles, gives up secrets of saves that never finished, and removes old temporary files. Writes only
 * when there is something to do. Unused secrets are removed only while the keychain is known to be ready, so that a
 * sweep never makes the system ask for a password. Errors: those of a change.
 */
export async function sweepLibrary(parts: SweepParts): Promise<Result<Swept>> {
  const { directory, store, commit, removeUnused, vault, now } = parts;
  const temporaryFiles =
    (await sweepTemporaryFiles(directory, HOUR_MS, now())) +
    (await sweepTemporaryFiles(store.backupDirectory, HOUR_MS, now()));
  const document = await store.document();
  if (!document.ok) return document;
  const due = whatIsDue(document.value, now());
  const counts = { profiles: due.expired.size, abandoned: due.abandoned.size, temporaryFiles };
  if (due.expired.size + due.abandoned.size > 0) {
    const clearAway = (latest: LibraryDocument): Result<Change<void>> => {
      const { expired, abandoned } = whatIsDue(latest, now());
      const rest = withoutEntries(latest, expired);
      const given = latest.pendingSecretPuts.filter(({ ref }) => abandoned.has(ref));
      const pendingSecretPuts = latest.pendingSecretPuts.filter(({ ref }) => !abandoned.has(ref));
      const unused = given.filter(({ ref }) => !isReferenced(latest, ref));
      const pendingSecretDeletes = [...latest.pendingSecretDeletes, ...unused];
      return ok({ document: { ...rest, pendingSecretPuts, pendingSecretDeletes }, value: undefined });
    };
    const swept = await commit([], clearAway, { removeUnused: false });
    if (!swept.ok) return swept;
  }
  if (vault.status().state === 'ready') await removeUnused();
  return ok(counts);
}

function whatIsDue(document: LibraryDocument, now: Date): { expired: Set<string>; abandoned: Set<string> } {
  const expired = entriesOf(document)
    .filter((entry): entry is TrashedEntry => entry.deletedAt !== undefined)
    .filter((entry) => now >= purgeTime(entry))
    .map(({ profile }) => profile.id);
  // A note from the future was made before the clock was set back; either way no save takes an hour.
  const abandoned = document.pendingSecretPuts
    .filter(({ at }) => !(Math.abs(now.getTime() - Date.parse(at)) < HOUR_MS))
    .map(({ ref }) => ref);
  return { expired: new Set(expired), abandoned: new Set(abandoned) };
}
