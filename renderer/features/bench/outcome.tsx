import { headline, outcomeOf } from '../../../shared/outcome.ts';
import type { Run } from '../../state/runs.ts';
import { stateOfRun } from '../../state/sessions.ts';
import { bench as text } from '../../text.ts';
import { cx } from '../../ui/cx.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import styles from './bench.module.css';

/** The first glance: how the last run ended, in one line, and what it does not prove. */
export function Outcome({ run, isStale }: { run: Run | null; isStale: boolean }) {
  const state = stateOfRun(run ?? undefined);
  return (
    <div className={styles.outcomeArea} role="status">
      {(!run || state === 'untested') && <p className={styles.idle}>{text.idle}</p>}
      {run?.running && (
        <p className={styles.outcome}>
          <StateMark state="running" size={16} />
          {text.running(run.action)}
        </p>
      )}
      {run?.report && (
        <>
          <p className={cx(styles.outcome, styles[outcomeOf(run.report)])}>
            <StateMark state={state} size={16} />
            {headline(run.report)}
          </p>
          {run.report.ok && <p className={styles.caveat}>{caveat(run)}</p>}
        </>
      )}
      {isStale && run?.report && <p className={styles.stale}>{text.stale}</p>}
    </div>
  );
}

function caveat({ report }: Run): string {
  if (report?.action !== 'send') return text.checkedNotSent;
  const queueId = report.stages.find(({ stage }) => stage === 'data')?.facts.queueId;
  return queueId ? text.queued(queueId) : text.takenWithoutId;
}
