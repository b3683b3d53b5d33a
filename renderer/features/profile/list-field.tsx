import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { fieldValue } from '../../../shared/fix.ts';
import { common, form } from '../../text.ts';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { useEditor } from './editor-context.ts';
import styles from './fields.module.css';
import { SettingField } from './setting-field.tsx';

/** Splits what was typed or pasted at commas, semicolons and line breaks. */
export function splitEntries(text: string): string[] {
  return text
    .split(/[,;\n]/)
    .map((entry) => entry.trim())
    .filter(Boolean);
}

/** A field with several short values: Enter or a comma adds one, Backspace in the empty input takes the last away. */
export function ListField({
  name,
  help = form.listHelp,
  placeholder,
  suggestions = [],
}: {
  name: string;
  help?: ReactNode;
  placeholder?: string;
  /** Values in use elsewhere, offered while typing. */
  suggestions?: readonly string[];
}) {
  const { settings, set, touch, problems, attempted } = useEditor();
  const values = fieldValue(settings, name) as string[];
  const [typed, setTyped] = useState('');
  const bad = problems.filter(({ field }) => field === name || field.startsWith(`${name}.`));
  const isShown = attempted || values.length > 0;

  const add = (text: string) => {
    const fresh = splitEntries(text).filter((entry) => !values.includes(entry));
    if (fresh.length > 0) set(name, [...values, ...fresh]);
    setTyped('');
  };
  const removeAt = (index: number) =>
    set(
      name,
      values.filter((_, each) => each !== index),
    );

  return (
    <SettingField name={name} help={help} error={isShown ? bad[0]?.message : undefined}>
      {({ id, describedBy, invalid }) => (
        <div className={styles.list}>
          {values.map((value, index) => (
            <span
              key={value}
              className={cx(styles.chip, bad.some(({ field }) => field === `${name}.${index}`) && styles.chipBad)}
            >
              <bdi>{value}</bdi>
              <IconButton small icon={X} name={common.remove(value)} onPress={() => removeAt(index)} />
            </span>
          ))}
          <input
            id={id}
            data-field={name}
            type="text"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            placeholder={values.length === 0 ? placeholder : undefined}
            list={suggestions.length > 0 ? `${id}-known` : undefined}
            onChange={(event) => {
              const { value } = event.target;
              if (/[,;\n]$/.test(value)) add(value);
              else setTyped(value);
            }}
            onPaste={(event) => {
              const text = event.clipboardData.getData('text/plain');
              if (splitEntries(text).length < 2) return;
              event.preventDefault();
              add(text);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && typed.trim()) {
                event.preventDefault();
                add(typed);
              } else if (event.key === 'Backspace' && typed === '' && values.length > 0) removeAt(values.length - 1);
            }}
            onBlur={() => {
              add(typed);
              touch(name);
            }}
            {...describedBy}
            {...invalid}
          />
          {suggestions.length > 0 && (
            <datalist id={`${id}-known`}>
              {suggestions.map((each) => (
                <option key={each} value={each} />
              ))}
            </datalist>
          )}
        </div>
      )}
    </SettingField>
  );
}
