import type { ProfileSummary } from '../../../shared/library.ts';
import type { MarkState } from '../../ui/state-mark.tsx';
import type { Indexed } from './profile-index.ts';

/** What narrows the list; null lets everything through. */
export interface Filters {
  status: 'all' | ProfileSummary['status'];
  /** One of a profile's organisations; '' for profiles without any. */
  organization: string | null;
  /** Production, staging or test; '' for profiles that do not say. */
  environment: string | null;
  /** `provider microsoft365`, `product mattermost`. */
  kind: string | null;
  result: MarkState | null;
}

/** A list that shows everything. */
export const NO_FILTERS: Filters = { status: 'all', organization: null, environment: null, kind: null, result: null };

/** How many filters besides the status are on; the status has its own place above the list. */
export function countFilters({ organization, environment, kind, result }: Filters): number {
  return [organization, environment, kind, result].filter((each) => each !== null).length;
}

/** The profiles that have every word of the search (in name, host, organisation, sender or provider) and pass the filters. */
export function matching(
  index: readonly Indexed[],
  search: string,
  filters: Filters,
  resultOf: (profile: ProfileSummary) => MarkState,
): readonly Indexed[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const passes = filterOf(filters, resultOf);
  if (words.length === 0 && !passes) return index;
  return index.filter(
    ({ text, profile }) => words.every((word) => text.includes(word)) && (passes === null || passes(profile)),
  );
}

function filterOf(
  filters: Filters,
  resultOf: (profile: ProfileSummary) => MarkState,
): ((profile: ProfileSummary) => boolean) | null {
  const { status, organization, environment, kind, result } = filters;
  if (status === 'all' && countFilters(filters) === 0) return null;
  return (profile) =>
    (status === 'all' || profile.status === status) &&
    (organization === null || isFor(profile, organization)) &&
    (environment === null || (profile.environment ?? '') === environment) &&
    (kind === null || kindsOf(profile).includes(kind)) &&
    (result === null || resultOf(profile) === result);
}

function isFor({ organizations }: ProfileSummary, organization: string): boolean {
  return organization === '' ? organizations.length === 0 : organizations.includes(organization);
}

/** What a profile counts as in the filter by product or provider. */
export function kindsOf({ provider, products }: ProfileSummary): string[] {
  return [`provider ${provider}`, ...products.map((product) => `product ${product}`)];
}

/** Every value of some profiles and how many have it, in alphabetical order. */
export function tally(
  profiles: readonly ProfileSummary[],
  valuesOf: (profile: ProfileSummary) => readonly string[],
): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const profile of profiles)
    for (const value of valuesOf(profile)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => a.value.localeCompare(b.value, 'en'));
}
