import type { UseQueryResult } from '@tanstack/react-query';
import type { ExportSetPreview, PlannedFile } from '../../../shared/export-set.ts';
import { describeError } from '../../../shared/messages.ts';
import { errorText, type RequestFailed } from '../../state/requests.ts';
import { fieldLabel, many, exportMany as text } from '../../text.ts';
import { Fold } from '../../ui/fold.tsx';
import { Note } from '../../ui/note.tsx';
import styles from './many.module.css';

/** Files that are listed; beyond it they are counted. */
const MOST = 200;

/** The files that an export of several will write; null for none chosen yet. */
export function PlannedFiles({ preview }: { preview: UseQueryResult<ExportSetPreview, RequestFailed> | null }) {
  const { data, error, isPending = false } = preview ?? {};
  return (
    <section className={styles.files} aria-label={text.files}>
      <h3>{data && !error ? text.count(data.files.length) : text.files}</h3>
      {!preview && <p className={styles.soft}>{text.pick}</p>}
      {isPending && <p role="status">{text.loading}</p>}
      {error && (
        <Note tone="failed" boxed>
          {errorText(error.error)}
        </Note>
      )}
      {data && !error && (
        <>
          {data.refused.map(({ target, product, profile, error: why }) => (
            <Note key={`${target} ${profile.id}`} tone="failed">
              <strong>{text.none(profile.name, product)}.</strong> {describeError(why).what}
            </Note>
          ))}
          <ul className={styles.fileList}>
            {data.files.slice(0, MOST).map((file) => (
              <li key={file.file}>
                <FileRow file={file} />
              </li>
            ))}
          </ul>
          {data.files.length > MOST && <p className={styles.soft}>{many.more(data.files.length - MOST)}</p>}
        </>
      )}
    </section>
  );
}

function FileRow({ file }: { file: PlannedFile }) {
  const refused = file.limits.filter(({ severity }) => severity === 'refused').length;
  const lossy = file.limits.length - refused;
  const hint = [refused > 0 && text.limits.refused(refused), lossy > 0 && text.limits.lossy(lossy)].filter(Boolean);
  const name = (
    <bdi className={styles.fileName} title={file.product}>
      {file.file}
    </bdi>
  );
  if (file.limits.length === 0) return <p className={styles.fileRow}>{name}</p>;
  return (
    <Fold title={name} hint={hint.join(', ')}>
      <div className={styles.limits}>
        {file.limits.map(({ severity, field, text: words, profile }) => (
          <Note key={`${profile}${field}${words}`} tone={severity === 'refused' ? 'failed' : 'warning'}>
            <strong>{file.profiles.length > 1 ? `${profile}: ${fieldLabel(field)}` : fieldLabel(field)}.</strong>{' '}
            {words}
          </Note>
        ))}
      </div>
    </Fold>
  );
}
