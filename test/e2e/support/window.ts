import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { _electron, test as base, type ElectronApplication, expect, type Page, type Request } from '@playwright/test';
import { type Host, startHost } from './host.ts';
import { electronBinary } from './machine.ts';

/** Which door shows the window. */
export type Door = 'browser' | 'desktop';

/** A window under test, with what was seen around it. */
export interface Opened {
  page: Page;
  home: string;
  /** Bodies of all answers that the window got so far, and all that the host printed. */
  seen(): Promise<string>;
  /** Errors of the console that a test brings about on purpose, such as what the policy blocks. */
  provoked: RegExp[];
}

interface Fixtures {
  opened: Opened;
}

interface Options {
  door: Door;
}

const root = resolve(import.meta.dirname, '../../..');

/** Playwright's test with a fresh window on a fresh data directory, in the browser or in Electron. */
export const test = base.extend<Fixtures & Options>({
  door: ['browser', { option: true }],
  opened: async ({ door, browser }, use, info) => {
    const session =
      door === 'browser'
        ? await openInBrowser(() => browser.newContext({ viewport: info.project.use.viewport ?? null }))
        : await openInElectron();
    const problems = watchProblems(session.page);
    await use(session);
    const own = problems.filter((problem) => !session.provoked.some((pattern) => pattern.test(problem)));
    expect(own, 'The window met errors of its own').toEqual([]);
    await session.close();
  },
});

export { expect };

type Session = Opened & { close(): Promise<void> };

async function openInBrowser(newContext: () => Promise<import('@playwright/test').BrowserContext>): Promise<Session> {
  const host: Host = await startHost();
  const context = await newContext();
  const page = await context.newPage();
  const bodies: Promise<string>[] = [];
  const foreign: string[] = [];
  // Only what has ended has a body to read; a streamed answer may go on for long.
  page.on('requestfinished', (request) => bodies.push(bodyOf(request)));
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(host.url).origin)) foreign.push(request.url());
  });
  await page.goto(host.url);
  return {
    page,
    home: host.home,
    provoked: [],
    seen: async () => [...(await Promise.all(bodies)), host.output()].join('\n'),
    close: async () => {
      expect(foreign, 'Requests to elsewhere').toEqual([]);
      await context.close();
      await host.stop();
    },
  };
}

async function bodyOf(request: Request): Promise<string> {
  // A window that closes takes with it what is still under way; whoever wants to see all asks before.
  const response = await request.response().catch(() => null);
  return response?.text().catch(() => '') ?? '';
}

async function openInElectron(): Promise<Session> {
  const home = mkdtempSync(join(tmpdir(), 'relaysmith-e2e-'));
  const app: ElectronApplication = await _electron.launch({
    executablePath: electronBinary() ?? '',
    args: [root, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    env: { ...(process.env as Record<string, string>), RELAYSMITH_HOME: home },
  });
  const page = await app.firstWindow();
  let output = '';
  app.process().stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  app.process().stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return {
    page,
    home,
    provoked: [],
    seen: async () => output,
    close: async () => {
      await app.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Collects page errors, console errors and policy violations; any of them fails the test. */
function watchProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return problems;
}

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Fails when axe finds a breach of WCAG 2.2 AA on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary })),
  );
  expect(found).toEqual([]);
}
