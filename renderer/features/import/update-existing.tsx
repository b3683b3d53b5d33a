import { useEffect } from 'react';
import { fieldValue } from '../../../shared/fix.ts';
import type { ImportChange } from '../../../shared/import-update.ts';
import { errorText, useRequest } from '../../state/requests.ts';
import { fieldLabel, secretLabels, importing as text } from '../../text.ts';
import { Field } from '../../ui/field.tsx';
import { Note } from '../../ui/note.tsx';
import { Select } from '../../ui/select.tsx';
import { Check } from '../../ui/switch.tsx';
import { shownValue } from '../profile/shown-value.ts';
import type { Choice } from './import-choices.ts';
import styles from './import-dialog.module.css';

/** Whether a profile of the file becomes a new one, or changes one that is there. */
export function ImportAs({ choice, onChange }: { choice: Choice; onChange: (part: Partial<Choice>) => void }) {
  const profiles = useRequest('profiles.list', {});
  const all = profiles.data ?? [];
  if (all.length === 0) return null;
  return (
    <Field label={text.importAs}>
      {({ id }) => (
        <Select
          id={id}
          choices={[
            { value: '', label: text.newProfile },
            ...all.map(({ id: value, name }) => ({ value, label: text.update(name) })),
          ]}
          value={choice.into?.profileId ?? ''}
          onChange={(profileId) => onChange({ into: profileId ? { profileId, revision: 0 } : null, fields: null })}
        />
      )}
    </Field>
  );
}

/** What the file would change in a stored profile, each change to be taken or left. */
export function UpdateExisting({
  importId,
  choice,
  profileId,
  onChange,
}: {
  importId: string;
  choice: Choice;
  profileId: string;
  onChange: (part: Partial<Choice>) => void;
}) {
  const compared = useRequest('imports.compare', { importId, index: choice.index, profileId });
  const revision = compared.data?.stored.revision;
  // What is stored must be about the revision that is shown here.
  useEffect(() => {
    if (revision !== undefined && revision !== choice.into?.revision) onChange({ into: { profileId, revision } });
  });
  if (compared.error) return <Note tone="failed">{errorText(compared.error.error)}</Note>;
  if (!compared.data) return <p role="status">{text.comparing}</p>;
  const { stored, settings, changes, secrets } = compared.data;
  const all = changes.map(({ field }) => field);
  const taken = new Set(choice.fields ?? all);
  const take = (field: string, isTaken: boolean) =>
    onChange({ fields: all.filter((each) => (each === field ? isTaken : taken.has(each))) });
  return (
    <>
      {changes.length === 0 ? (
        <p>{text.noChanges}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{text.field}</th>
              <th scope="col">{text.now}</th>
              <th scope="col">{text.inFile}</th>
              <th scope="col">{text.from}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <tr key={change.field}>
                <th scope="row">
                  <Check isOn={taken.has(change.field)} onChange={(isTaken) => take(change.field, isTaken)}>
                    {fieldLabel(change.field)}
                  </Check>
                </th>
                <td className={styles.value}>
                  <bdi>{shownValue(change.field, fieldValue(stored.profile, change.field)) || '–'}</bdi>
                </td>
                <td className={styles.value}>
                  <bdi>{shownValue(change.field, fieldValue(settings, change.field)) || '–'}</bdi>
                </td>
                <td className={styles.origin}>{whereFrom(change)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {secrets
        .filter(({ stored: fate, inFile }) => fate === 'asked' && !(inFile && choice.secrets !== 'leave-out'))
        .map(({ kind }) => (
          <Note key={kind} tone="warning">
            {text.secretAsked(secretLabels[kind])}
          </Note>
        ))}
    </>
  );
}

function whereFrom({ origin }: ImportChange): string {
  return origin ? text.at(origin.key, origin.line) : text.byProduct;
}
