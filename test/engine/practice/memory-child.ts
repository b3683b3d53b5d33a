import { runTest, type TestRequest } from '../../../engine/smtp/index.ts';

/** What the parent asks for: one run. */
export type MemoryRequest = Pick<TestRequest, 'action' | 'settings' | 'secrets'>;

/** How much memory a run took, in bytes of resident memory above what the process had before. */
export interface MemoryResult {
  /** The most at any moment. */
  peak: number;
  rule: string;
}

/** Milliseconds between two looks at the memory. */
const EVERY = 2;

process.on('message', async (request: MemoryRequest) => {
  for (let times = 0; times < 3; times += 1) globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(look, EVERY);
  const report = await runTest(
    { ...request, until: null, recipient: null, profileName: '' },
    { now: () => new Date(), signal: new AbortController().signal, onEvent: () => undefined },
  );
  look();
  clearInterval(timer);
  const result: MemoryResult = { peak: peak - before, rule: report.diagnosis?.rule ?? '' };
  process.send?.(result);
});
