import { Undo2 } from 'lucide-react';
import { errorText } from '../../state/requests.ts';
import { openDialog, useUi } from '../../state/ui.ts';
import { common, fieldLabel, secretLabels, fill as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Fold } from '../../ui/fold.tsx';
import { Note } from '../../ui/note.tsx';
import { type Filled, type FilledRow, filledRows } from './fill-model.ts';
import styles from './fill-note.module.css';
import { shownValue } from './shown-value.ts';
import type { Fill, FillFailure } from './use-fill.ts';

/** What became of a paste or a preset: what it changed, with a way back, or why nothing could be read. */
export function FillNote({ fill }: { fill: Fill }) {
  const { filled, failure, isReading } = fill;
  return (
    <div role="status" className={styles.note}>
      {isReading && <p className={styles.soft}>{text.reading}</p>}
      {!isReading && failure && <Failure failure={failure} onDismiss={fill.dismiss} />}
      {!isReading && filled && <Success filled={filled} fill={fill} />}
    </div>
  );
}

function Success({ filled, fill }: { filled: Filled; fill: Fill }) {
  const rows = filledRows(filled);
  const taken = filled.after.secrets.filter((edit) => !filled.before.secrets.includes(edit));
  const isEmpty = rows.length + taken.length === 0;
  return (
    <div className={styles.box}>
      <Note
        action={
          <>
            {!isEmpty && (
              <Button small icon={Undo2} onPress={fill.undo}>
                {text.undo}
              </Button>
            )}
            <Button small kind="quiet" onPress={fill.dismiss}>
              {common.dismiss}
            </Button>
          </>
        }
      >
        <p>{isEmpty ? text.nothing(filled.source) : text.done(filled.source, rows.length + taken.length)}</p>
        {filled.others > 0 && <p className={styles.soft}>{text.others(filled.others)}</p>}
      </Note>
      {!isEmpty && (
        <Fold title={text.changes} flush>
          <Changes rows={rows} />
          {taken.map(({ kind }) => (
            <p key={kind} className={styles.soft}>
              {text.secret(secretLabels[kind])}
            </p>
          ))}
        </Fold>
      )}
    </div>
  );
}

function Changes({ rows }: { rows: readonly FilledRow[] }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{text.field}</th>
          <th scope="col">{text.before}</th>
          <th scope="col">{text.after}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ field, before, after, origin }) => (
          <tr key={field}>
            <th scope="row">
              {fieldLabel(field)}
              {origin && <code className={styles.origin}>{origin.key}</code>}
            </th>
            <td>
              <bdi>{shownValue(field, before) || text.empty}</bdi>
            </td>
            <td>
              <bdi>{shownValue(field, after) || text.empty}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Failure({ failure: { error, pasted }, onDismiss }: { failure: FillFailure; onDismiss: () => void }) {
  const openImport = () => {
    useUi.setState({ dropped: new File([pasted], text.pastedName) });
    openDialog('import');
    onDismiss();
  };
  return (
    <Note
      tone="failed"
      boxed
      action={
        <>
          <Button small onPress={openImport}>
            {text.openImport}
          </Button>
          <Button small kind="quiet" onPress={onDismiss}>
            {common.dismiss}
          </Button>
        </>
      }
    >
      {errorText(error)}
    </Note>
  );
}
