import { create } from 'zustand';
import type { ProfileSettings } from '../../shared/profile.ts';
import { type Draft, isDirty, leftAfterSave, liveDraft, rebased } from './draft-model.ts';

interface DraftState {
  drafts: Record<string, Draft>;
}

/** Edits by profile id (or the key of a new one), so that looking at another profile loses nothing. */
export const useDrafts = create<DraftState>(() => ({ drafts: {} }));

/** Changes the edits of one profile; `fresh` is a draft of what is stored now, without edits. */
export function changeDraft(key: string, fresh: Draft, change: (draft: Draft) => Draft): void {
  useDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [key]: change(liveDraft(drafts[key], fresh)) } }));
}

/** Puts edits in place of those that there are for a profile. */
export function putDraft(key: string, draft: Draft): void {
  useDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [key]: draft } }));
}

/** Takes a part that was just stored as `revision` into the edits there are, if they began from the revision before. */
export function rebaseDraft(key: string, revision: number, stored: Partial<ProfileSettings>): void {
  const draft = useDrafts.getState().drafts[key];
  if (draft?.revision === revision - 1) putDraft(key, rebased(draft, revision, stored));
}

/**
 * Takes what was saved out of the edits of a profile. `from` is what stood in the form when the save began: edits made
 * meanwhile stay, under `to` where a new profile has got its id.
 */
export function settleDraft(
  key: string,
  to: string,
  from: Pick<Draft, 'settings' | 'secrets'>,
  stored: Pick<Draft, 'base' | 'revision'>,
): void {
  const { drafts } = useDrafts.getState();
  const draft = drafts[key];
  const left = draft && leftAfterSave(draft, from, stored);
  const { [key]: _settled, ...rest } = drafts;
  useDrafts.setState({ drafts: left ? { ...rest, [to]: left } : rest });
}

/** Forgets edits, typed secrets too. */
export function dropDraft(key: string): void {
  useDrafts.setState(({ drafts }) => {
    if (!Object.hasOwn(drafts, key)) return { drafts };
    const { [key]: _dropped, ...rest } = drafts;
    return { drafts: rest };
  });
}

/** Keys of new profiles that have edits and are not stored yet, in the order in which they were begun. */
export function unstoredKeys({ drafts }: DraftState): string[] {
  return Object.entries(drafts).flatMap(([key, draft]) => (draft.revision === 0 && isDirty(draft) ? [key] : []));
}

/** True when any profile has edits that would be lost with the window. */
export function hasUnsavedEdits(): boolean {
  return Object.values(useDrafts.getState().drafts).some(isDirty);
}
