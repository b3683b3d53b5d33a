import type { Browser } from 'playwright-core';
import { print, summary } from '../support/figures.ts';
import { answerTests, reportWith } from './answers.ts';
import { inWindow } from './browser.ts';
import { watchKeys } from './probes.ts';
import { printScroll, scroll } from './scrolling.ts';

const LINES = 10_000;

/**
 * Opens, scrolls and searches a transcript of 10,000 lines. The tester itself keeps fewer (LIMITS.transcriptLines), so
 * the report is put in place of the host's answer.
 */
export async function transcript(browser: Browser, home: string): Promise<void> {
  await inWindow(browser, home, watchKeys, async (opened) => {
    const { page, cpu } = opened;
    await answerTests(page, reportWith(LINES));
    await page.locator('[data-profile-row]').first().click();
    await page.getByRole('button', { name: 'Check connection' }).click();
    const summaryLine = page.locator('summary').filter({ hasText: /^Transcript/ });
    await summaryLine.waitFor();
    const opening = await summaryLine.evaluate(
      (element) =>
        new Promise<number>((resolve) => {
          const start = performance.now();
          (element as HTMLElement).click();
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - start)));
        }),
    );
    print('transcript of 10,000 lines: opened and painted', opening, 'ms', { below: 100 });

    const search = page.getByRole('searchbox', { name: 'Search the transcript' });
    await search.focus();
    await page.evaluate(() => window.probed.keys?.splice(0));
    const before = await cpu();
    for (let round = 0; round < 5; round += 1) {
      await page.keyboard.type('line 99', { delay: 60 });
      await search.fill('');
    }
    const used = (await cpu()) - before;
    const times = await page.evaluate(() => window.probed.keys ?? []);
    const keys = summary(times);
    print('  key press in its search to paint (median)', keys.median, 'ms');
    print('  key press in its search to paint (p95)', keys.p95, 'ms', { below: 32 });
    print('  processor time of the page for a key (mean)', used / times.length, 'ms');

    await page.getByRole('region', { name: 'Transcript' }).hover();
    printScroll('  scrolling it', await scroll(opened, 100));
  });
}
