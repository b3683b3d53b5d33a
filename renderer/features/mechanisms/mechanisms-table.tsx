import { MECHANISM_WORDS, type MechanismResult, type MechanismVerdict } from '../../../shared/mechanisms.ts';
import { replyLine } from '../../../shared/report-facts.ts';
import { escapeControls } from '../../../shared/text.ts';
import { mechanisms as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { duration } from '../../ui/format.ts';
import { type MarkState, StateMark } from '../../ui/state-mark.tsx';
import styles from './mechanisms.module.css';

const MARKS: Record<MechanismVerdict, MarkState> = {
  works: 'passed',
  refused: 'failed',
  failed: 'failed',
  'not-tried': 'untested',
};

/** A row for each mechanism: icon, word, what the server said and why, and the way into the form. */
export function MechanismsTable({
  results,
  best,
  onUse,
}: {
  results: readonly MechanismResult[];
  best: string | null;
  /** Null where none can be put into the form. */
  onUse: ((mechanism: string) => void) | null;
}) {
  if (results.length === 0) return null;
  return (
    <table className={styles.table}>
      <caption className="unseen">{text.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{text.mechanism}</th>
          <th scope="col">{text.result}</th>
        </tr>
      </thead>
      <tbody>
        {results.map(({ mechanism, verdict, ms, note, reply, finding }) => (
          <tr key={mechanism}>
            <th scope="row" className={styles.name}>
              {escapeControls(mechanism)}
            </th>
            <td>
              <div className={styles.result}>
                <p className={styles.verdict}>
                  <StateMark state={MARKS[verdict]} />
                  {MECHANISM_WORDS[verdict]}
                  {best === mechanism && <span className={styles.best}>{text.best}</span>}
                  {ms > 0 && <span className={styles.soft}>{duration(ms)}</span>}
                </p>
                <p className={styles.note}>{finding && verdict !== 'works' ? finding.cause : escapeControls(note)}</p>
                {reply && verdict !== 'works' && (
                  <p className={styles.note}>
                    {text.serverSaid} <code>{escapeControls(replyLine(reply))}</code>
                  </p>
                )}
                {onUse && verdict === 'works' && (
                  <Button small kind={best === mechanism ? 'primary' : 'plain'} onPress={() => onUse(mechanism)}>
                    {text.use(mechanism)}
                  </Button>
                )}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
