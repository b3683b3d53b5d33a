import { Undo2, Wand2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { fieldValue } from '../../../shared/fix.ts';
import { common, fieldLabel } from '../../text.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Field, FieldGroup, type FieldProps } from '../../ui/field.tsx';
import { Input, TextArea } from '../../ui/input.tsx';
import { Note } from '../../ui/note.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { type Choice, Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useEditor } from './editor-context.ts';
import { FieldNames } from './field-names.tsx';
import styles from './fields.module.css';
import { useProductView } from './product-view.tsx';
import { shownValue } from './shown-value.ts';

/**
 * What stands below a field: the value that was saved, advice with its one-click fix, and what the chosen product cannot
 * take of it. Null when there is nothing.
 */
export function useFieldNotes(name: string): ReactNode {
  const { advice, apply, base, settings, set, stored } = useEditor();
  const limits = useProductView().limitsOf(name);
  const own = advice.filter(({ field }) => field === name);
  const before = fieldValue(base, name);
  const isChanged = stored !== null && JSON.stringify(before) !== JSON.stringify(fieldValue(settings, name));
  if (own.length === 0 && limits.length === 0 && !isChanged) return null;
  const shown = shownValue(name, before);
  return (
    <>
      {isChanged && (
        <p className={styles.was}>
          <span>{shown ? common.was(shown) : common.wasEmpty}</span>
          <IconButton small icon={Undo2} name={common.putBack} onPress={() => set(name, before)} />
        </p>
      )}
      {own.map(({ id, severity, text, fix }) => (
        <Note
          key={id}
          tone={severity}
          action={
            fix && (
              <Button small icon={Wand2} onPress={() => apply(fix)}>
                {fix.label}
              </Button>
            )
          }
        >
          {text}
        </Note>
      ))}
      {limits.map(({ severity, text }) => (
        <Note key={text} tone={severity === 'refused' ? 'failed' : 'info'}>
          {text}
        </Note>
      ))}
    </>
  );
}

/** The frame of one setting: its label with the names that products have for it, its help, error and notes. */
export function SettingField({
  name,
  label = fieldLabel(name),
  help,
  error,
  stacked = false,
  children,
}: NamedProps & { error?: string | undefined; stacked?: boolean; children: FieldProps['children'] }) {
  return (
    <Field
      label={label}
      aside={<FieldNames field={name} label={label} />}
      help={help}
      error={error}
      notes={useFieldNotes(name)}
      stacked={stacked}
    >
      {children}
    </Field>
  );
}

interface NamedProps {
  /** Dotted path in the settings. */
  name: string;
  label?: string;
  help?: ReactNode;
}

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
