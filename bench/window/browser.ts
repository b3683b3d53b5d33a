import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { get } from 'node:http';
import { type Browser, chromium, type Page } from 'playwright-core';
import { RELAYSMITH } from '../support/root.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARGUMENTS = ['--disable-gpu', '--no-first-run', '--disable-background-networking'];

/** Starts this machine's Chromium without a window; null when there is none. */
export async function startChromium(): Promise<Browser | null> {
  const executablePath = CHROMIUM.find((path) => existsSync(path));
  if (!executablePath) return null;
  // Root in a container needs the sandbox off.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...ARGUMENTS, ...sandbox] });
}

/** A running loopback host; `url` lets one window in. */
export interface Host {
  url: string;
  stop(): Promise<void>;
}

/** Starts `relaysmith serve` on a data directory, as a process of its own. */
export async function startHost(home: string): Promise<Host> {
  const { DBUS_SESSION_BUS_ADDRESS: _bus, ...env } = process.env;
  const child = spawn(process.execPath, [RELAYSMITH, 'serve', '--home', home], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  let output = '';
  const url = await new Promise<string>((found, failed) => {
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
      const match = /http:\/\/\S+#\S+/.exec(output);
      if (match) found(match[0]);
    });
    child.once('exit', (code) => failed(new Error(`serve ended with ${code}: ${output}`)));
  });
  const stop = async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGINT');
    await once(child, 'exit');
  };
  return { url, stop };
}

/** Gives a host that was just started the time to read its library; while it does, it answers nothing. */
export async function untilAtRest({ url }: Host): Promise<void> {
  for (let round = 0; round < 6; round += 1) {
    // A connection of its own each time: the host ends idle ones, perhaps just when one would be used again.
    await new Promise<void>((answered, failed) => {
      get(url, { agent: false }, (response) => response.resume().once('end', answered)).once('error', failed);
    });
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** What a measurement works on. */
export interface Opened {
  page: Page;
  /** Milliseconds of processor time that the page's main thread has used so far; a busy machine does not change them. */
  cpu(): Promise<number>;
}

/** Opens an address in a fresh context, with `init` run before anything of the page's own; then closes it again. */
export async function inPage<T>(
  browser: Browser,
  url: string,
  init: (() => void) | null,
  work: (opened: Opened) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
  const page = await context.newPage();
  if (init) await page.addInitScript(init);
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const cpu = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
  };
  await page.goto(url);
  const result = await work({ page, cpu });
  await context.close();
  return result;
}

/** The same with the window of a host on this data directory, once its list is there. */
export async function inWindow<T>(
  browser: Browser,
  home: string,
  init: (() => void) | null,
  work: (opened: Opened) => Promise<T>,
): Promise<T> {
  const host = await startHost(home);
  try {
    await untilAtRest(host);
    return await inPage(browser, host.url, init, async (opened) => {
      await opened.page.locator('[data-profile-row]').first().waitFor();
      return work(opened);
    });
  } finally {
    await host.stop();
  }
}
