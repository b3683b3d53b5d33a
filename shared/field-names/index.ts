import { businessNames } from './business.ts';
import { collaborationNames } from './collaboration.ts';
import { developmentNames } from './development.ts';
import { frameworkNames } from './frameworks.ts';
import { identityNames } from './identity.ts';
import { monitoringNames } from './monitoring.ts';
import { relayNames } from './relays.ts';
import type { ProductNames } from './types.ts';

/**
 * What the target products call our fields, in the order of a list. Kubernetes, Compose, Ansible and Helm are not among
 * them: they carry the names of other products. A test compares each name with the key that the target itself reads.
 */
const ALL: readonly ProductNames[] = [
  ...collaborationNames,
  ...identityNames,
  ...monitoringNames,
  ...developmentNames,
  ...businessNames,
  ...frameworkNames,
  ...relayNames,
];

/** One product's name for a field. */
export interface FieldName {
  target: string;
  product: string;
  place: string;
  name: string;
}

/**
 * What products call a field, by its dotted path or by `secret.` and the kind; those of `preferred` targets first. []
 * for a field that only Relaysmith has.
 */
export function fieldNames(field: string, preferred: readonly string[] = []): FieldName[] {
  const known = ALL.flatMap(({ target, product, place, names }) => {
    const name = Object.hasOwn(names, field) ? names[field] : undefined;
    return name === undefined ? [] : [{ target, product, place, name }];
  });
  const isPreferred = ({ target }: FieldName) => preferred.includes(target);
  return [...known.filter(isPreferred), ...known.filter((each) => !isPreferred(each))];
}

/** Ids of the targets whose names are known. */
export const NAMED_TARGETS: readonly string[] = ALL.map(({ target }) => target);
