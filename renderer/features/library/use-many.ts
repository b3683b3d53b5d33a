import { useCallback } from 'react';
import type { ProfileSummary } from '../../../shared/library.ts';
import { dropDraft, rebaseDraft } from '../../state/drafts.ts';
import { useAct, useRefresh } from '../../state/requests.ts';
import { toast } from '../../state/toasts.ts';
import { goTo, useUi } from '../../state/ui.ts';
import { common, library as text } from '../../text.ts';

/** What can be done with several stored profiles at once. Each is one write of the library. */
export function useMany() {
  const act = useAct();
  const refresh = useRefresh();

  const restoreMany = useCallback(
    async (ids: string[]) => {
      const restored = await act('profiles.restoreMany', { ids });
      if (!restored) return;
      refresh('profiles.list', 'profiles.trash', 'profiles.get');
      toast.say(text.restoredMany(restored.length));
    },
    [act, refresh],
  );

  const removeMany = useCallback(
    async (ids: string[]) => {
      const gone = await act('profiles.deleteMany', { ids });
      if (!gone) return;
      const { place } = useUi.getState();
      if (place.kind === 'profile' && gone.some(({ id }) => id === place.id)) goTo({ kind: 'home' });
      for (const { id } of gone) dropDraft(id);
      refresh('profiles.list', 'profiles.trash');
      const back = gone.map(({ id }) => id);
      if (back.length > 0) {
        toast.undoable(text.deletedMany(back.length), common.undo, () => void restoreMany(back));
      }
    },
    [act, refresh, restoreMany],
  );

  const setStatusMany = useCallback(
    async (ids: string[], status: ProfileSummary['status']) => {
      const changed = await act('profiles.setStatusMany', { ids, status });
      if (!changed) return;
      for (const { id, revision } of changed) rebaseDraft(id, revision, { status });
      refresh('profiles.get', 'profiles.list');
      const said = status === 'active' ? text.activatedMany : text.deactivatedMany;
      toast.say(said(changed.length));
    },
    [act, refresh],
  );

  return { removeMany, setStatusMany };
}
