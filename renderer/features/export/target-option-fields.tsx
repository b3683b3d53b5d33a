import type { TargetInfo } from '../../../shared/target.ts';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';

/** The choices that a product offers, each a list or free text. */
export function TargetOptionFields({
  target,
  values,
  onChange,
}: {
  target: TargetInfo;
  /** What was chosen; an absent one has its default. */
  values: Readonly<Record<string, string>>;
  onChange: (key: string, value: string) => void;
}) {
  return target.options.map((option) => (
    <Field key={option.key} label={option.label} help={option.help} stacked>
      {({ id, describedBy }) =>
        option.values.length > 0 ? (
          <Select
            id={id}
            choices={option.values}
            value={values[option.key] ?? option.default}
            onChange={(value) => onChange(option.key, value)}
            {...describedBy}
          />
        ) : (
          <Input
            id={id}
            mono
            value={values[option.key] ?? option.default}
            onChange={(event) => onChange(option.key, event.target.value)}
            {...describedBy}
          />
        )
      }
    </Field>
  ));
}
