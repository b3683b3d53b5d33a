import { RotateCw, Square } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { cellFix, MATRIX_PORTS, type MatrixCell, type MatrixReport, SECURITY_WORDS } from '../../../shared/matrix.ts';
import { settingsToTest } from '../../state/draft-model.ts';
import { useLongCall } from '../../state/long-call.ts';
import { errorText } from '../../state/requests.ts';
import { toast } from '../../state/toasts.ts';
import { common, matrix as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Note } from '../../ui/note.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { useEditor } from '../profile/editor-context.ts';
import styles from './matrix.module.css';
import { MatrixTable } from './matrix-table.tsx';

/** Tries all ports and ways to secure them for the settings in the form, and puts the chosen one there. */
export function MatrixDialog({ onClose }: { onClose: () => void }) {
  const { settings, apply } = useEditor();
  const { start, cancel, events, result, error, isRunning } = useLongCall('tests.matrix');
  const { host, port } = settings.server;
  const subject = useMemo(
    () => ({ kind: 'settings' as const, settings: settingsToTest(settings), secretsOf: null }),
    [settings],
  );
  useEffect(() => start({ subject, ports: null }), [start, subject]);
  const cells = result?.cells ?? events.map(({ cell }) => cell);
  const use = (cell: MatrixCell) => {
    const fix = cellFix(cell);
    apply(fix);
    toast.say(text.used(fix.label));
    onClose();
  };
  return (
    <Dialog
      title={text.title}
      intro={text.intro(host)}
      size="large"
      onClose={onClose}
      footer={
        isRunning ? (
          <Button icon={Square} onPress={cancel}>
            {common.cancel}
          </Button>
        ) : (
          <>
            <Button icon={RotateCw} onPress={() => start({ subject, ports: null })}>
              {text.again}
            </Button>
            <Button onPress={onClose}>{common.close}</Button>
          </>
        )
      }
    >
      <div className={styles.stack}>
        <div role="status" className={styles.summary}>
          {isRunning && (
            <p className={styles.verdict}>
              <StateMark state="running" size={16} />
              {text.running(cells.length)}
            </p>
          )}
          {error && (
            <Note tone="failed" boxed>
              {errorText(error)}
            </Note>
          )}
          {result && <Summary report={result} />}
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
        <section className={styles.frame} data-wide="" aria-label={text.caption} tabIndex={0}>
          <MatrixTable
            cells={cells}
            ports={[...MATRIX_PORTS, port]}
            recommended={result?.recommended ?? null}
            isRunning={isRunning}
            onUse={use}
          />
        </section>
      </div>
    </Dialog>
  );
}

function Summary({ report: { recommended, conclusions, cancelled } }: { report: MatrixReport }) {
  return (
    <>
      {cancelled && <Note>{text.cancelled}</Note>}
      {!cancelled && !recommended && (
        <Note tone="failed" boxed>
          {text.none}
        </Note>
      )}
      {recommended && (
        <p className={styles.verdict}>
          <StateMark state={recommended.caution === '' ? 'passed' : 'warned'} size={16} />
          <strong>{text.use(recommended.port, SECURITY_WORDS[recommended.security])}.</strong> {recommended.reason}
        </p>
      )}
      {recommended && recommended.caution !== '' && (
        <Note tone="warning" boxed>
          {recommended.caution}
        </Note>
      )}
      {conclusions.map((conclusion) => (
        <Note key={conclusion}>{conclusion}</Note>
      ))}
    </>
  );
}
