import { Columns2, FileSearch, FileText, Trash2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import type { ReportRef } from '../../../shared/contract.ts';
import type { RunSummary } from '../../../shared/history.ts';
import { CompareDialog, ReportDialog } from '../../app/lazy-parts.ts';
import { useAct, useRefresh } from '../../state/requests.ts';
import { toast } from '../../state/toasts.ts';
import { common, history as text } from '../../text.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Fold } from '../../ui/fold.tsx';
import { moment } from '../../ui/format.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { Check } from '../../ui/switch.tsx';
import { TypedPath, useTypedPath } from '../files/typed-path.tsx';
import styles from './history.module.css';
import { pairOf, runWords, toggled } from './run-words.ts';

type Open = { kind: 'compare'; before: ReportRef; after: ReportRef } | { kind: 'report'; run: ReportRef } | null;

/** The kept runs of a profile: to be looked at, saved, and put beside each other. */
export function RunList({ profileId, runs }: { profileId: string; runs: readonly RunSummary[] }) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [open, setOpen] = useState<Open>(null);
  const keptRun = (runId: string): ReportRef => ({ kind: 'kept', profileId, runId });
  const pair = pairOf(chosen, runs);
  const base = runs.find(({ runId }) => chosen.includes(runId)) ?? runs[0];
  return (
    <div className={styles.history}>
      <Fold title={text.title} hint={text.hint(runs.length)} flush>
        <ul className={styles.runs} aria-label={text.title}>
          {runs.map((run) => (
            <li key={run.runId} className={styles.run}>
              <div className={styles.choose}>
                <Check isOn={chosen.includes(run.runId)} onChange={() => setChosen(toggled(chosen, run.runId))}>
                  <span className={styles.line}>
                    <StateMark state={run.outcome} />
                    <span className={styles.when}>{moment(run.at)}</span>
                    <span className={styles.words}>
                      {text.states[run.outcome]}, {runWords(run)}
                    </span>
                  </span>
                </Check>
              </div>
              <IconButton
                small
                icon={FileText}
                name={text.report(moment(run.at))}
                onPress={() => setOpen({ kind: 'report', run: keptRun(run.runId) })}
              />
            </li>
          ))}
        </ul>
        <div className={styles.tools}>
          <Button
            small
            icon={Columns2}
            isDisabled={pair === null}
            onPress={() =>
              pair && setOpen({ kind: 'compare', before: keptRun(pair[0].runId), after: keptRun(pair[1].runId) })
            }
          >
            {text.compare}
          </Button>
          {base && (
            <CompareWithFile
              onOpened={(file) => setOpen({ kind: 'compare', before: file, after: keptRun(base.runId) })}
            />
          )}
          <ForgetRuns profileId={profileId} />
        </div>
        <p className={styles.soft}>
          {text.compareHelp} {text.kept}
        </p>
      </Fold>
      <Suspense fallback={null}>
        {open?.kind === 'compare' && (
          <CompareDialog before={open.before} after={open.after} onClose={() => setOpen(null)} />
        )}
        {open?.kind === 'report' && <ReportDialog report={open.run} onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}

/** Opens a report that was saved, perhaps on another machine. */
function CompareWithFile({ onOpened }: { onOpened: (file: ReportRef) => void }) {
  const act = useAct();
  const typesPaths = useTypedPath();
  const [isTyping, setTyping] = useState(false);
  const open = async (path: string | null) => {
    const file = await act('files.open', { purpose: 'report', path });
    const opened = file && (await act('reports.open', { token: file.token }));
    if (!opened) return;
    setTyping(false);
    onOpened({ kind: 'session', runId: opened.summary.runId });
  };
  return (
    <>
      <Button small icon={FileSearch} onPress={() => (typesPaths ? setTyping(true) : void open(null))}>
        {text.compareFile}
      </Button>
      {isTyping && (
        <div className={styles.file}>
          <p className={styles.soft}>{text.fileHelp}</p>
          <TypedPath verb={common.open} onPath={(path) => void open(path)} onCancel={() => setTyping(false)} />
        </div>
      )}
    </>
  );
}

function ForgetRuns({ profileId }: { profileId: string }) {
  const act = useAct();
  const refresh = useRefresh();
  const [isAsking, setAsking] = useState(false);
  const clear = async () => {
    setAsking(false);
    if (!(await act('history.clear', { profileId }))) return;
    refresh('history.list', 'profiles.list');
    toast.say(text.cleared);
  };
  return (
    <>
      <Button small kind="quiet" icon={Trash2} onPress={() => setAsking(true)}>
        {text.clear}
      </Button>
      {isAsking && (
        <Dialog
          title={text.clearTitle}
          onClose={() => setAsking(false)}
          footer={
            <>
              <Button autoFocus onPress={() => setAsking(false)}>
                {common.cancel}
              </Button>
              <Button kind="danger" onPress={() => void clear()}>
                {text.clear}
              </Button>
            </>
          }
        >
          <p>{text.clearIntro}</p>
        </Dialog>
      )}
    </>
  );
}
