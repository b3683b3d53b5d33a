import { useMemo } from 'react';
import { LIST_SORTS } from '../../../shared/contract/app.ts';
import type { ProfileSummary } from '../../../shared/library.ts';
import { library, listFilter as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { type Choice, Select } from '../../ui/select.tsx';
import type { MarkState } from '../../ui/state-mark.tsx';
import { Switch } from '../../ui/switch.tsx';
import styles from './filter.module.css';
import { environmentLabel, kindLabel } from './filter-labels.ts';
import { countFilters, kindsOf, NO_FILTERS, tally } from './filters.ts';
import { setFilters, useLibraryView } from './library-view.ts';
import { useListOrder } from './use-profile-list.ts';

// A select has no null; no organisation, product or result is called so.
const ANY = ' any';
const sorts = LIST_SORTS.map((value) => ({ value, label: text.sorts[value] }));
const results: Choice[] = (Object.keys(library.states) as MarkState[]).map((value) => ({
  value,
  label: library.states[value],
}));

/** Everything by which the list can be narrowed, sorted and grouped. */
export function FilterForm({ all }: { all: readonly ProfileSummary[] }) {
  const filters = useLibraryView((view) => view.filters);
  const { order, setOrder } = useListOrder();
  const organizations = useMemo(() => choicesOf(tally(all, namesOf), (name) => name || library.noOrganization), [all]);
  const environments = useMemo(() => choicesOf(tally(all, environmentOf), environmentLabel), [all]);
  const kinds = useMemo(() => choicesOf(tally(all, kindsOf), kindLabel), [all]);
  const on = countFilters(filters);
  return (
    <div className={styles.filters}>
      <Field stacked label={text.sort}>
        {({ id }) => <Select id={id} choices={sorts} value={order.sort} onChange={(sort) => setOrder({ sort })} />}
      </Field>
      <Switch isOn={order.isGrouped} onChange={(isGrouped) => setOrder({ isGrouped })}>
        {text.group}
      </Switch>
      <FilterField
        label={text.organization}
        choices={organizations}
        value={filters.organization}
        onChange={(organization) => setFilters({ organization })}
      />
      <FilterField
        label={text.environment}
        choices={environments}
        value={filters.environment}
        onChange={(environment) => setFilters({ environment })}
      />
      <FilterField label={text.kind} choices={kinds} value={filters.kind} onChange={(kind) => setFilters({ kind })} />
      <FilterField
        label={text.result}
        choices={results}
        value={filters.result}
        onChange={(result) => setFilters({ result: result as MarkState | null })}
      />
      <div>
        <Button small isDisabled={on === 0} onPress={() => setFilters({ ...NO_FILTERS, status: filters.status })}>
          {text.clear}
        </Button>
      </div>
    </div>
  );
}

function FilterField({
  label,
  choices,
  value,
  onChange,
}: {
  label: string;
  choices: readonly Choice[];
  value: string | null;
  onChange: (value: string | null) => void;
}) {
  return (
    <Field stacked label={label}>
      {({ id }) => (
        <Select
          id={id}
          choices={[{ value: ANY, label: text.any }, ...choices]}
          value={value ?? ANY}
          onChange={(next) => onChange(next === ANY ? null : next)}
        />
      )}
    </Field>
  );
}

function namesOf({ organizations }: ProfileSummary): readonly string[] {
  return organizations.length > 0 ? organizations : [''];
}

function environmentOf({ environment }: ProfileSummary): readonly string[] {
  return [environment ?? ''];
}

function choicesOf(counted: ReturnType<typeof tally>, label: (value: string) => string): Choice[] {
  return counted.map(({ value, count }) => ({ value, label: text.withCount(label(value), count) }));
}
