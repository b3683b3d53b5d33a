import type { Browser, Page } from 'playwright-core';
import { print, summary } from '../support/figures.ts';
import { inPage, inWindow } from './browser.ts';
import { watchFrames } from './probes.ts';

const STEPS = 150;
const PIXELS = 600;
/** A frame that took longer than one and a half at 60 Hz was dropped. */
const LATE_MS = 25;
const TALL_PAGE = 'data:text/html,<title>Tall</title><div style="height:320000px">Tall</div>';

/** Scrolls a long way through all profiles and counts the frames that were dropped. */
export async function scrolling(browser: Browser, home: string): Promise<void> {
  const frames = await inWindow(browser, home, null, async (page) => {
    await page.locator('[data-profile-row]').first().hover();
    return scroll(page);
  });
  const bare = await inPage(browser, TALL_PAGE, null, scroll);
  print(`scrolling the list: frames dropped, of ${frames.length}`, dropped(frames), '', { below: 1 });
  print('  frame (p95)', summary(frames).p95, 'ms');
  print(`  the same on an empty page: frames dropped, of ${bare.length}`, dropped(bare), '');
}

/** Turns the wheel over what is under the mouse, and returns the time of each frame in ms. */
export async function scroll(page: Page, steps = STEPS): Promise<number[]> {
  await page.evaluate(watchFrames);
  for (let step = 0; step < steps; step += 1) {
    await page.mouse.wheel(0, PIXELS);
    await page.waitForTimeout(8);
  }
  return page.evaluate(() => {
    window.probed.isOver = true;
    return window.probed.frames ?? [];
  });
}

/** How many frames came late. */
export function dropped(frames: readonly number[]): number {
  return frames.filter((ms) => ms > LATE_MS).length;
}
