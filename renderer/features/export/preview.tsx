import type { DiffLine, ExportPreview } from '../../../shared/target.ts';
import { exporting as text } from '../../text.ts';
import { cx } from '../../ui/cx.ts';
import { diffParts } from './diff-model.ts';
import styles from './export-dialog.module.css';

/** What the export would write, or what it would change; secrets masked. */
export function Preview({ preview, view }: { preview: ExportPreview; view: 'text' | 'diff' }) {
  const isSame = view === 'diff' && preview.diff.every(({ kind }) => kind === 'same');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section className={styles.preview} aria-label={text.view} tabIndex={0}>
      {view === 'text' && <pre>{preview.text}</pre>}
      {isSame && <p className={styles.same}>{text.noChanges}</p>}
      {view === 'diff' && !isSame && <Diff lines={preview.diff} />}
    </section>
  );
}

function Diff({ lines }: { lines: readonly DiffLine[] }) {
  return (
    <pre>
      {diffParts(lines).map((part, index) =>
        part.kind === 'gap' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a diff is replaced as a whole
          <span key={index} className={styles.gap}>
            {text.unchanged(part.length)}
          </span>
        ) : (
          part.lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a diff is replaced as a whole
            <span key={`${index} ${at}`} className={cx(styles.diffLine, styles[line.kind])}>
              <span className={styles.sign}>{{ same: ' ', added: '+', removed: '−' }[line.kind]}</span>
              {line.text}
            </span>
          ))
        ),
      )}
    </pre>
  );
}
