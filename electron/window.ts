import { join } from 'node:path';
import { app, BrowserWindow, dialog, screen, session } from 'electron';
import type { Dispatch } from '../engine/dispatch.ts';
import { connectWindow } from './ipc.ts';
import { APP_URL, guardContents, webPreferences } from './security.ts';
import { type openViewStore, visibleBounds } from './view-store.ts';

/** Opens the window, restores its place, and connects it to the engine. */
export function openWindow(dispatch: Dispatch, views: ReturnType<typeof openViewStore>): BrowserWindow {
  const bounds = visibleBounds(
    views.bounds(),
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const window = new BrowserWindow({
    width: 1280,
    height: 820,
    minWidth: 900,
    minHeight: 600,
    ...bounds,
    show: false,
    title: 'Relaysmith',
    // Linux only: elsewhere the window has the application's own.
    icon: join(import.meta.dirname, '../renderer/icon.png'),
    webPreferences: {
      ...webPreferences(join(import.meta.dirname, '../preload/index.cjs'), app.isPackaged),
      // In memory only: no cookies, cache or storage of the window on disk.
      session: session.fromPartition('relaysmith', { cache: false }),
    },
  });
  guardContents(window.webContents);
  const disconnect = connectWindow(window.webContents, dispatch);
  window.once('ready-to-show', () => window.show());
  window.on('close', () => views.saveBounds(window.getNormalBounds()));
  window.on('closed', disconnect);
  askBeforeClosing(window);
  reloadOnceAfterCrash(window);
  void window.loadURL(APP_URL);
  return window;
}

/** The page holds back the close while there are unsaved edits; the user decides. */
function askBeforeClosing(window: BrowserWindow): void {
  window.webContents.on('will-prevent-unload', (event) => {
    const choice = dialog.showMessageBoxSync(window, {
      type: 'warning',
      message: 'There are unsaved changes.',
      detail: 'Relaysmith keeps them, without typed passwords, and offers them at the next start.',
      buttons: ['Keep editing', 'Close the window'],
      defaultId: 0,
      cancelId: 0,
    });
    if (choice === 1) event.preventDefault();
  });
}

function reloadOnceAfterCrash(window: BrowserWindow): void {
  let reloaded = false;
  window.webContents.on('render-process-gone', () => {
    if (reloaded || window.isDestroyed()) return;
    reloaded = true;
    void window.loadURL(APP_URL);
  });
}
