import type { Browser, Page } from 'playwright-core';
import { print, summary } from '../support/figures.ts';
import { inPage, inWindow } from './browser.ts';
import { watchKeys } from './probes.ts';

const TEXT = 'grafana staging 12';
const ROUNDS = 8;
const EMPTY_PAGE = 'data:text/html,<title>Empty</title><input aria-label="Search profiles" type="search">';

/** How long after a key press in the search over all profiles the next frame is out, against an empty page. */
export async function typing(browser: Browser, home: string): Promise<void> {
  const inList = summary(await inWindow(browser, home, watchKeys, timeKeys));
  const bare = summary(await inPage(browser, EMPTY_PAGE, watchKeys, timeKeys));
  print('key press in search to paint (p95)', inList.p95, 'ms', { below: 16 });
  print('  median', inList.median, 'ms');
  print('  the same on an empty page (p95)', bare.p95, 'ms');
  print('  the same on an empty page (median)', bare.median, 'ms');
  print('  more than on an empty page (median)', inList.median - bare.median, 'ms');
}

async function timeKeys(page: Page): Promise<number[]> {
  const field = page.getByRole('searchbox', { name: 'Search profiles' });
  await field.focus();
  // The first keys warm the compiler; they count as well, since people's first keys do.
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.keyboard.type(TEXT, { delay: 45 });
    await field.fill('');
  }
  return page.evaluate(() => window.probed.keys ?? []);
}
