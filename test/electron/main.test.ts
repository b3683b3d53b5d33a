import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { resetElectron } from '../support/electron-double.ts';

vi.mock('../../engine/site.ts', () => ({
  readSite: () => new Map([['/', { type: 'text/html', bytes: Buffer.from('window') }]]),
}));

const home = mkdtempSync(join(tmpdir(), 'relaysmith-main-'));
process.env.RELAYSMITH_HOME = home;
afterAll(() => rmSync(home, { recursive: true }));

beforeEach(() => {
  resetElectron();
  vi.resetModules();
});

/** Runs the desktop's main module against the double, as Electron would. */
async function runMain(): Promise<typeof import('../support/electron-double.ts')> {
  const double = await import('electron');
  await import('../../electron/main.ts');
  return double as unknown as typeof import('../support/electron-double.ts');
}

describe('the desktop', () => {
  it('sandboxes everything and registers its scheme before it is ready, then opens one guarded window', async () => {
    const double = await runMain();
    await vi.waitFor(() => expect(double.recorded.windows).toHaveLength(1));
    expect(double.recorded.calls.slice(0, 3)).toEqual(['enableSandbox', 'registerSchemes', 'whenReady']);
    expect(double.recorded.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ]);
    const [window] = double.recorded.windows;
    expect(window?.webContents.openHandler?.({ url: 'https://example.com/' })).toEqual({ action: 'deny' });
    expect(double.windowSession.beforeRequest).not.toBeNull();
    const response = double.recorded.protocolHandlers.get('app')?.(new Request('app://bundle/'));
    expect(await response?.text()).toBe('window');
    expect(double.recorded.menu).not.toBeNull();
  });

  it('brings its window to the front when it is started again, and reads nothing of that start', async () => {
    const double = await runMain();
    await vi.waitFor(() => expect(double.recorded.windows).toHaveLength(1));
    const [window] = double.recorded.windows;
    if (window) window.minimized = true;
    double.app.emit('second-instance', {}, ['relaysmith', '--inspect=0.0.0.0'], '/elsewhere');
    expect(double.recorded.calls).toEqual(expect.arrayContaining(['restore', 'focus']));
  });

  it('ends at once when another instance runs', async () => {
    const double = (await import('electron')) as unknown as typeof import('../support/electron-double.ts');
    double.app.firstInstance = false;
    await import('../../electron/main.ts');
    expect(double.recorded.calls).toContain('quit');
    expect(double.recorded.calls).not.toContain('whenReady');
  });
});
