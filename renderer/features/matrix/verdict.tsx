import { type CellVerdict, VERDICT_WORDS } from '../../../shared/matrix.ts';
import { type MarkState, StateMark } from '../../ui/state-mark.tsx';
import styles from './matrix.module.css';

const MARKS: Record<CellVerdict, MarkState> = {
  works: 'passed',
  untrusted: 'warned',
  plain: 'warned',
  failed: 'failed',
  'not-tried': 'untested',
};

/** What a combination is worth: icon and word. */
export function Verdict({ verdict }: { verdict: CellVerdict }) {
  return (
    <span className={styles.verdict}>
      <StateMark state={MARKS[verdict]} />
      {VERDICT_WORDS[verdict]}
    </span>
  );
}
