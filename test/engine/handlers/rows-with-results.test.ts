import { describe, expect, it } from 'vitest';
import { createRowsWithResults } from '../../../engine/handlers/rows-with-results.ts';
import type { RunSummary } from '../../../shared/history.ts';
import type { ProfileSummary } from '../../../shared/library.ts';

const row = { id: 'a', name: 'A', lastResult: null } as ProfileSummary;
const result = (runId: string) => ({ runId, outcome: 'passed' }) as RunSummary;

describe('the rows of the library with their last results', () => {
  it('are the very same list until a profile or a result changes', () => {
    const withResults = createRowsWithResults();
    const rows = [row];
    const first = withResults(rows, new Map([['a', result('1')]]));
    expect(first).toEqual([{ ...row, lastResult: result('1') }]);
    expect(Object.isFrozen(first)).toBe(true);
    expect(withResults(rows, new Map([['a', result('1')]]))).toBe(first);

    const tested = withResults(rows, new Map([['a', result('2')]]));
    expect(tested[0]?.lastResult?.runId).toBe('2');
    expect(withResults(rows, new Map())[0]?.lastResult).toBeNull();
    expect(withResults([{ ...row, name: 'B' }], new Map())[0]?.name).toBe('B');
  });
});
