import { Undo2, Wand2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { fieldValue } from '../../../shared/fix.ts';
import { common, fieldLabel } from '../../text.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Field, type FieldProps } from '../../ui/field.tsx';
import { Note } from '../../ui/note.tsx';
import { useEditor } from './editor-context.ts';
import { FieldNames } from './field-names.tsx';
import styles from './fields.module.css';
import { useProductView } from './product-view.tsx';
import { shownValue } from './shown-value.ts';

/** What every field of a setting takes. */
export interface NamedProps {
  /** Dotted path in the settings. */
  name: string;
  label?: string;
  help?: ReactNode;
}

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
