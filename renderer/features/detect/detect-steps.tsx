import {
  DETECT_STEPS,
  DETECT_WORDS,
  type DetectEvent,
  type DetectStatus,
  type DetectStep,
} from '../../../shared/detect.ts';
import { escapeControls } from '../../../shared/text.ts';
import { detect as text } from '../../text.ts';
import { duration } from '../../ui/format.ts';
import { type MarkState, StateMark } from '../../ui/state-mark.tsx';
import styles from './detect.module.css';

const MARKS: Record<DetectStatus, MarkState> = {
  found: 'passed',
  nothing: 'untested',
  failed: 'warned',
  skipped: 'untested',
};

/** Every step: what was looked at and what it brought; the one at work and those to come too. */
export function DetectSteps({ events, isRunning }: { events: readonly DetectEvent[]; isRunning: boolean }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: WebKit drops the list role with list-style none
    <ol role="list" className={styles.steps} aria-label={text.steps}>
      {DETECT_STEPS.map((step) => (
        <Step key={step} step={step} events={events} isRunning={isRunning} />
      ))}
    </ol>
  );
}

function Step({ step, events, isRunning }: { step: DetectStep; events: readonly DetectEvent[]; isRunning: boolean }) {
  const result = events.flatMap((event) =>
    event.type === 'step-finished' && event.result.step === step ? [event.result] : [],
  )[0];
  const isAtWork = isRunning && !result && events.some((event) => event.type === 'step-started' && event.step === step);
  const word = result ? text.words[result.status] : isAtWork ? text.words.running : text.waiting;
  return (
    <li className={styles.step}>
      <StateMark state={result ? MARKS[result.status] : isAtWork ? 'running' : 'untested'} />
      <div>
        <p className={styles.stepHead}>
          <span className={styles.stepName}>{DETECT_WORDS[step]}</span>
          <span className={styles.soft}>{word}</span>
          {result && result.ms > 0 && <span className={styles.soft}>{duration(result.ms)}</span>}
        </p>
        {result && <p className={styles.soft}>{escapeControls(result.text)}</p>}
      </div>
    </li>
  );
}
