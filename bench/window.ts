import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { largeLibrary } from '../test/support/large-library.ts';
import bundle from './bundle.ts';
import { print } from './support/figures.ts';
import { startChromium } from './window/browser.ts';
import { firstList } from './window/first-list.ts';
import { memory } from './window/memory.ts';
import { scrolling } from './window/scrolling.ts';
import { transcript } from './window/transcript.ts';
import { typing } from './window/typing.ts';

const PROFILES = 10_000;

/** The window in Chromium over the loopback host, with 10,000 profiles in the library. */
export default async function run(): Promise<void> {
  const browser = await startChromium();
  if (!browser) {
    console.log('Skipped: there is no Chromium here.');
    return;
  }
  const home = mkdtempSync(join(tmpdir(), 'relaysmith-bench-'));
  try {
    writeFileSync(join(home, 'library.json'), largeLibrary(PROFILES), { mode: 0o600 });
    print('load of this machine before it began (1 is one busy core)', loadavg()[0] ?? 0, '');
    bundle();
    for (const measure of [firstList, typing, scrolling, transcript, memory]) await measure(browser, home);
  } finally {
    await browser.close();
    rmSync(home, { recursive: true });
  }
}
