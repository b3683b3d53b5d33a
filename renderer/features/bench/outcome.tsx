import { useState } from 'react';
import { failedStage, headline, outcomeOf } from '../../../shared/outcome.ts';
import { STAGE_WORDS } from '../../../shared/report.ts';
import { errorText } from '../../state/requests.ts';
import type { Run } from '../../state/runs.ts';
import { stateOfRun } from '../../state/sessions.ts';
import { bench as text } from '../../text.ts';
import { cx } from '../../ui/cx.ts';
import { Note } from '../../ui/note.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import styles from './bench.module.css';

/**
 * The first glance: how the last run ended, in one line, and what it does not prove. A screen reader says it when it next
 * has a pause; a failure it says at once.
 */
export function Outcome({ run, isStale }: { run: Run | null; isStale: boolean }) {
  const state = stateOfRun(run ?? undefined);
  const hasFailed = state === 'failed';
  return (
    <div className={styles.outcomeArea}>
      <div role="status">
        {(!run || state === 'untested') && <p className={styles.idle}>{text.idle}</p>}
        {run?.running && (
          <p className={styles.outcome}>
            <StateMark state="running" size={16} />
            {text.running(run.action)}
          </p>
        )}
        {run?.report && !hasFailed && <Ending run={run} />}
      </div>
      <Failure key={run?.id} run={run} />
      {isStale && run?.report && (
        <p className={styles.stale} role="status">
          {text.stale}
        </p>
      )}
    </div>
  );
}

/** How a run failed. Only one that was watched interrupts: an old one is nothing new when its profile is opened. */
function Failure({ run }: { run: Run | null }) {
  const [wasWatched] = useState(run?.running ?? false);
  const hasFailed = run !== null && stateOfRun(run) === 'failed';
  return (
    <div {...(wasWatched && { role: 'alert' })}>
      {hasFailed && run.report && <Ending run={run} />}
      {hasFailed && run.error && (
        <Note tone="failed" boxed>
          {errorText(run.error)}
        </Note>
      )}
    </div>
  );
}

function Ending({ run }: { run: Run }) {
  const { report } = run;
  if (!report) return null;
  const stage = failedStage(report)?.stage;
  return (
    <>
      <p className={cx(styles.outcome, styles[outcomeOf(report)])}>
        <StateMark state={stateOfRun(run)} size={16} />
        {`${headline(report)} `}
        {stage && <span className="unseen">{text.failedAt(STAGE_WORDS[stage])}</span>}
      </p>
      {report.ok && <p className={styles.caveat}>{caveat(run)}</p>}
    </>
  );
}

function caveat({ report }: Run): string {
  if (report?.action !== 'send') return text.checkedNotSent;
  const queueId = report.stages.find(({ stage }) => stage === 'data')?.facts.queueId;
  return queueId ? text.queued(queueId) : text.takenWithoutId;
}
