import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countWords,
  filtered,
  nextSort,
  type SortKey,
  sorted,
  type TableRow,
  tableRows,
  worthAgain,
} from '../../renderer/features/batch/table-model.ts';
import type { Batch } from '../../renderer/state/batch.ts';
import { BATCH_OUTCOMES, type BatchItem, type BatchRow } from '../../shared/batch.ts';
import { appErrorOf } from '../../shared/errors.ts';

function item(name: string, host = 'mail.acme.example'): BatchItem {
  return { profileId: name, name, destination: { host, port: 587, security: 'starttls' } };
}

function row(name: string, more: Partial<BatchRow> = {}): BatchRow {
  const nothing = { stage: null, rule: '', cause: '', remedy: '', runId: null, stages: [], error: null };
  return { ...item(name), outcome: 'passed', startedAt: '2026-11-21T09:00:00.000Z', ms: 10, ...nothing, ...more };
}

function batchOf(items: BatchItem[], rows: BatchRow[], running: [string, 'ehlo'][] = []): Batch {
  return {
    id: 1,
    choice: { kind: 'all' },
    startedAt: 0,
    isRunning: true,
    items,
    stages: new Map(running),
    rows: new Map(rows.map((each) => [each.profileId, each])),
    report: null,
    error: null,
    cancel: () => {},
  };
}

const words = () => 'why';

describe('the table of a batch', () => {
  it('has a row for each profile from the start: waiting, running at a stage, then its result', () => {
    const failed = row('b', { outcome: 'failed', stage: 'auth', cause: 'Wrong password.' });
    const rows = tableRows(batchOf([item('a'), item('b'), item('c')], [failed], [['c', 'ehlo']]), words);
    expect(rows.map(({ word, stage, cause, ms }) => [word, stage, cause, ms])).toEqual([
      ['Waiting', '', '', null],
      ['Failed', 'Sign-in', 'Wrong password.', 10],
      ['Running', 'EHLO', '', null],
    ]);
    expect(rows[0]?.server).toBe('mail.acme.example:587 starttls');
  });

  it('says why a profile was not tested', () => {
    const error = appErrorOf('SECRET_NEEDED', { kinds: ['password'], reason: 'not-stored' });
    const needed = row('a', { outcome: 'secret-needed', startedAt: '', error });
    expect(tableRows(batchOf([item('a')], [needed]), words)[0]).toMatchObject({
      word: 'Secret needed',
      cause: 'why',
      ms: null,
      mark: 'warned',
    });
    const incomplete = row('a', { outcome: 'failed' });
    expect(tableRows(batchOf([item('a')], [incomplete]), words)[0]?.cause).toContain('not all could be tested');
  });

  it('tells what needs a look from what is fine, and both from what is still to come', () => {
    const outcomes = BATCH_OUTCOMES.map((outcome) => row(outcome, { outcome }));
    const rows = tableRows(batchOf([...outcomes, item('waiting')], outcomes), words);
    expect(filtered(rows, 'all')).toHaveLength(7);
    expect(filtered(rows, 'fine').map(({ name }) => name)).toEqual(['passed', 'warned']);
    expect(worthAgain(rows)).toEqual(['failed', 'cancelled', 'secret-needed', 'not-tested']);
    expect(countWords(rows)).toBe('1 passed, 1 with warnings, 1 failed, 1 cancelled, 1 need a secret, 1 not tested');
  });

  it('sorts by any column and keeps every row', () => {
    const outcome = fc.constantFrom(...BATCH_OUTCOMES);
    const given = fc.array(
      fc.record({ name: fc.string(), outcome, ms: fc.nat(99), cause: fc.constantFrom('', 'x', 'y') }),
    );
    const keys = fc.constantFrom<SortKey>('outcome', 'name', 'server', 'stage', 'cause', 'ms');
    fc.assert(
      fc.property(given, keys, fc.boolean(), (parts, key, isDown) => {
        const all = parts.map((part, at) => row(`${at}`, part));
        const rows = tableRows(batchOf(all, all), words);
        const result = sorted(rows, { key, isDown });
        expect(new Set(result)).toEqual(new Set(rows));
        expect(result).toHaveLength(rows.length);
        expect(sorted(rows, null)).toBe(rows);
      }),
    );
  });

  it('puts what needs a look first when sorted by result', () => {
    const all = [row('a'), row('b', { outcome: 'failed' }), row('c', { outcome: 'warned' })];
    const rows: readonly TableRow[] = sorted(tableRows(batchOf(all, all), words), { key: 'outcome', isDown: false });
    expect(rows.map(({ name }) => name)).toEqual(['b', 'c', 'a']);
  });

  it('goes up, down and back to the order of the plan with each press on a head', () => {
    const up = nextSort(null, 'name');
    expect(up).toEqual({ key: 'name', isDown: false });
    expect(nextSort(up, 'name')).toEqual({ key: 'name', isDown: true });
    expect(nextSort({ key: 'name', isDown: true }, 'name')).toBeNull();
    expect(nextSort(up, 'ms')).toEqual({ key: 'ms', isDown: false });
  });
});
