import type { RequestOutput } from '../../../shared/contract.ts';
import { exportMany as text } from '../../text.ts';
import { bytes } from '../../ui/format.ts';
import { Note } from '../../ui/note.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import styles from './many.module.css';

/** What an export of several wrote, and what not. */
export function ExportManyResult({
  written: { folder, cancelled, manifest },
}: {
  written: RequestOutput<'exportSet.write'>;
}) {
  const { files, complete } = manifest;
  const written = files.filter(({ state }) => state === 'written');
  const words = cancelled
    ? text.cancelled(written.length, files.length)
    : complete
      ? text.done(written.length, folder)
      : text.partly(written.length, files.length);
  return (
    <section className={styles.files} aria-label={text.files}>
      <div role="status" className={styles.outcome}>
        <StateMark state={cancelled ? 'cancelled' : complete ? 'passed' : 'warned'} />
        <p>{words}</p>
      </div>
      {files
        .filter(({ state }) => state === 'failed')
        .map(({ file, problem }) => (
          <Note key={file} tone="failed">
            <strong>
              <bdi>{file}</bdi>.
            </strong>{' '}
            {problem}
          </Note>
        ))}
      {written.some(({ backup }) => backup !== '') && <Note>{text.backups}</Note>}
      {written.some(({ holdsSecret }) => holdsSecret) && <Note tone="warning">{text.secrets}</Note>}
      <ul className={styles.fileList}>
        {written.map(({ file, bytes: size }) => (
          <li key={file} className={styles.fileRow}>
            <bdi className={styles.fileName}>{file}</bdi>
            <span className={styles.soft}>{bytes(size)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
