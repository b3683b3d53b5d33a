import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, protocol, session } from 'electron';
import { dataDirectory } from '../engine/data-directory.ts';
import { createEngine } from '../engine/index.ts';
import { createFileLogger } from '../engine/log/index.ts';
import { readSite } from '../engine/site.ts';
import { createClipboard } from './clipboard.ts';
import { createFiles } from './dialogs.ts';
import { installMenu } from './menu.ts';
import { createProtocolHandler } from './protocol.ts';
import { APP_SCHEME, guardContents, guardSession, SCHEME_PRIVILEGES } from './security.ts';
import { openViewStore } from './view-store.ts';
import { openWindow } from './window.ts';

// Before ready: sandbox every renderer, and give app:// the standing of https.
app.enableSandbox();
protocol.registerSchemesAsPrivileged([SCHEME_PRIVILEGES]);
app.on('web-contents-created', (_event, contents) => guardContents(contents));

if (app.requestSingleInstanceLock()) {
  // The arguments of a second start are not read: nothing outside steers the first one.
  app.on('second-instance', () => {
    const window = BrowserWindow.getAllWindows()[0];
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  void app.whenReady().then(start);
} else {
  app.quit();
}

async function start(): Promise<void> {
  const home = dataDirectory({
    env: process.env,
    platform: process.platform,
    homeDirectory: homedir(),
    workingDirectory: process.cwd(),
  });
  const views = openViewStore(home);
  let window: BrowserWindow | null = null;
  const engine = await createEngine({
    version: app.getVersion(),
    door: 'desktop',
    dataDirectory: home,
    files: createFiles(() => window),
    clipboard: createClipboard(),
    preferences: views.preferences,
    log: createFileLogger({ directory: join(home, 'logs'), now: () => new Date() }),
    now: () => new Date(),
  });
  const windowSession = session.fromPartition('relaysmith', { cache: false });
  guardSession(windowSession);
  windowSession.protocol.handle(APP_SCHEME, createProtocolHandler(readSite(join(import.meta.dirname, '../renderer'))));
  installMenu(app.isPackaged, process.platform);
  window = openWindow(engine.dispatch, views);

  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) window = openWindow(engine.dispatch, views);
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', () => void engine.close());
}
