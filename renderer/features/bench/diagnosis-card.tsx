import { Wand2, Zap } from 'lucide-react';
import { useState } from 'react';
import type { Diagnosis, Finding, Reply } from '../../../shared/report.ts';
import { replyLine } from '../../../shared/report-facts.ts';
import { escapeControls } from '../../../shared/text.ts';
import { bench as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Fold } from '../../ui/fold.tsx';
import { useEditor } from '../profile/editor-context.ts';
import styles from './track.module.css';

/** Why the run failed: cause, remedy, the server's own words, and the change that mends it as one click. */
export function DiagnosisCard({
  diagnosis,
  reply,
  detail,
}: {
  diagnosis: Diagnosis;
  reply: Reply | undefined;
  detail: string | undefined;
}) {
  const { apply, check } = useEditor();
  const [isApplied, setApplied] = useState(false);
  const { cause, remedy, fix, transient, alsoPossible, rule, reference } = diagnosis;
  return (
    <div className={styles.diagnosis}>
      <p className={styles.cause}>{cause}</p>
      {remedy && <p>{remedy}</p>}
      {transient && <p className={styles.soft}>{text.retry}</p>}
      <Quote label={text.serverSaid} words={reply ? replyLine(reply) : ''} />
      {!reply && <Quote label={text.detail} words={detail ?? ''} />}
      {fix && (
        <div>
          {isApplied ? (
            <Button kind="primary" icon={Zap} onPress={() => void check()}>
              {text.checkAgain}
            </Button>
          ) : (
            <Button
              kind="primary"
              icon={Wand2}
              onPress={() => {
                apply(fix);
                setApplied(true);
              }}
            >
              {fix.label}
            </Button>
          )}
        </div>
      )}
      {alsoPossible.length > 0 && (
        <Fold title={text.alsoPossible}>
          {alsoPossible.map((other) => (
            <div key={other.rule}>
              <p>{other.cause}</p>
              <p className={styles.soft}>{other.remedy}</p>
            </div>
          ))}
        </Fold>
      )}
      <p className={styles.rule}>
        {text.reference} <code>{rule}</code>
        {reference && ` · ${reference}`}
      </p>
    </div>
  );
}

/** Something that is wrong without having broken the run. */
export function WarningCard({ warning }: { warning: Finding }) {
  return (
    <div className={styles.warning}>
      <p className={styles.cause}>{warning.cause}</p>
      <p>{warning.remedy}</p>
    </div>
  );
}

function Quote({ label, words }: { label: string; words: string }) {
  if (!words) return null;
  return (
    <figure className={styles.quote}>
      <figcaption>{label}</figcaption>
      <pre>{escapeControls(words)}</pre>
    </figure>
  );
}
