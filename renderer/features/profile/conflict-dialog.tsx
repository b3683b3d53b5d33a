import { useMemo, useState } from 'react';
import type { StoredProfile } from '../../../shared/library.ts';
import { type ProfileSettings, settingsOf } from '../../../shared/profile.ts';
import { withValue } from '../../state/draft-model.ts';
import { fieldLabel, conflict as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './conflict-dialog.module.css';
import { type Difference, differences } from './conflict-model.ts';
import { useEditor } from './editor-context.ts';
import { shownValue } from './shown-value.ts';

/** Both versions of a profile that was changed in two places: field by field, nothing lost until the user chooses. */
export function ConflictDialog({ theirs }: { theirs: StoredProfile }) {
  const { base, settings, save, takeTheirs, dismissTrouble } = useEditor();
  const other = useMemo(() => settingsOf(theirs.profile), [theirs]);
  const rows = useMemo(() => differences(base, settings, other), [base, settings, other]);
  const [choices, setChoices] = useState<Record<string, 'yours' | 'theirs'>>({});
  const chosen = (row: Difference) => choices[row.field] ?? (row.changedByYou ? 'yours' : 'theirs');

  const saveAs = (next: ProfileSettings) => void save({ settings: next, revision: theirs.revision });
  const saveChoice = () =>
    saveAs(
      rows.reduce((now, row) => withValue(now, row.field, chosen(row) === 'yours' ? row.yours : row.theirs), settings),
    );

  return (
    <Dialog
      title={text.title}
      intro={text.intro}
      size="medium"
      onClose={dismissTrouble}
      footer={
        <>
          <Button onPress={() => takeTheirs(theirs)}>{text.takeTheirs}</Button>
          <Button onPress={() => saveAs(settings)}>{text.keepMine}</Button>
          <Button kind="primary" onPress={saveChoice}>
            {text.saveChoice}
          </Button>
        </>
      }
    >
      {rows.length === 0 && <p>{text.none}</p>}
      {rows.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{text.field}</th>
              <th scope="col">{text.yours}</th>
              <th scope="col">{text.theirs}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.field}>
                <th scope="row">{fieldLabel(row.field)}</th>
                {(['yours', 'theirs'] as const).map((side) => (
                  <td key={side}>
                    <label className={styles.side}>
                      <input
                        type="radio"
                        name={`conflict ${row.field}`}
                        checked={chosen(row) === side}
                        onChange={() => setChoices((now) => ({ ...now, [row.field]: side }))}
                      />
                      <bdi>{shownValue(row.field, row[side]) || text.empty}</bdi>
                    </label>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}
