import { FileText, PanelRightClose, Route, Send, Square, Zap } from 'lucide-react';
import { Suspense, useState } from 'react';
import { connectionPart } from '../../../shared/connection-part.ts';
import { reportText } from '../../../shared/report-text.ts';
import { MatrixDialog, ReportDialog } from '../../app/lazy-parts.ts';
import { ColumnEdge, ColumnRail, FoldButton } from '../../app/side-column.tsx';
import { useMedia } from '../../app/use-media.ts';
import { settingsToTest } from '../../state/draft-model.ts';
import { TWO_COLUMNS } from '../../state/layout.ts';
import { useOffer } from '../../state/offers.ts';
import { useRuns } from '../../state/runs.ts';
import { stateOfRun } from '../../state/sessions.ts';
import {
  editor as editorText,
  library as libraryText,
  relay as relayText,
  reporting,
  bench as text,
} from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { duration, time } from '../../ui/format.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { RunList } from '../history/run-list.tsx';
import { SinceLast } from '../history/since-last.tsx';
import { useRunsOf } from '../history/use-runs-of.ts';
import { openMatrix, useOpenMatrix } from '../matrix/open-matrix.ts';
import { useEditor } from '../profile/editor-context.ts';
import styles from './bench.module.css';
import { Outcome } from './outcome.tsx';
import { SecretPromptDialog } from './secret-prompt.tsx';
import { SendDialog } from './send-dialog.tsx';
import { StageTrack } from './stage-track.tsx';
import { Transcript } from './transcript.tsx';

/** The right column: tests the settings as they stand in the form, and shows how far a run got and why. */
export function Bench() {
  const editor = useEditor();
  const run = useRuns(({ runs }) => runs[editor.key]) ?? null;
  const prompt = useRuns(({ prompts }) => prompts[editor.key]);
  const hasMatrix = useOpenMatrix(({ key }) => key === editor.key);
  const [isSending, setSending] = useState(false);
  const [isReporting, setReporting] = useState(false);
  const profileId = editor.stored?.profile.id ?? null;
  const runs = useRunsOf(profileId, run?.report?.id ?? null);
  const hasWork = editor.isDirty || !editor.stored;
  useOffer('send', run?.running ? null : () => void (editor.validate(['name']) && setSending(true)));
  const isStale = run !== null && !run.running && run.tested !== connectionPart(settingsToTest(editor.settings));

  // In a narrow window the bench takes the place of the form, and is then what the page is about.
  const isAlone = useMedia(TWO_COLUMNS);
  const Column = isAlone ? 'main' : 'aside';

  return (
    <Column data-column="bench" aria-label={text.landmark}>
      <ColumnEdge of="bench" />
      <ColumnRail of="bench">
        {run && (
          <span title={libraryText.states[stateOfRun(run)]}>
            <StateMark state={stateOfRun(run)} />
            <span className="unseen">{libraryText.states[stateOfRun(run)]}</span>
          </span>
        )}
      </ColumnRail>
      <section className={styles.bench} aria-labelledby="bench-title">
        <header className={styles.header}>
          {isAlone && (
            <h1 className={styles.profile} dir="auto">
              {editor.settings.name || editorText.newTitle}
            </h1>
          )}
          <div className={styles.titleRow}>
            <h2 id="bench-title" className={styles.title}>
              {text.title}
            </h2>
            {run?.report && (
              <span className={styles.last}>{text.lastRun(time(run.startedAt), duration(run.report.ms))}</span>
            )}
            <FoldButton of="bench" icon={PanelRightClose} />
          </div>
          <div className={styles.buttons}>
            {run?.running ? (
              <Button key="cancel" icon={Square} onPress={run.cancel} keys="Escape">
                {text.cancel}
              </Button>
            ) : (
              <Button
                key="check"
                icon={Zap}
                kind={hasWork ? 'plain' : 'primary'}
                onPress={() => void editor.check()}
                keys="Control+Enter"
              >
                {text.check}
              </Button>
            )}
            {!run?.running && (
              <Button icon={Send} onPress={() => editor.validate(['name']) && setSending(true)}>
                {text.send}
              </Button>
            )}
          </div>
        </header>

        {/* biome-ignore lint/a11y/noNoninteractiveTabindex lint/a11y/useSemanticElements: what scrolls must be reachable by key */}
        <div className={styles.scroll} role="group" aria-label={text.result} tabIndex={0}>
          <Outcome run={run} isStale={isStale} />
          {profileId !== null && run?.report && <SinceLast profileId={profileId} runId={run.report.id} runs={runs} />}
          <StageTrack run={run} isStale={isStale} />
          {!run?.running && (
            <div className={styles.extra}>
              <Button small icon={Route} kind="quiet" onPress={() => void editor.checkRelay()}>
                {relayText.check}
              </Button>
              <p className={styles.caveat}>{relayText.hint}</p>
            </div>
          )}
          {run && run.transcript.length > 0 && <Transcript lines={run.transcript} />}
          {run?.report && (
            <div className={styles.tools}>
              <CopyButton name={text.copyReport} text={() => (run.report ? reportText(run.report) : '')} />
              <Button small kind="quiet" icon={FileText} onPress={() => setReporting(true)}>
                {reporting.button}
              </Button>
            </div>
          )}
          {profileId !== null && runs.length > 0 && <RunList key={profileId} profileId={profileId} runs={runs} />}
        </div>
      </section>
      <Suspense fallback={null}>{hasMatrix && <MatrixDialog onClose={() => openMatrix(null)} />}</Suspense>
      <Suspense fallback={null}>
        {isReporting && run?.report && (
          <ReportDialog report={{ kind: 'session', runId: run.report.id }} onClose={() => setReporting(false)} />
        )}
      </Suspense>
      {isSending && <SendDialog onClose={() => setSending(false)} />}
      {prompt && <SecretPromptDialog prompt={prompt} />}
    </Column>
  );
}
