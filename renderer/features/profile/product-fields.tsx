import { useState } from 'react';
import { fieldValue } from '../../../shared/fix.ts';
import { form as text } from '../../text.ts';
import { Field } from '../../ui/field.tsx';
import { Fold } from '../../ui/fold.tsx';
import { Input, TextArea } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';
import { useEditor } from './editor-context.ts';
import styles from './fields.module.css';
import { numberOrText } from './fields.tsx';
import {
  PRODUCT_GROUPS,
  type ProductGroup,
  type ProductOption,
  readPairs,
  type TypedResource,
  writePairs,
} from './product-options.ts';
import { useFieldNotes } from './setting-field.tsx';

/** The options that only one product knows, one fold for each product. */
export function ProductFields() {
  return PRODUCT_GROUPS.map((group) => <ProductFold key={group.id} group={group} />);
}

function ProductFold({ group }: { group: ProductGroup }) {
  const { settings, problems, attempted } = useEditor();
  const amount = Object.keys(settings.products[group.id] ?? {}).length;
  const isWrong = attempted && problems.some(({ field }) => field.startsWith(`products.${group.id}.`));
  return (
    <Fold title={group.name} hint={amount > 0 ? text.set(amount) : undefined} isNeeded={isWrong}>
      {group.options.map((option) => (
        <OptionField key={option.key} name={`products.${group.id}.${option.key}`} option={option} />
      ))}
    </Fold>
  );
}

function OptionField({ name, option }: { name: string; option: ProductOption }) {
  const { settings, set, touch, errorOf } = useEditor();
  const value = fieldValue(settings, name);
  return (
    <Field
      label={option.key}
      error={errorOf(name)}
      help={option.kind === 'pairs' ? text.pairsHelp : undefined}
      notes={useFieldNotes(name)}
      stacked={option.key.length > 18}
    >
      {({ id, describedBy, invalid }) => {
        const shared = {
          id,
          'data-field': name,
          onBlur: () => value !== undefined && touch(name),
          ...describedBy,
          ...invalid,
        };
        switch (option.kind) {
          case 'switch':
            return (
              <Select
                {...shared}
                choices={[
                  { value: '', label: text.asServerHasIt },
                  { value: 'true', label: text.on },
                  { value: 'false', label: text.off },
                ]}
                value={value === undefined ? '' : String(value)}
                onChange={(next) => set(name, next === '' ? undefined : next === 'true')}
              />
            );
          case 'choice':
            return (
              <Select
                {...shared}
                choices={[
                  { value: '', label: text.asServerHasIt },
                  ...(option.values ?? []).map((each) => ({ value: each, label: each })),
                ]}
                value={String(value ?? '')}
                onChange={(next) => set(name, next === '' ? undefined : next)}
              />
            );
          case 'pairs':
            return (
              <PairsArea
                {...shared}
                value={value as TypedResource[] | undefined}
                onChange={(next) => set(name, next)}
              />
            );
          default:
            return (
              <span className={option.unit ? styles.number : undefined}>
                <Input
                  {...shared}
                  mono
                  value={String(value ?? '')}
                  placeholder={text.asServerHasIt}
                  onChange={({ target }) =>
                    set(
                      name,
                      target.value === ''
                        ? undefined
                        : option.kind === 'number'
                          ? numberOrText(target.value)
                          : target.value,
                    )
                  }
                />
                {option.unit && <span className={styles.unit}>{option.unit}</span>}
              </span>
            );
        }
      }}
    </Field>
  );
}

/** Keeps what is typed as text, so that a half-written line does not jump. */
function PairsArea({
  value,
  onChange,
  ...rest
}: {
  value: TypedResource[] | undefined;
  onChange: (next: TypedResource[] | undefined) => void;
  id: string;
  onBlur: () => void;
}) {
  const [typed, setTyped] = useState(() => writePairs(value));
  const shown = JSON.stringify(readPairs(typed)) === JSON.stringify(value) ? typed : writePairs(value);
  return (
    <TextArea
      {...rest}
      mono
      rows={3}
      value={shown}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(readPairs(event.target.value));
      }}
    />
  );
}
