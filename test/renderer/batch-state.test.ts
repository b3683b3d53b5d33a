import { expect, it } from 'vitest';
import { startBatch, useBatch } from '../../renderer/state/batch.ts';
import { createFakeClient } from '../support/fake-client.ts';

it('keeps the plan, the progress and the result of a batch', async () => {
  const client = createFakeClient({ profiles: 9, stageMs: 1 });
  const seen = new Set<string>();
  const stop = useBatch.subscribe(({ batch }) => batch && seen.add(`${batch.items.length} ${batch.isRunning}`));
  await startBatch(client, { kind: 'active' });
  stop();
  const { batch } = useBatch.getState();
  expect(seen).toContain('8 true');
  expect(batch?.isRunning).toBe(false);
  expect(batch?.rows.size).toBe(8);
  expect(batch?.stages.size).toBe(0);
  expect(batch?.report?.rows).toHaveLength(8);
});

it('ends soon when cancelled, with a row for everyone', async () => {
  const client = createFakeClient({ profiles: 9, stageMs: 5 });
  const ended = startBatch(client, { kind: 'all' });
  useBatch.getState().batch?.cancel();
  await ended;
  const { batch } = useBatch.getState();
  expect(batch?.report?.cancelled).toBe(true);
  expect(batch?.rows.size).toBe(9);
});

it('a new batch takes the place of one that runs, whose late events do not count', async () => {
  const client = createFakeClient({ profiles: 9, stageMs: 5 });
  const first = startBatch(client, { kind: 'all' });
  const second = startBatch(client, { kind: 'active' });
  await Promise.all([first, second]);
  expect(useBatch.getState().batch?.rows.size).toBe(8);
  expect(useBatch.getState().batch?.report?.cancelled).toBe(false);
});

it('keeps the error of a batch that could not begin', async () => {
  await startBatch(async () => ({ ok: false, error: { code: 'LIBRARY_BUSY', facts: {} } }), { kind: 'all' });
  expect(useBatch.getState().batch).toMatchObject({ isRunning: false, error: { code: 'LIBRARY_BUSY' } });
});
