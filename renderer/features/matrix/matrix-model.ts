import { MATRIX_SECURITIES, type MatrixCell } from '../../../shared/matrix.ts';

/** True when a port takes no connection at all, so that all its cells say the same. */
export function isClosed(cells: readonly MatrixCell[]): boolean {
  const [first] = cells;
  return (
    cells.length === MATRIX_SECURITIES.length &&
    cells.every(({ verdict, note }) => verdict === 'failed' && note === first?.note) &&
    first?.finding?.rule === cells[1]?.finding?.rule
  );
}

/** Ports in the order in which they are tried; one that only the result names comes last. */
export function portsOf(cells: readonly MatrixCell[], asked: readonly number[]): number[] {
  return [...new Set([...asked, ...cells.map(({ port }) => port)])];
}
