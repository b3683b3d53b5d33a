import {
  isUsable,
  MATRIX_SECURITIES,
  type MatrixCell,
  type MatrixReport,
  type MatrixSecurity,
  SECURITY_WORDS,
} from '../../../shared/matrix.ts';
import { escapeControls } from '../../../shared/text.ts';
import { matrix as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { duration } from '../../ui/format.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import styles from './matrix.module.css';
import { isClosed, portsOf } from './matrix-model.ts';
import { Verdict } from './verdict.tsx';

/** Ports down, ways to secure them across: each with icon, word, the reason, and the way into the form. */
export function MatrixTable({
  cells,
  ports,
  recommended,
  isRunning,
  onUse,
}: {
  cells: readonly MatrixCell[];
  /** Those that are tried, in their order. */
  ports: readonly number[];
  recommended: MatrixReport['recommended'];
  isRunning: boolean;
  onUse: (cell: MatrixCell) => void;
}) {
  return (
    <table className={styles.table}>
      <caption className="unseen">{text.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{text.port}</th>
          {MATRIX_SECURITIES.map((security) => (
            <th key={security} scope="col">
              {SECURITY_WORDS[security]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {portsOf(cells, ports).map((port) => {
          const own = cells.filter((cell) => cell.port === port);
          return (
            <tr key={port}>
              <th scope="row">{port}</th>
              {isClosed(own) ? (
                <td colSpan={MATRIX_SECURITIES.length}>
                  <Cell cell={own[0]} isBest={false} isRunning={isRunning} onUse={onUse} rest={text.inEveryWay} />
                </td>
              ) : (
                MATRIX_SECURITIES.map((security) => (
                  <td key={security}>
                    <Cell
                      cell={own.find((cell) => cell.security === security)}
                      isBest={isBest(recommended, port, security)}
                      isRunning={isRunning}
                      onUse={onUse}
                    />
                  </td>
                ))
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Cell({
  cell,
  isBest: best,
  isRunning,
  onUse,
  rest = '',
}: {
  cell: MatrixCell | undefined;
  isBest: boolean;
  isRunning: boolean;
  onUse: (cell: MatrixCell) => void;
  /** Said behind the verdict. */
  rest?: string;
}) {
  if (!cell) {
    return (
      <span className={cx(styles.verdict, styles.soft)}>
        <StateMark state={isRunning ? 'running' : 'untested'} />
        {text.trying}
      </span>
    );
  }
  const { verdict, note, finding, ms, port, security } = cell;
  return (
    <div className={styles.cell}>
      <p className={styles.head}>
        <Verdict verdict={verdict} />
        {rest !== '' && <span>{rest}</span>}
        {best && <span className={styles.best}>{text.best}</span>}
        {ms > 0 && <span className={styles.soft}>{duration(ms)}</span>}
      </p>
      <p className={styles.note}>{finding ? finding.cause : escapeControls(note)}</p>
      {isUsable(cell) && !isRunning && (
        <Button small kind={best ? 'primary' : 'plain'} onPress={() => onUse(cell)}>
          <span aria-hidden="true">{text.useShort}</span>
          <span className="unseen">{text.use(port, SECURITY_WORDS[security])}</span>
        </Button>
      )}
    </div>
  );
}

function isBest(recommended: MatrixReport['recommended'], port: number, security: MatrixSecurity): boolean {
  return recommended?.port === port && recommended.security === security;
}
