import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGUMENTS, chromiumBinary, electronBinary } from './support/machine.ts';
import type { Door } from './support/window.ts';

const chromium = chromiumBinary();
const electron = electronBinary();

if (!chromium && process.env.CI) throw new Error('Chromium is missing; scripts/setup-debian installs it.');
if (!chromium) console.log('Skipped: the window in the browser, because there is no Chromium here.');
if (!electron) console.log('Not run here: the window in Electron, because its binary is not here.');

const inBrowser = {
  name: 'browser',
  use: { door: 'browser' as const, launchOptions: { executablePath: chromium ?? '', args: CHROMIUM_ARGUMENTS } },
};
const inElectron = { name: 'electron', use: { door: 'desktop' as const }, testIgnore: '**/browser-only/**' };

/** The same specs in Debian's Chromium over the loopback host and, where its binary is, in Electron. */
export default defineConfig<{ door: Door }>({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json']],
  projects: [...(chromium ? [inBrowser] : []), ...(electron ? [inElectron] : [])],
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
});
