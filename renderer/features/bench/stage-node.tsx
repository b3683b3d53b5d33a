import { ChevronRight } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { mayBePort } from '../../../shared/matrix.ts';
import { type Diagnosis, STAGE_WORDS } from '../../../shared/report.ts';
import { bench as text } from '../../text.ts';
import { cx } from '../../ui/cx.ts';
import { duration } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { DetectOffer } from '../detect/detect-offer.tsx';
import { MatrixButton } from '../matrix/matrix-button.tsx';
import { MechanismsButton } from '../mechanisms/mechanisms-button.tsx';
import { useEditor } from '../profile/editor-context.ts';
import { ChainExport } from './chain-export.tsx';
import { DiagnosisCard, WarningCard } from './diagnosis-card.tsx';
import { KeepToken } from './keep-token.tsx';
import { hasFacts, StageFactsList } from './stage-facts.tsx';
import styles from './track.module.css';
import { gist, type TrackNode } from './track-model.ts';
import { TrustOffer } from './trust-offer.tsx';

/** One stage: its mark on the line, its word and time, and what it learned when unfolded. */
export function StageNode({
  node,
  diagnosis,
  leadsOn,
  isLast,
}: {
  node: TrackNode;
  diagnosis: Diagnosis | null;
  leadsOn: boolean;
  isLast: boolean;
}) {
  const { stage, state, result, since } = node;
  const { stored } = useEditor();
  const id = useId();
  const canOpen = result !== null && (diagnosis !== null || result.warnings.length > 0 || hasFacts(result.facts));
  const speaks = diagnosis !== null || (result?.warnings.length ?? 0) > 0 || result?.facts.transactions !== undefined;
  const [isOpen, setOpen] = useState(speaks);
  useEffect(() => {
    if (speaks) setOpen(true);
  }, [speaks]);

  const toTrust = diagnosis?.trust && result?.facts.chain?.[diagnosis.trust.depth];
  const mark = state === 'pending' || state === 'skipped' ? 'untested' : state;
  const line = (
    <>
      <span className={styles.name}>{STAGE_WORDS[stage]}</span>
      <span className={styles.word}>{text.words[state]}</span>
      <span className={styles.gist}>{result ? gist(result) : ''}</span>
      <span className={styles.ms}>
        {result && state !== 'skipped' && duration(result.ms)}
        {since !== null && <Elapsed since={since} />}
      </span>
      {canOpen ? (
        <Icon of={ChevronRight} size={14} className={styles.chevron} />
      ) : (
        <span className={styles.noChevron} />
      )}
    </>
  );
  return (
    <li
      className={cx(styles.node, styles[state])}
      data-stage={stage}
      data-state={state}
      title={state === 'skipped' ? result?.note : undefined}
    >
      <span className={cx(styles.rail, leadsOn && styles.leadsOn, isLast && styles.last)} aria-hidden="true">
        <span className={styles.bead}>
          <StateMark state={mark} size={12} />
        </span>
      </span>
      <div className={styles.body}>
        {canOpen ? (
          <button
            type="button"
            className={styles.line}
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setOpen(!isOpen)}
          >
            {line}
          </button>
        ) : (
          <div className={styles.line}>{line}</div>
        )}
        {isOpen && result && (
          <div id={id} className={styles.details}>
            {diagnosis && (
              <DiagnosisCard
                diagnosis={diagnosis}
                reply={result.facts.reply}
                // The chain below says what is wrong with each certificate.
                detail={result.facts.faults ? undefined : result.facts.detail}
              />
            )}
            {toTrust && <TrustOffer certificate={toTrust} />}
            {diagnosis && mayBePort(diagnosis) && <MatrixButton />}
            {diagnosis?.stage === 'dns' && <DetectOffer />}
            {result.warnings.map((warning) => (
              <WarningCard key={warning.rule} warning={warning} />
            ))}
            <StageFactsList facts={result.facts} withReply={diagnosis === null} />
            {result.facts.refreshTokenFate === 'memory' && stored && <KeepToken profileId={stored.profile.id} />}
            {result.facts.chain && result.facts.chain.length > 0 && <ChainExport chain={result.facts.chain} />}
            {(result.facts.mechanismsOffered ?? []).length > 0 && (
              <MechanismsButton offered={result.facts.mechanismsOffered ?? []} />
            )}
          </div>
        )}
      </div>
    </li>
  );
}

/** Counts the time of the stage at work. */
function Elapsed({ since }: { since: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 100);
    return () => clearInterval(timer);
  }, []);
  return <>{duration(Math.max(0, now - since))}</>;
}
