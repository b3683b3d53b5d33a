import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Preferences } from '../../shared/contract.ts';
import { useAct, useRequest } from './requests.ts';

const KEY = ['preferences.get', {}];

/** What stands before the host has answered, and when it cannot. */
export const DEFAULT_PREFERENCES: Preferences = { theme: 'system', density: 'comfortable' };

/** The view preferences, and whether they are known yet. */
export function usePreferences(): { preferences: Preferences; isKnown: boolean } {
  const answer = useRequest('preferences.get', {});
  return { preferences: answer.data ?? DEFAULT_PREFERENCES, isKnown: !answer.isPending };
}

/** Changes a part of the view preferences, at once in this window and then with the host. */
export function useChangePreferences(): (part: Partial<Preferences>) => void {
  const act = useAct();
  const queries = useQueryClient();
  return useCallback(
    (part) => {
      const next = { ...(queries.getQueryData<Preferences>(KEY) ?? DEFAULT_PREFERENCES), ...part };
      queries.setQueryData(KEY, next);
      void act('preferences.set', next);
    },
    [act, queries],
  );
}
