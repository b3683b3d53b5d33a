import { ok } from '../../shared/result.ts';
import type { HandlerGroup } from '../dispatch.ts';
import type { RunHistory } from '../history/run-history.ts';
import type { ProfileLibrary } from '../profiles/profile-library.ts';

/** Requests about the kept runs of stored profiles. */
export function historyHandlers(history: RunHistory): HandlerGroup<'history'> {
  return {
    'history.list': ({ profileId }) => history.list(profileId),
    'history.get': ({ profileId, runId }) => history.get(profileId, runId),
    'history.clear': async ({ profileId }) => {
      const cleared = await history.clear(profileId === null ? 'all' : [profileId]);
      return cleared.ok ? ok({ profiles: cleared.value }) : cleared;
    },
  };
}

/** Forgets the runs of profiles that are gone for good; nothing while the library cannot say which those are. */
export async function pruneHistory(library: ProfileLibrary, history: RunHistory): Promise<void> {
  const [active, trash, { mode, quarantined }] = await Promise.all([library.list(), library.trash(), library.state()]);
  if (!active.ok || !trash.ok || mode !== 'ready') return;
  const ids = [...active.value, ...trash.value].map(({ id }) => id);
  // A profile that cannot be read at the moment keeps its history; its label is its id.
  await history.prune(new Set([...ids, ...quarantined.map(({ label }) => label)]));
}
