import { useAct, useRefresh } from '../../state/requests.ts';
import { toast } from '../../state/toasts.ts';
import { editor as text } from '../../text.ts';
import type { Editor } from './editor-context.ts';

/** The function that makes an active profile inactive, and the other way round. */
export function useSwitchStatus(editor: Editor): () => Promise<void> {
  const act = useAct();
  const refresh = useRefresh();
  const { stored, settings, isDirty } = editor;
  const isActive = settings.status === 'active';
  return async () => {
    const next = isActive ? 'inactive' : 'active';
    // With unsaved edits it becomes one of them: saving it alone would make them collide with it.
    if (isDirty || !stored) return editor.set('status', next);
    const { id } = stored.profile;
    const outcome = await act('profiles.setStatus', { id, revision: stored.revision, status: next });
    if (!outcome) return;
    refresh('profiles.get', 'profiles.list');
    if (outcome.outcome === 'saved') toast.say(isActive ? text.deactivated : text.activated);
  };
}
