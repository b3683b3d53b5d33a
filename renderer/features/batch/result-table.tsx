import { ArrowDown, ArrowUp } from 'lucide-react';
import { Virtualizer } from 'virtua';
import { escapeControls } from '../../../shared/text.ts';
import { goTo } from '../../state/ui.ts';
import { batch as text } from '../../text.ts';
import { cx } from '../../ui/cx.ts';
import { duration } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import styles from './batch.module.css';
import { nextSort, type Sort, type SortKey, type TableRow } from './table-model.ts';

const COLUMNS: readonly SortKey[] = ['outcome', 'name', 'server', 'stage', 'cause', 'ms'];

/** The results; only the rows in view are in the document. A profile's name opens it. */
export function ResultTable({
  rows,
  sort,
  onSort,
}: {
  rows: readonly TableRow[];
  sort: Sort;
  onSort: (sort: Sort) => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table of which only the rows in view are there
    <div role="table" className={styles.table} aria-label={text.table} aria-rowcount={rows.length + 1}>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: rows are not focused, their buttons are */}
      <div role="row" className={cx(styles.row, styles.head)} aria-rowindex={1}>
        {COLUMNS.map((key) => (
          <ColumnHead key={key} column={key} sort={sort} onSort={onSort} />
        ))}
      </div>
      {rows.length === 0 ? (
        <p className={styles.nothing}>{text.nothingShown}</p>
      ) : (
        <div className={styles.rows}>
          <Virtualizer>
            {rows.map((row, index) => (
              <Row key={row.profileId} row={row} index={index + 2} />
            ))}
          </Virtualizer>
        </div>
      )}
    </div>
  );
}

function ColumnHead({ column, sort, onSort }: { column: SortKey; sort: Sort; onSort: (sort: Sort) => void }) {
  const direction = sort?.key === column ? (sort.isDown ? 'descending' : 'ascending') : 'none';
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of the table above
    // biome-ignore lint/a11y/useFocusableInteractive: its button is focused
    <div role="columnheader" className={cx(styles[column])} aria-sort={direction}>
      <button type="button" className={styles.sort} onClick={() => onSort(nextSort(sort, column))}>
        {text.columns[column]}
        {direction !== 'none' && <Icon of={direction === 'ascending' ? ArrowUp : ArrowDown} size={12} />}
      </button>
    </div>
  );
}

function Row({ row, index }: { row: TableRow; index: number }) {
  const { profileId, name, server, mark, word, stage, cause, ms } = row;
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of the table above
    // biome-ignore lint/a11y/useFocusableInteractive: its button is focused
    <div role="row" className={styles.row} aria-rowindex={index} data-outcome={row.outcome}>
      <Cell name="outcome">
        <StateMark state={mark} />
        <span className={cx(styles.word, styles[mark])}>{word}</span>
      </Cell>
      <Cell name="name">
        <button
          type="button"
          className={styles.open}
          dir="auto"
          onClick={() => goTo({ kind: 'profile', id: profileId })}
        >
          {name}
        </button>
      </Cell>
      <Cell name="server" title={server}>
        {escapeControls(server)}
      </Cell>
      <Cell name="stage">{stage}</Cell>
      <Cell name="cause" title={cause}>
        {cause}
      </Cell>
      <Cell name="ms">{ms === null ? '' : duration(ms)}</Cell>
    </div>
  );
}

function Cell({ name, title, children }: { name: SortKey; title?: string; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of the table above
    <div role="cell" className={cx(styles.cell, styles[name])} {...(title && { title })}>
      {children}
    </div>
  );
}
