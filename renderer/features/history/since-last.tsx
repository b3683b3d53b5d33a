import { Columns2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import type { ReportRef } from '../../../shared/contract.ts';
import type { RunSummary } from '../../../shared/history.ts';
import { CompareDialog } from '../../app/lazy-parts.ts';
import { useRequest } from '../../state/requests.ts';
import { history as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { moment } from '../../ui/format.ts';
import { Note } from '../../ui/note.tsx';
import styles from './history.module.css';
import { runBefore } from './run-words.ts';

/** What stands out in a run against the one before it; nothing when nothing does. */
export function SinceLast({
  profileId,
  runId,
  runs,
}: {
  profileId: string;
  /** Of the run that was just made. */
  runId: string;
  runs: readonly RunSummary[];
}) {
  const [isOpen, setOpen] = useState(false);
  const earlier = runBefore(runs, runId);
  const before: ReportRef = { kind: 'kept', profileId, runId: earlier?.runId ?? runId };
  const after: ReportRef = { kind: 'session', runId };
  const compared = useRequest('reports.compare', { before, after }, { enabled: earlier !== null });
  const warnings = compared.data?.hints.filter(({ severity }) => severity === 'warning') ?? [];
  if (!earlier || warnings.length === 0) return null;
  return (
    <div className={styles.since}>
      <Note
        tone="warning"
        boxed
        action={
          <Button small icon={Columns2} onPress={() => setOpen(true)}>
            {text.compare}
          </Button>
        }
      >
        <p>{text.since(moment(earlier.at))}</p>
        {warnings.map((hint) => (
          <p key={hint.text}>{hint.text}</p>
        ))}
      </Note>
      <Suspense fallback={null}>
        {isOpen && <CompareDialog before={before} after={after} onClose={() => setOpen(false)} />}
      </Suspense>
    </div>
  );
}
