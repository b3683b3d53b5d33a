import { useCallback } from 'react';
import { emptySettings } from '../../../shared/profile.ts';
import { dropDraft, putDraft, useDrafts } from '../../state/drafts.ts';
import { useAct, useRefresh } from '../../state/requests.ts';
import { toast } from '../../state/toasts.ts';
import { goTo, useUi } from '../../state/ui.ts';
import { common, library as text } from '../../text.ts';

/** Opens an empty profile that is stored with its first save. */
export function startNewProfile(): void {
  goTo({ kind: 'new', key: `new ${crypto.randomUUID()}`, seed: emptySettings() });
}

/** What can be done with a stored profile from the list as well as from its own screen. */
export function useProfileActions() {
  const act = useAct();
  const refresh = useRefresh();

  const restore = useCallback(
    async (id: string, name: string) => {
      const restored = await act('profiles.restore', { id });
      if (!restored) return;
      refresh('profiles.list', 'profiles.trash', 'profiles.get');
      toast.say(text.restored(name));
    },
    [act, refresh],
  );

  const remove = useCallback(
    async (id: string, name: string) => {
      const gone = await act('profiles.delete', { id });
      if (!gone) return;
      const { place } = useUi.getState();
      if (place.kind === 'profile' && place.id === id) goTo({ kind: 'home' });
      const edits = useDrafts.getState().drafts[id];
      dropDraft(id);
      refresh('profiles.list', 'profiles.trash');
      toast.undoable(text.deleted(name), common.undo, () => {
        if (edits) putDraft(id, edits);
        void restore(id, name);
      });
    },
    [act, refresh, restore],
  );

  const duplicate = useCallback(
    async (id: string) => {
      const copy = await act('profiles.duplicate', { id });
      if (!copy) return;
      refresh('profiles.list');
      goTo({ kind: 'profile', id: copy.profile.id });
      toast.say(text.duplicated(copy.profile.name));
    },
    [act, refresh],
  );

  return { remove, duplicate, restore };
}
