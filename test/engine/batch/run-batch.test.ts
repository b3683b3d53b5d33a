import { describe, expect, test } from 'vitest';
import { runBatch } from '../../../engine/batch/run-batch.ts';
import type { BatchEvent, BatchItem } from '../../../shared/batch.ts';
import { appErrorOf } from '../../../shared/errors.ts';
import { emptySettings } from '../../../shared/profile.ts';
import { fail, ok } from '../../../shared/result.ts';
import { fakeReport } from '../../support/fake-report.ts';

const options = { concurrency: 8, perHost: 2, keep: true };
const report = fakeReport(emptySettings(), 'check');

function item(number: number, host = 'mail.acme.example'): BatchItem {
  const profileId = `11111111-1111-4111-8111-${String(number).padStart(12, '0')}`;
  return { profileId, name: `Profile ${number}`, destination: { host, port: 587, security: 'starttls' } };
}

function environment(test: (id: string) => Promise<ReturnType<typeof ok<typeof report>> | ReturnType<typeof fail>>) {
  const events: BatchEvent[] = [];
  const controller = new AbortController();
  return {
    events,
    controller,
    now: () => new Date(),
    signal: controller.signal,
    test,
    emit: (event: BatchEvent) => void events.push(event),
  };
}

describe('a batch', () => {
  test('gives rows in the order of the plan, and streams the plan first and each end once', async () => {
    const items = [item(1), item(2), item(3)];
    const around = environment(async (id) => {
      for (let turn = Number(id.at(-1)); turn < 5; turn += 1) await Promise.resolve();
      return ok(report);
    });
    const result = await runBatch(items, options, around);
    expect(result.rows.map(({ name }) => name)).toEqual(['Profile 1', 'Profile 2', 'Profile 3']);
    expect(around.events[0]).toEqual({ type: 'planned', items });
    const ended = around.events.flatMap((event) => (event.type === 'finished' ? [event.row.profileId] : []));
    expect(ended.sort()).toEqual(items.map(({ profileId }) => profileId));
  });

  test('counts hosts without regard to case, and never tests more of one at a time than allowed', async () => {
    let running = 0;
    let most = 0;
    const around = environment(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      return ok(report);
    });
    await runBatch([item(1), item(2, 'MAIL.acme.example'), item(3), item(4, 'Mail.Acme.Example')], options, around);
    expect(most).toBe(2);
  });

  test('goes on past a profile that lacks its secret or cannot be tested', async () => {
    const needed = appErrorOf('SECRET_NEEDED', { kinds: ['password'], reason: 'not-stored' });
    const locked = appErrorOf('KEYCHAIN_LOCKED', { detail: 'locked' });
    const errors = [needed, locked];
    const around = environment(async (id) => {
      const error = errors[Number(id.at(-1)) - 1];
      return error ? fail(error) : ok(report);
    });
    const { rows } = await runBatch([item(1), item(2), item(3)], options, around);
    expect(rows.map(({ outcome, error }) => [outcome, error])).toEqual([
      ['secret-needed', needed],
      ['not-tested', locked],
      ['passed', null],
    ]);
  });

  test('names the kept report of each row, and none when nothing is kept', async () => {
    const around = () => environment(async () => ok(report));
    expect((await runBatch([item(1)], options, around())).rows[0]?.runId).toBe(report.id);
    expect((await runBatch([item(1)], { ...options, keep: false }, around())).rows[0]?.runId).toBeNull();
  });

  test('that is cancelled ends soon and has a row for everyone', async () => {
    const around = environment(async () => {
      around.controller.abort();
      return ok({ ...report, ok: false, cancelled: true });
    });
    const result = await runBatch([item(1), item(2), item(3), item(4)], { ...options, perHost: 1 }, around);
    expect(result.cancelled).toBe(true);
    expect(result.rows.map(({ outcome }) => outcome)).toEqual(Array(4).fill('cancelled'));
    expect(result.rows.map(({ startedAt }) => startedAt !== '')).toEqual([true, false, false, false]);
  });
});
