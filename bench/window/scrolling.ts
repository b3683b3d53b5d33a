import type { Browser } from 'playwright-core';
import { print } from '../support/figures.ts';
import { inPage, inWindow, type Opened } from './browser.ts';
import { watchFrames } from './probes.ts';

const STEPS = 150;
/** A wheel turned as fast as it goes: 240 px every 16 ms. */
const PIXELS = 240;
const PAUSE_MS = 16;
/** A frame that took longer than one and a half at 60 Hz was dropped. */
const LATE_MS = 25;
const TALL_PAGE = 'data:text/html,<title>Tall</title><div style="height:320000px">Tall</div>';

/** Scrolls a long way through all profiles and counts the frames that were dropped. */
export async function scrolling(browser: Browser, home: string): Promise<void> {
  const list = await inWindow(browser, home, null, async (opened) => {
    await opened.page.locator('[data-profile-row]').first().hover();
    return scroll(opened);
  });
  const bare = await inPage(browser, TALL_PAGE, null, (opened) => scroll(opened));
  printScroll('scrolling the list', list);
  printScroll('  the same on an empty page', bare);
}

/** What came of scrolling: the time of each frame, and processor time of the page for one, ms. */
export interface Scrolled {
  frames: number[];
  cpu: number;
}

/** Turns the wheel over what is under the mouse. */
export async function scroll({ page, cpu }: Opened, steps = STEPS): Promise<Scrolled> {
  await page.evaluate(watchFrames);
  const before = await cpu();
  for (let step = 0; step < steps; step += 1) {
    await page.mouse.wheel(0, PIXELS);
    await page.waitForTimeout(PAUSE_MS);
  }
  const used = (await cpu()) - before;
  const frames = await page.evaluate(() => {
    window.probed.isOver = true;
    return window.probed.frames ?? [];
  });
  return { frames, cpu: used / frames.length };
}

/** Prints how many frames came late, and how much work one was. */
export function printScroll(name: string, { frames, cpu }: Scrolled): void {
  const late = frames.filter((ms) => ms > LATE_MS).length;
  const isEmpty = name.includes('empty');
  print(`${name}: frames dropped, of ${frames.length}`, late, '', isEmpty ? undefined : { below: 1 });
  print('  processor time of the page for a frame (mean)', cpu, 'ms', isEmpty ? undefined : { below: 16 });
}
