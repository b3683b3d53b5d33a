import { presetById } from '../../../shared/presets.ts';
import { ENVIRONMENTS } from '../../../shared/profile.ts';
import { form, library, listFilter as text } from '../../text.ts';
import { PRODUCT_GROUPS } from '../profile/product-options.ts';
import type { Filters } from './filters.ts';

/** `Mattermost` for `product mattermost`, `Microsoft 365` for `provider microsoft365`; what is not known stays as it is. */
export function kindLabel(kind: string): string {
  const [what, id = ''] = kind.split(' ');
  if (what === 'product') return PRODUCT_GROUPS.find((group) => group.id === id)?.name ?? id;
  return presetById(id)?.name ?? id;
}

/** `Production` for `production`, `Not said` for ''. */
export function environmentLabel(environment: string): string {
  const known = ENVIRONMENTS.find((each) => each === environment);
  return known ? form.environments[known] : form.noEnvironment;
}

/** A filter that is on, in words, with what takes it away. */
export interface ActiveFilter {
  label: string;
  off: Partial<Filters>;
}

/** The filters that are on, besides the status. */
export function activeFilters({ organization, environment, kind, result }: Filters): ActiveFilter[] {
  return [
    organization !== null && {
      label: text.only(text.organization, organization || library.noOrganization),
      off: { organization: null },
    },
    environment !== null && {
      label: text.only(text.environment, environmentLabel(environment)),
      off: { environment: null },
    },
    kind !== null && { label: text.only(text.kind, kindLabel(kind)), off: { kind: null } },
    result !== null && { label: text.only(text.result, library.states[result]), off: { result: null } },
  ].filter((each) => each !== false);
}
