import { LIMITS } from '../../../shared/limits.ts';
import type { ImportPreview } from '../../../shared/target.ts';
import { useRequest } from '../../state/requests.ts';
import { importing as text } from '../../text.ts';
import { Field } from '../../ui/field.tsx';
import { Fold } from '../../ui/fold.tsx';
import { Input } from '../../ui/input.tsx';
import { Note } from '../../ui/note.tsx';
import { Select } from '../../ui/select.tsx';
import { Check } from '../../ui/switch.tsx';
import type { Choice } from './import-choices.ts';
import styles from './import-dialog.module.css';
import { UnderstoodTable } from './understood-table.tsx';
import { ImportAs, UpdateExisting } from './update-existing.tsx';

const storages = (['keychain', 'session', 'ask', 'leave-out'] as const).map((value) => ({
  value,
  label: text.storages[value],
}));

/** What was understood of a file: each value with the key and line it came from, and what was left. */
export function Understood({
  preview,
  choices,
  onChoices,
  onTarget,
}: {
  preview: ImportPreview;
  choices: readonly Choice[];
  onChoices: (choices: Choice[]) => void;
  onTarget: (target: string) => void;
}) {
  const targets = useRequest('targets.list', {});
  const nameOf = (id: string) => targets.data?.find((each) => each.id === id)?.name ?? id;
  const change = (index: number, part: Partial<Choice>) =>
    onChoices(choices.map((choice) => (choice.index === index ? { ...choice, ...part } : choice)));
  return (
    <>
      <div className={styles.target}>
        <Field label={text.target}>
          {({ id }) => (
            <Select
              id={id}
              choices={[preview.target, ...preview.otherCandidates].map((value) => ({ value, label: nameOf(value) }))}
              value={preview.target}
              onChange={onTarget}
            />
          )}
        </Field>
      </div>
      {preview.warnings.length > 0 && (
        <section className={styles.warnings} aria-label={text.warnings}>
          {preview.warnings.map((warning) => (
            <Note key={warning} tone="warning">
              {warning}
            </Note>
          ))}
        </section>
      )}
      {choices.map((choice) => (
        <ProfilePart
          key={choice.index}
          preview={preview}
          choice={choice}
          isOnly={choices.length === 1}
          onChange={(part) => change(choice.index, part)}
        />
      ))}
      {preview.ignored.length > 0 && (
        <Fold title={text.ignored(preview.ignored.length)}>
          <table className={styles.table}>
            <tbody>
              {preview.ignored.map(({ key, line, reason }) => (
                <tr key={`${line} ${key}`}>
                  <th scope="row">
                    <code>{key}</code>
                  </th>
                  <td>{reason}</td>
                  <td className={styles.origin}>{line > 0 ? line : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Fold>
      )}
    </>
  );
}

function ProfilePart({
  preview,
  choice,
  isOnly,
  onChange,
}: {
  preview: ImportPreview;
  choice: Choice;
  isOnly: boolean;
  onChange: (part: Partial<Choice>) => void;
}) {
  const hasValue = preview.secrets.some(({ profile, state }) => profile === choice.index && state === 'value');
  return (
    <section className={styles.part}>
      {!isOnly && (
        <Check isOn={choice.isIncluded} onChange={(isIncluded) => onChange({ isIncluded })}>
          <strong>{text.include(choice.name)}</strong>
        </Check>
      )}
      <ImportAs choice={choice} onChange={onChange} />
      {!choice.into && (
        <Field label={text.nameOf}>
          {({ id }) => (
            <Input
              id={id}
              value={choice.name}
              maxLength={LIMITS.profileName}
              onChange={(event) => onChange({ name: event.target.value })}
            />
          )}
        </Field>
      )}
      {choice.into && (
        <UpdateExisting
          importId={preview.importId}
          choice={choice}
          profileId={choice.into.profileId}
          onChange={onChange}
        />
      )}
      {!choice.into && <UnderstoodTable preview={preview} index={choice.index} />}
      {hasValue && (
        <Field label={text.keep}>
          {({ id }) => (
            <Select
              id={id}
              choices={storages}
              value={choice.secrets}
              onChange={(value) => onChange({ secrets: value })}
            />
          )}
        </Field>
      )}
    </section>
  );
}
