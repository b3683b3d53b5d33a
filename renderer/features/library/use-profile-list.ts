import { useCallback, useMemo } from 'react';
import type { ProfileSummary } from '../../../shared/library.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { useChangePreferences, usePreferences } from '../../state/preferences.ts';
import { useRequest } from '../../state/requests.ts';
import { type Run, useRuns } from '../../state/runs.ts';
import type { PendingQuery } from '../states/pending.tsx';
import { matching } from './filters.ts';
import { lastResultOf } from './last-result.ts';
import { useLibraryView } from './library-view.ts';
import { type ListItem, listItems } from './list-items.ts';
import { type Indexed, indexProfiles, type Order } from './profile-index.ts';

const NO_PROFILES: readonly ProfileSummary[] = [];
const NO_RUNS: Record<string, Run> = {};

/** The list of profiles as it stands: all of them, those that match, and the lines that show them. */
export interface ShownList {
  all: readonly ProfileSummary[];
  matched: readonly Indexed[];
  items: readonly ListItem[];
  /** The request behind it, for how it stands. */
  query: PendingQuery;
}

/** Sorts, filters and groups the profiles. Each step is done again only when what it needs has changed. */
export function useProfileList(): ShownList {
  const profiles = useRequest('profiles.list', {});
  const all = profiles.data ?? NO_PROFILES;
  const search = useLibraryView((view) => view.search);
  const filters = useLibraryView((view) => view.filters);
  const folds = useLibraryView((view) => view.folds);
  const { order } = useListOrder();
  // Runs change with every event of a test; the list follows them only where it depends on results.
  const dependsOnRuns = filters.result !== null || order.sort === 'tested';
  const runs = useRuns((state) => (dependsOnRuns ? state.runs : NO_RUNS));

  const index = useMemo(
    () => indexProfiles(all, order, (profile) => lastResultOf(profile, runs[profile.id]).at),
    [all, order, runs],
  );
  const matched = useMemo(
    () => matching(index, search, filters, (profile) => lastResultOf(profile, runs[profile.id]).state),
    [index, search, filters, runs],
  );
  const items = useMemo(() => listItems(matched, order.isGrouped, folds), [matched, order.isGrouped, folds]);
  return { all, matched, items, query: profiles };
}

const NO_PINS: readonly string[] = [];

/** The order of the list, kept in the preferences, and the functions that change it. */
export function useListOrder() {
  const { list, pinned = NO_PINS } = usePreferences().preferences;
  const change = useChangePreferences();
  const sort = list?.sort ?? 'name';
  const isGrouped = list?.isGrouped ?? true;
  const order = useMemo<Order>(() => ({ sort, isGrouped, pinned: new Set(pinned) }), [sort, isGrouped, pinned]);
  const setOrder = (part: Partial<Pick<Order, 'sort' | 'isGrouped'>>) => change({ list: { sort, isGrouped, ...part } });
  const setPinned = useCallback(
    (ids: readonly string[], isPinned: boolean) => {
      const others = pinned.filter((id) => !ids.includes(id));
      // Beyond the limit the oldest pins go.
      change({ pinned: isPinned ? [...others, ...ids].slice(-LIMITS.pinned) : others });
    },
    [change, pinned],
  );
  return { order, setOrder, setPinned };
}
