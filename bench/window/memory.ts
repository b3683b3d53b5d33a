import type { Browser, CDPSession, Page } from 'playwright-core';
import { print } from '../support/figures.ts';
import { answerTests, reportWith } from './answers.ts';
import { inWindow } from './browser.ts';

/** Somebody who opens, edits, tests and searches twice a minute for an hour. */
const CYCLES = 120;
const WARM_UP = 15;
const PROFILES = 15;

/** How much the heap has grown after an hour's work in quick motion, garbage collected before each look. */
export async function memory(browser: Browser, home: string): Promise<void> {
  await inWindow(browser, home, null, async ({ page }) => {
    await answerTests(page, reportWith(200));
    const session = await page.context().newCDPSession(page);
    // Round the same few profiles: the last run of each is kept, and a growing number of them would be no leak.
    const rows = await page.locator('[data-profile-row]').evaluateAll((found) => found.map((row) => row.dataset.row));
    const ids = rows.filter((id) => id !== undefined).slice(0, PROFILES);
    for (let cycle = 0; cycle < WARM_UP; cycle += 1) await work(page, ids, cycle);
    const before = await heapOf(session);
    for (let cycle = 0; cycle < CYCLES; cycle += 1) await work(page, ids, cycle);
    const after = await heapOf(session);
    print('heap with 10,000 profiles, after a warm-up', before / 1_000_000, 'MB');
    print(`heap growth over ${CYCLES} rounds of open, edit, test, search`, (after - before) / 1_000_000, 'MB', {
      below: 5,
    });
  });
}

async function work(page: Page, ids: readonly string[], cycle: number): Promise<void> {
  const id = ids[cycle % ids.length];
  await page.locator(`[data-row="${id}"]`).click();
  const host = page.getByRole('textbox', { name: 'Host' });
  await host.fill(`round${cycle}.example`);
  await page.getByRole('button', { name: 'Check connection' }).click();
  await page.getByText('The connection works').waitFor();
  await page.getByRole('button', { name: 'Revert' }).click();
  const search = page.getByRole('searchbox', { name: 'Search profiles' });
  await search.fill(`staging ${cycle % 10}`);
  await search.fill('');
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}
