import { create } from 'zustand';
import type { Client } from '../../shared/client.ts';
import type { KeptDraft } from '../../shared/draft.ts';
import { joinWords, SECRET_WORDS } from '../../shared/messages.ts';
import { emptySettings } from '../../shared/profile.ts';
import { common, drafts as text } from '../text.ts';
import { type DraftKeeper, startDraftKeeper } from './draft-keeper.ts';
import type { Draft } from './draft-model.ts';
import { hasUnsavedEdits, putDraft, useDrafts } from './drafts.ts';
import { toast } from './toasts.ts';
import { goTo } from './ui.ts';

interface KeptState {
  /** Edits that an earlier window left and that nobody has restored or discarded yet, newest first. */
  offers: KeptDraft[];
  keeper: DraftKeeper | null;
}

/** What earlier windows left. */
export const useKept = create<KeptState>(() => ({ offers: [], keeper: null }));

/** Begins to keep this window's edits, and asks for those that an earlier one left. Returns what ends it. */
export function keepDrafts(client: Client): () => void {
  // That the host is gone covers the whole window already.
  const keeper = startDraftKeeper(client, (error) => error.code !== 'NOT_AVAILABLE' && toast.error(error));
  useKept.setState({ keeper });
  // A window that was only cut off from its host still has its own edits, and they are no offer.
  if (!hasUnsavedEdits()) {
    void client('drafts.list', {}).then((listed) => listed.ok && useKept.setState({ offers: listed.value }));
  }
  return keeper.stop;
}

/** The name of a kept draft's profile, for a sentence. */
export function nameOfKept({ settings, base }: KeptDraft): string {
  return settings.name.trim() || base.name.trim() || settings.server.host || text.unnamed;
}

/** Puts kept edits back into the form, and goes there. A profile that is gone comes back as a new one. */
export async function restoreKept(client: Client, kept: KeptDraft): Promise<void> {
  const name = nameOfKept(kept);
  const stored = kept.profileId === null ? null : await client('profiles.get', { id: kept.profileId });
  if (stored && !stored.ok && stored.error.code !== 'NOT_FOUND') return toast.error(stored.error);
  const isNew = !stored?.ok;
  const key = isNew ? `new ${crypto.randomUUID()}` : stored.value.profile.id;
  const base = stored && !stored.ok ? emptySettings() : kept.base;
  const before = useDrafts.getState().drafts[key];
  useKept.getState().keeper?.adopt(key, kept.id);
  putDraft(key, draftOfKept(kept, base, isNew));
  forget([kept.id]);
  goTo(isNew ? { kind: 'new', key, seed: base } : { kind: 'profile', id: key });
  say(kept, name, isNew && kept.profileId !== null);
  if (before) toast.undoable(text.replaced, common.undo, () => putDraft(key, before));
}

/** Forgets kept edits for good. */
export async function discardKept(client: Client, kept: readonly KeptDraft[]): Promise<void> {
  const ids = kept.map(({ id }) => id);
  const dropped = await client('drafts.drop', { ids });
  if (dropped.ok) forget(ids);
  else toast.error(dropped.error);
}

function draftOfKept({ settings, revision }: KeptDraft, base: Draft['base'], isNew: boolean): Draft {
  return { base, revision: isNew ? 0 : revision, settings, secrets: [], touched: [], attempted: false };
}

function forget(ids: readonly string[]): void {
  useKept.setState(({ offers }) => ({ offers: offers.filter(({ id }) => !ids.includes(id)) }));
}

function say({ typedSecrets }: KeptDraft, name: string, isGone: boolean): void {
  toast.say(isGone ? text.gone(name) : text.restored(name));
  if (typedSecrets.length > 0) {
    toast.say(text.typeAgain(joinWords(typedSecrets.map((kind) => SECRET_WORDS[kind]))));
  }
}
