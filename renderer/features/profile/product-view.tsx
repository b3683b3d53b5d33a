import { createContext, type ReactNode, useContext, useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { FieldName } from '../../../shared/field-names/index.ts';
import type { TargetLimit } from '../../../shared/target.ts';
import { settingsToTest } from '../../state/draft-model.ts';
import { preferredProducts, useProducts } from '../../state/products.ts';
import { useRequest } from '../../state/requests.ts';
import { useEditor } from './editor-context.ts';

/** Whose names and limits stand beside the fields. */
export interface ProductView {
  /** Targets that this profile is for, best known first. */
  preferred: readonly string[];
  /** Id of the target; '' for none. */
  target: string;
  /** What that product calls a field; null where it has no name for it. */
  nameOf: (field: string) => FieldName | null;
  /** What that product cannot take of a field's value. */
  limitsOf: (field: string) => readonly TargetLimit[];
}

const NONE: ProductView = { preferred: [], target: '', nameOf: () => null, limitsOf: () => [] };
const ProductContext = createContext(NONE);

/** The product whose names and limits the form shows. */
export function useProductView(): ProductView {
  return useContext(ProductContext);
}

type Names = typeof import('../../../shared/field-names/index.ts');

/** Gets names and limits of the product that was chosen for this form, and gives them to the fields. */
export function ProductViewProvider({ children }: { children: ReactNode }) {
  const { key, settings, problems } = useEditor();
  const used = useProducts((state) => state.used[key]);
  const shown = useProducts((state) => state.shown[key]);
  const preferred = useMemo(() => preferredProducts(used, settings), [used, settings]);
  const target = shown ?? used?.[0] ?? '';
  const names = useNames(target !== '');
  const tested = useDeferredValue(settings);
  const isComplete = problems.every(({ field }) => field === 'name');
  const limits = useRequest(
    'targets.limits',
    { settings: settingsToTest(tested), targets: [target] },
    { enabled: target !== '' && isComplete, keepPrevious: true },
  );
  const found = target !== '' && isComplete ? limits.data?.[0] : undefined;
  const view = useMemo<ProductView>(
    () => ({
      preferred,
      target,
      nameOf: (field) => names?.fieldNames(field).find((each) => each.target === target) ?? null,
      limitsOf: (field) => (found?.target === target ? found.limits.filter((each) => standsAt(each, field)) : []),
    }),
    [preferred, target, names, found],
  );
  return <ProductContext value={view}>{children}</ProductContext>;
}

/** A limit of a group (`server.proxy`) stands at the group's first field. */
function standsAt({ field }: TargetLimit, at: string): boolean {
  return field === at || (field === 'server.proxy' && at === 'server.proxy.kind');
}

/** The table of names, fetched when it is first needed. */
function useNames(isNeeded: boolean): Names | null {
  const [names, setNames] = useState<Names | null>(null);
  useEffect(() => {
    if (isNeeded) void import('../../../shared/field-names/index.ts').then(setNames);
  }, [isNeeded]);
  return names;
}
