import fc from 'fast-check';
import { expect, test } from 'vitest';
import { schedule } from '../../../engine/batch/schedule.ts';

const never = new AbortController().signal;

test('whatever the items and bounds, each is worked on once, within the bounds, and they are used', async () => {
  const items = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), turns: fc.nat(4) }), { maxLength: 60 });
  const bounds = fc.record({ concurrency: fc.integer({ min: 1, max: 9 }), perKey: fc.integer({ min: 1, max: 5 }) });
  await fc.assert(
    fc.asyncProperty(items, bounds, async (given, { concurrency, perKey }) => {
      const running: string[] = [];
      const done: object[] = [];
      let most = 0;
      await schedule(given, ({ key }) => key, { concurrency, perKey }, never, {
        skip: () => expect.unreachable(),
        work: async (item) => {
          running.push(item.key);
          most = Math.max(most, running.length);
          expect(running.filter((key) => key === item.key).length).toBeLessThanOrEqual(perKey);
          expect(running.length).toBeLessThanOrEqual(concurrency);
          for (let turn = 0; turn <= item.turns; turn += 1) await Promise.resolve();
          running.splice(running.indexOf(item.key), 1);
          done.push(item);
        },
      });
      expect(new Set(done).size).toBe(given.length);
      expect(done).toHaveLength(given.length);
      const byKey = Map.prototype.values.call(
        given.reduce((map, { key }) => map.set(key, (map.get(key) ?? 0) + 1), new Map<string, number>()),
      );
      const possible = [...byKey].reduce((sum, count) => sum + Math.min(count, perKey), 0);
      expect(most).toBe(Math.min(concurrency, possible));
    }),
  );
});

test('a key with many items does not hold up the others', async () => {
  const begun: string[] = [];
  const items = ['a1', 'a2', 'a3', 'a4', 'b1', 'c1'];
  await schedule(items, (item) => item.slice(0, 1), { concurrency: 3, perKey: 3 }, never, {
    skip: () => expect.unreachable(),
    work: async (item) => {
      begun.push(item);
    },
  });
  expect(begun.slice(0, 3)).toEqual(['a1', 'b1', 'c1']);
});

test('once cancelled, what has not begun is skipped', async () => {
  const controller = new AbortController();
  const worked: number[] = [];
  const skipped: number[] = [];
  await schedule([1, 2, 3, 4, 5], () => '', { concurrency: 2, perKey: 2 }, controller.signal, {
    skip: (item) => void skipped.push(item),
    work: async (item) => {
      worked.push(item);
      controller.abort();
    },
  });
  expect([...worked, ...skipped].sort()).toEqual([1, 2, 3, 4, 5]);
  expect(worked.length).toBeLessThanOrEqual(2);
});
