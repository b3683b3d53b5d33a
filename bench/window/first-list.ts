import type { Browser } from 'playwright-core';
import { print, summary } from '../support/figures.ts';
import { inPage, startHost, untilAtRest } from './browser.ts';
import { watchFirstRow } from './probes.ts';

const ROUNDS = 5;

/** How long after navigation the first rows of the list are painted. */
export async function firstList(browser: Browser, home: string): Promise<void> {
  const times = { atRest: [] as number[], justStarted: [] as number[] };
  const cpuTimes: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const state of ['atRest', 'justStarted'] as const) {
      const host = await startHost(home);
      if (state === 'atRest') await untilAtRest(host);
      const time = await inPage(browser, host.url, watchFirstRow, async ({ page, cpu }) => {
        const painted = await page.waitForFunction(() => window.probed.firstRow);
        cpuTimes.push(await cpu());
        return painted.jsonValue();
      });
      times[state].push(time ?? Number.NaN);
      await host.stop();
    }
  }
  const atRest = summary(times.atRest);
  print('first list painted after navigation (median)', atRest.median, 'ms', { below: 300 });
  print('  processor time of the page for it (median)', summary(cpuTimes).median, 'ms');
  print('  best of them', atRest.min, 'ms');
  print('  while the host still reads its library (median)', summary(times.justStarted).median, 'ms');
}
