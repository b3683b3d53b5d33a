import type { Browser } from 'playwright-core';
import { print, summary } from '../support/figures.ts';
import { inPage, inWindow, type Opened } from './browser.ts';
import { watchKeys } from './probes.ts';

const TEXT = 'grafana staging 12';
const ROUNDS = 8;
const EMPTY_PAGE = 'data:text/html,<title>Empty</title><input aria-label="Search profiles" type="search">';

/** How long after a key press in the search over all profiles the next frame is out, against an empty page. */
export async function typing(browser: Browser, home: string): Promise<void> {
  const inWindowKeys = await inWindow(browser, home, watchKeys, timeKeys);
  const bareKeys = await inPage(browser, EMPTY_PAGE, watchKeys, timeKeys);
  const [inList, bare] = [summary(inWindowKeys.times), summary(bareKeys.times)];
  print('key press in search to paint (p95)', inList.p95, 'ms', { below: 16 });
  print('  median', inList.median, 'ms');
  print('  the same on an empty page (p95)', bare.p95, 'ms');
  print('  the same on an empty page (median)', bare.median, 'ms');
  print('  processor time of the page for a key (mean)', inWindowKeys.cpu, 'ms', { below: 16 });
  print('  the same on an empty page (mean)', bareKeys.cpu, 'ms');
}

async function timeKeys({ page, cpu }: Opened): Promise<{ times: number[]; cpu: number }> {
  const field = page.getByRole('searchbox', { name: 'Search profiles' });
  await field.focus();
  // The first keys warm the compiler; they count as well, since people's first keys do.
  const before = await cpu();
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.keyboard.type(TEXT, { delay: 45 });
    await field.fill('');
  }
  const used = (await cpu()) - before;
  const times = await page.evaluate(() => window.probed.keys ?? []);
  return { times, cpu: used / times.length };
}
