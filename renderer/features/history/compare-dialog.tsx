import { useState } from 'react';
import type { ComparedSide, ComparedStage, Comparison, FactDifference } from '../../../shared/compare.ts';
import type { ReportRef } from '../../../shared/contract.ts';
import { hostPort } from '../../../shared/host.ts';
import { STAGE_WORDS } from '../../../shared/report.ts';
import { STATUS_WORDS } from '../../../shared/report-text.ts';
import { escapeControls } from '../../../shared/text.ts';
import { errorText, useRequest } from '../../state/requests.ts';
import { comparing as text, history as words } from '../../text.ts';
import { cx } from '../../ui/cx.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { duration, moment } from '../../ui/format.ts';
import { Note } from '../../ui/note.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { Switch } from '../../ui/switch.tsx';
import styles from './compare.module.css';

/** Two runs beside each other: what stands out, then stage by stage what differs. */
export function CompareDialog({
  before,
  after,
  onClose,
}: {
  before: ReportRef;
  after: ReportRef;
  onClose: () => void;
}) {
  const compared = useRequest('reports.compare', { before, after });
  return (
    <Dialog title={text.title} size="large" onClose={onClose}>
      {compared.error && (
        <Note tone="failed" boxed>
          {errorText(compared.error.error)}
        </Note>
      )}
      {compared.data && <Compared comparison={compared.data} />}
    </Dialog>
  );
}

function Compared({ comparison: { before, after, hints, stages } }: { comparison: Comparison }) {
  const isSame = !stages.some(({ differs }) => differs);
  const [onlyDifferences, setOnlyDifferences] = useState(!isSame);
  const shown = onlyDifferences ? stages.filter(({ differs }) => differs) : stages;
  return (
    <div className={styles.compare}>
      {hints.length > 0 && (
        <section className={styles.hints} aria-label={text.stands}>
          {hints.map((hint) => (
            <Note key={hint.text} tone={hint.severity} boxed={hint.severity === 'warning'}>
              {escapeControls(hint.text)}
            </Note>
          ))}
        </section>
      )}
      <Switch isOn={onlyDifferences} onChange={setOnlyDifferences}>
        {text.onlyDifferences}
      </Switch>
      <table className={styles.table} aria-label={text.table}>
        <thead>
          <tr>
            <th scope="col" className={styles.stage}>
              <span className="unseen">{text.stage}</span>
            </th>
            <SideHead letter={text.before} side={before} />
            <SideHead letter={text.after} side={after} />
          </tr>
        </thead>
        <tbody>
          {shown.map((stage) => (
            <Stage key={stage.stage} stage={stage} />
          ))}
        </tbody>
      </table>
      {isSame && <p className={styles.soft}>{text.same}</p>}
    </div>
  );
}

function SideHead({ letter, side }: { letter: string; side: ComparedSide }) {
  const { profileName, startedAt, outcome, destination, cause } = side;
  return (
    <th scope="col" className={styles.side}>
      <p className={styles.sideTitle}>
        <StateMark state={outcome} />
        <span>
          {letter}: {moment(startedAt)}
        </span>
      </p>
      <p className={styles.soft}>
        {words.states[outcome]}, <bdi>{escapeControls(profileName)}</bdi>
      </p>
      <p className={styles.server}>
        {escapeControls(`${hostPort(destination.host, destination.port)} ${destination.security}`)}
      </p>
      {cause && <p className={styles.soft}>{escapeControls(cause)}</p>}
    </th>
  );
}

function Stage({ stage: { stage, before, after, differs, pace, facts } }: { stage: ComparedStage }) {
  return (
    <>
      <tr className={cx(styles.stageRow, differs && styles.differs)}>
        <th scope="row" className={styles.stage}>
          {STAGE_WORDS[stage]}
          {differs && <span className="unseen"> {text.differs}</span>}
        </th>
        <StageCell side={before} end="" />
        <StageCell side={after} end={text.pace[pace]} />
      </tr>
      {facts.map((fact) => (
        <FactRow key={fact.label} fact={fact} />
      ))}
    </>
  );
}

function StageCell({ side, end }: { side: ComparedStage['before']; end: string }) {
  if (!side) return <td className={styles.soft}>{text.hasNot}</td>;
  const { status, ms, note } = side;
  return (
    <td>
      <span className={styles.state}>
        <StateMark state={status === 'skipped' ? 'untested' : status} />
        {STATUS_WORDS[status]}
        {status !== 'skipped' && <span className={styles.ms}>{duration(ms)}</span>}
        {end && <span className={styles.pace}>{end}</span>}
      </span>
      {note && <p className={styles.soft}>{escapeControls(note)}</p>}
    </td>
  );
}

function FactRow({ fact: { label, before, after, inBoth } }: { fact: FactDifference }) {
  return (
    <tr className={styles.fact}>
      <th scope="row" className={styles.stage}>
        {label}
        {inBoth > 0 && <p className={styles.soft}>{text.inBoth(inBoth)}</p>}
      </th>
      {[before, after].map((values, at) => (
        <td key={at === 0 ? 'before' : 'after'}>
          {values.length === 0 ? (
            <span className={styles.soft}>{text.nothing}</span>
          ) : (
            values.map((value) => <p key={value}>{escapeControls(value)}</p>)
          )}
        </td>
      ))}
    </tr>
  );
}
