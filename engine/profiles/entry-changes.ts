import type { SaveOutcome, StoredProfile } from '../../shared/library.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Entry, LibraryDocument } from './document.ts';
import { findActive, withEach, withReplaced } from './entries.ts';
import type { Change } from './library-store.ts';
import type { SecretCommit } from './secret-commit.ts';
import { NO_SECRET_CHANGE, type SecretPlan } from './secret-plan.ts';

/** How entries that are there already are changed. `stored` gives an entry as it is shown. */
export function createEntryChanges(commit: SecretCommit['commit'], stored: (entry: Entry) => Promise<StoredProfile>) {
  /** Changes one profile, if it is still at the revision that the edit began with. */
  async function edit(id: string, revision: number, plan: SecretPlan, change: (entry: Entry) => Entry) {
    const outcome = await commit(plan.puts, (document): Result<Change<{ saved: boolean; entry: Entry }>> => {
      const found = findActive(document, id);
      if (!found.ok) return found;
      if (found.value.revision !== revision) return ok({ document: null, value: { saved: false, entry: found.value } });
      const entry = change(found.value);
      return ok({ document: withReplaced(document, entry), value: { saved: true, entry } });
    });
    if (!outcome.ok) return outcome;
    const { saved, entry } = outcome.value;
    const shown = await stored(entry);
    return ok<SaveOutcome>(saved ? { outcome: 'saved', stored: shown } : { outcome: 'conflict', theirs: shown });
  }

  /** Changes one profile whatever its revision. */
  async function move<E extends Entry>(
    find: (document: LibraryDocument) => Result<E>,
    change: (entry: E) => Entry,
    plan: SecretPlan = NO_SECRET_CHANGE,
  ): Promise<Result<Entry>> {
    return commit(plan.puts, (document) => {
      const found = find(document);
      if (!found.ok) return found;
      const entry = change(found.value);
      return ok({ document: withReplaced(document, entry), value: entry });
    });
  }

  /** Changes every one of these profiles that `applies` to, whatever their revisions, in one write. */
  function moveMany(
    ids: readonly string[],
    applies: (entry: Entry) => boolean,
    change: (entry: Entry) => Entry,
  ): Promise<Result<Entry[]>> {
    const wanted = new Set(ids);
    return commit([], (latest) => {
      const { document, changed } = withEach(latest, wanted, applies, change);
      return ok({ document: changed.length > 0 ? document : null, value: changed });
    });
  }

  return { edit, move, moveMany };
}
