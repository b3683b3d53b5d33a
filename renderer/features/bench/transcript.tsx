import { Lock } from 'lucide-react';
import { VList } from 'virtua';
import type { TranscriptLine } from '../../../shared/report.ts';
import { escapeControls } from '../../../shared/text.ts';
import { bench as text } from '../../text.ts';
import { cx } from '../../ui/cx.ts';
import { Fold } from '../../ui/fold.tsx';
import { Icon } from '../../ui/icon.tsx';
import styles from './transcript.module.css';

/** The dialogue with the server, word for word, secrets replaced. Only the lines in view are in the document. */
export function Transcript({ lines }: { lines: readonly TranscriptLine[] }) {
  return (
    <div className={styles.transcript}>
      <Fold title={text.transcript} hint={text.transcriptHint(lines.length)} flush>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
        <section className={styles.frame} aria-label={text.transcript} tabIndex={0}>
          <VList style={{ height: Math.min(360, lines.length * 20 + 16) }}>
            {lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end
              <div key={index} className={cx(styles.line, styles[line.from])}>
                <span className={styles.ms}>{Math.round(line.ms)}</span>
                <span className={styles.lock}>{line.encrypted && <Icon of={Lock} size={10} />}</span>
                <span className="unseen">
                  {text.sides[line.from]}
                  {line.encrypted ? `, ${text.encrypted}` : ''}:{' '}
                </span>
                <span className={styles.side} aria-hidden="true">
                  {{ client: '→', server: '←', note: '·' }[line.from]}
                </span>
                <span className={styles.text}>{escapeControls(line.text)}</span>
              </div>
            ))}
          </VList>
        </section>
      </Fold>
    </div>
  );
}
