import { useMemo } from 'react';
import type { ImportSetFile, ImportSetPreview } from '../../../shared/import-set.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { describeError } from '../../../shared/messages.ts';
import { useRequest } from '../../state/requests.ts';
import { importMany as text } from '../../text.ts';
import { Fold } from '../../ui/fold.tsx';
import { Input } from '../../ui/input.tsx';
import { Note } from '../../ui/note.tsx';
import { Check } from '../../ui/switch.tsx';
import { UnderstoodTable } from '../import/understood-table.tsx';
import type { SetChoice } from './import-set-choices.ts';
import styles from './many.module.css';

/** What was understood of each file of a set, to take or leave, and which were not read and why. */
export function ImportSetFiles({
  set: { files },
  choices,
  onChange,
}: {
  set: ImportSetPreview;
  choices: readonly SetChoice[];
  onChange: (index: number, part: Partial<SetChoice>) => void;
}) {
  const targets = useRequest('targets.list', {});
  const productOf = (id: string) => targets.data?.find((target) => target.id === id)?.name ?? id;
  const byIndex = useMemo(() => new Map(choices.map((choice) => [choice.index, choice])), [choices]);
  const refused = files.filter(({ error }) => error !== null);
  const read = files.filter(({ preview }) => preview !== null);
  return (
    <>
      <p role="status">{read.length === 0 ? text.nothing : text.count(read.length, files.length)}</p>
      <div>
        {read.map((file) => (
          <FileEntry
            key={file.path}
            file={file}
            productOf={productOf}
            choiceOf={(index) => byIndex.get(index)}
            onChange={onChange}
          />
        ))}
      </div>
      {refused.length > 0 && (
        <Fold title={text.refused(refused.length)} isNeeded={read.length === 0}>
          <table className={styles.table}>
            <tbody>
              {refused.map(({ path, error }) => (
                <tr key={path}>
                  <th scope="row" className={styles.path}>
                    <bdi>{path}</bdi>
                  </th>
                  <td>{error && describeError(error).what}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Fold>
      )}
    </>
  );
}

function FileEntry({
  file: { path, first, preview },
  productOf,
  choiceOf,
  onChange,
}: {
  file: ImportSetFile;
  productOf: (target: string) => string;
  choiceOf: (index: number) => SetChoice | undefined;
  onChange: (index: number, part: Partial<SetChoice>) => void;
}) {
  if (!preview) return null;
  return (
    <section className={styles.entry} aria-label={path}>
      {preview.profiles.map((settings, at) => {
        const choice = choiceOf(first + at);
        if (!choice) return null;
        return (
          <div key={choice.index} className={styles.entryHead}>
            <Check isOn={choice.isIncluded} onChange={(isIncluded) => onChange(choice.index, { isIncluded })}>
              <span className={styles.path}>
                <bdi>{path}</bdi>
              </span>{' '}
              <span className={styles.soft}>
                {text.from(productOf(preview.target))}, <bdi>{settings.server.host}</bdi>
              </span>
            </Check>
            <Input
              aria-label={text.nameOf(path)}
              value={choice.name}
              maxLength={LIMITS.profileName}
              disabled={!choice.isIncluded}
              onChange={(event) => onChange(choice.index, { name: event.target.value })}
            />
          </div>
        );
      })}
      <div className={styles.inside}>
        {preview.warnings.map((warning) => (
          <Note key={warning} tone="warning">
            {warning}
          </Note>
        ))}
        <Fold title={text.details}>
          {preview.profiles.map(({ name }, at) => (
            <UnderstoodTable key={name} preview={preview} index={at} />
          ))}
        </Fold>
      </div>
    </section>
  );
}
