import { useEffect } from 'react';
import type { RunSummary } from '../../../shared/history.ts';
import { useRefresh, useRequest } from '../../state/requests.ts';

/** The kept runs of a stored profile, newest first; asked for again when a run of this session has ended. */
export function useRunsOf(profileId: string | null, endedRunId: string | null): readonly RunSummary[] {
  const refresh = useRefresh();
  const runs = useRequest('history.list', { profileId: profileId ?? '' }, { enabled: profileId !== null });
  useEffect(() => {
    if (endedRunId !== null) refresh('history.list', 'profiles.list');
  }, [endedRunId, refresh]);
  return profileId === null ? [] : (runs.data ?? []);
}
