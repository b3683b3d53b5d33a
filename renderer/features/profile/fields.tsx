import { fieldValue } from '../../../shared/fix.ts';
import { fieldLabel } from '../../text.ts';
import { FieldGroup } from '../../ui/field.tsx';
import { Input, TextArea } from '../../ui/input.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { type Choice, Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useEditor } from './editor-context.ts';
import { FieldNames } from './field-names.tsx';
import styles from './fields.module.css';
import { useProductView } from './product-view.tsx';
import { type NamedProps, SettingField, useFieldNotes } from './setting-field.tsx';

/** A field of one line. */
export function TextField({
  name,
  label = fieldLabel(name),
  help,
  placeholder,
  mono = false,
  onPasteText,
}: NamedProps & {
  placeholder?: string;
  mono?: boolean;
  /** Takes a pasted text over; true when it did. */
  onPasteText?: (text: string) => boolean;
}) {
  const { settings, set, touch, errorOf } = useEditor();
  const value = fieldValue(settings, name);
  const text = typeof value === 'string' ? value : '';
  return (
    <SettingField name={name} label={label} help={help} error={errorOf(name)}>
      {({ id, describedBy, invalid }) => (
        <Input
          id={id}
          data-field={name}
          mono={mono}
          value={text}
          placeholder={placeholder}
          onChange={(event) => set(name, event.target.value)}
          onBlur={() => text !== '' && touch(name)}
          onPaste={(event) => {
            if (onPasteText?.(event.clipboardData.getData('text/plain'))) event.preventDefault();
          }}
          {...describedBy}
          {...invalid}
        />
      )}
    </SettingField>
  );
}

/** A field for a whole number; what is no number stays visible and is an error. */
export function NumberField({ name, label = fieldLabel(name), help, unit }: NamedProps & { unit?: string }) {
  const { settings, set, touch, errorOf } = useEditor();
  const value = fieldValue(settings, name);
  return (
    <SettingField name={name} label={label} help={help} error={errorOf(name)}>
      {({ id, describedBy, invalid }) => (
        <span className={styles.number}>
          <Input
            id={id}
            data-field={name}
            mono
            inputMode="numeric"
            maxLength={9}
            value={typeof value === 'number' ? String(value) : String(value ?? '')}
            onChange={(event) => set(name, numberOrText(event.target.value))}
            onBlur={() => value !== '' && touch(name)}
            {...describedBy}
            {...invalid}
          />
          {unit && <span className={styles.unit}>{unit}</span>}
        </span>
      )}
    </SettingField>
  );
}

/** Digits as a number; anything else stays text, which the schema refuses with its own words. */
export function numberOrText(text: string): number | string {
  return /^\d+$/.test(text.trim()) ? Number(text.trim()) : text;
}

/** A choice from a list. */
export function SelectField<V extends string>({
  name,
  label = fieldLabel(name),
  help,
  choices,
}: NamedProps & { choices: readonly Choice<V>[] }) {
  const { settings, set, errorOf } = useEditor();
  return (
    <SettingField name={name} label={label} help={help} error={errorOf(name)}>
      {({ id, describedBy, invalid }) => (
        <Select
          id={id}
          data-field={name}
          choices={choices}
          value={fieldValue(settings, name) as V}
          onChange={(value) => set(name, value)}
          {...describedBy}
          {...invalid}
        />
      )}
    </SettingField>
  );
}

/** A choice of a few, side by side. */
export function ChoiceField<V extends string>({
  name,
  label = fieldLabel(name),
  choices,
}: NamedProps & { choices: readonly Choice<V>[] }) {
  const { settings, set } = useEditor();
  const notes = useFieldNotes(name);
  return (
    <FieldGroup label={label} aside={<FieldNames field={name} label={label} />}>
      <span className={styles.choice} data-names-field={name}>
        <Segmented
          label={label}
          choices={choices}
          value={fieldValue(settings, name) as V}
          onChange={(value) => set(name, value)}
        />
      </span>
      {notes}
    </FieldGroup>
  );
}

/** A choice that is on or off. */
export function SwitchField({ name, label = fieldLabel(name), help }: NamedProps) {
  const { settings, set } = useEditor();
  const notes = useFieldNotes(name);
  const { nameOf } = useProductView();
  const called = nameOf(name);
  return (
    <div className={styles.indented} data-names-field={name}>
      <Switch isOn={fieldValue(settings, name) === true} onChange={(isOn) => set(name, isOn)} help={help}>
        {label}
      </Switch>
      {called && <code className={styles.called}>{called.name}</code>}
      {notes}
    </div>
  );
}

/** A text of several lines. */
export function AreaField({
  name,
  label = fieldLabel(name),
  help,
  placeholder,
  mono = false,
  rows = 4,
}: NamedProps & { placeholder?: string; mono?: boolean; rows?: number }) {
  const { settings, set, touch, errorOf } = useEditor();
  return (
    <SettingField name={name} label={label} help={help} error={errorOf(name)}>
      {({ id, describedBy, invalid }) => (
        <TextArea
          id={id}
          data-field={name}
          mono={mono}
          rows={rows}
          placeholder={placeholder}
          value={String(fieldValue(settings, name) ?? '')}
          onChange={(event) => set(name, event.target.value)}
          onBlur={() => fieldValue(settings, name) !== '' && touch(name)}
          {...describedBy}
          {...invalid}
        />
      )}
    </SettingField>
  );
}
