import { useCallback } from 'react';
import { settingsOf } from '../../../shared/profile.ts';
import { rebaseDraft } from '../../state/drafts.ts';
import { useAct, useRefresh } from '../../state/requests.ts';
import { toast } from '../../state/toasts.ts';
import { library as text } from '../../text.ts';

/** The function that stores another name for a profile and leaves everything else, unsaved edits too, as it is. */
export function useRename(): (id: string, name: string) => Promise<void> {
  const act = useAct();
  const refresh = useRefresh();
  return useCallback(
    async (id, name) => {
      const stored = await act('profiles.get', { id });
      if (!stored || stored.profile.name === name) return;
      const settings = { ...settingsOf(stored.profile), name };
      const outcome = await act('profiles.save', { id, revision: stored.revision, settings, secrets: [] });
      if (!outcome) return;
      if (outcome.outcome === 'saved') rebaseDraft(id, outcome.stored.revision, { name });
      else toast.say(text.renamedElsewhere(outcome.theirs.profile.name));
      refresh('profiles.get', 'profiles.list');
    },
    [act, refresh],
  );
}
