import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFiles } from '../../electron/dialogs.ts';
import { installMenu } from '../../electron/menu.ts';
import { openViewStore } from '../../electron/view-store.ts';
import { openWindow } from '../../electron/window.ts';
import { ok } from '../../shared/result.ts';
import {
  app,
  type DoubleWindow,
  dialog,
  ipcMain,
  recorded,
  resetElectron,
  session,
  windowSession,
} from '../support/electron-double.ts';

let directory: string;

beforeEach(() => {
  resetElectron();
  directory = mkdtempSync(join(tmpdir(), 'relaysmith-window-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function open(): DoubleWindow {
  return openWindow(async () => ok(null), openViewStore(directory)) as unknown as DoubleWindow;
}

describe('the window', () => {
  it('keeps its session in memory and loads its own page', () => {
    const window = open();
    expect(session.fromPartition).toHaveBeenLastCalledWith('relaysmith', { cache: false });
    expect(recorded.windowOptions[0]?.webPreferences?.session).toBe(windowSession);
    expect(recorded.windowOptions[0]?.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    });
    expect(window.loaded).toEqual(['app://bundle/']);
  });

  it('bears an icon that is built with the window', () => {
    open();
    const icon = String(recorded.windowOptions[0]?.icon);
    expect(basename(icon)).toBe('icon.png');
    expect(existsSync(join(import.meta.dirname, '../../renderer/public', basename(icon)))).toBe(true);
  });

  it('shows itself only when there is something to see', () => {
    const window = open();
    expect(recorded.calls).not.toContain('show');
    window.emit('ready-to-show');
    expect(recorded.calls).toContain('show');
  });

  it('remembers where it was', () => {
    const first = open();
    first.emit('close');
    first.emit('closed');
    open();
    expect(recorded.windowOptions.at(-1)).toMatchObject({ x: 10, y: 20, width: 1200, height: 800 });
  });

  it('asks once before it closes with unsaved edits, and stays open unless told to close', () => {
    const window = open();
    const leave = () => {
      let left = false;
      window.webContents.emit('will-prevent-unload', { preventDefault: () => (left = true) });
      return left;
    };
    dialog.showMessageBoxSync.mockReturnValueOnce(0);
    expect(leave()).toBe(false);
    dialog.showMessageBoxSync.mockReturnValueOnce(1);
    expect(leave()).toBe(true);
    expect(dialog.showMessageBoxSync.mock.calls[0]?.[1]).toMatchObject({
      detail: expect.stringContaining('offers them at the next start'),
      defaultId: 0,
      cancelId: 0,
    });
  });

  it('reloads once after a crash of its page, not for ever', () => {
    const window = open();
    window.webContents.emit('render-process-gone');
    window.webContents.emit('render-process-gone');
    expect(window.loaded).toEqual(['app://bundle/', 'app://bundle/']);
  });

  it('frees the channels when it closes, so that another can open', () => {
    open().emit('closed');
    expect(ipcMain.handlers.size).toBe(0);
    expect(open).not.toThrow();
  });
});

describe('the file dialogs', () => {
  it('return the chosen path, or null on cancel', async () => {
    const window = open();
    const files = createFiles(() => window as never);
    dialog.showOpenDialog.mockResolvedValueOnce({ canceled: false, filePaths: ['/srv/config.json'] });
    expect(await files.open('import')).toBe('/srv/config.json');
    dialog.showSaveDialog.mockResolvedValueOnce({ canceled: true, filePath: '' });
    expect(await files.save('config.json')).toBeNull();
  });

  it('choose a folder, and let a new one be made only for writing', async () => {
    const window = open();
    const files = createFiles(() => window as never);
    dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/srv/settings'] });
    expect(await files.folder('export')).toBe('/srv/settings');
    expect(dialog.showOpenDialog.mock.lastCall?.[1]).toMatchObject({
      properties: ['openDirectory', 'createDirectory'],
    });
    await files.folder('import');
    expect(dialog.showOpenDialog.mock.lastCall?.[1]).toMatchObject({ properties: ['openDirectory'] });
    dialog.showOpenDialog.mockResolvedValue({ canceled: true, filePaths: [] });
    expect(await files.folder('export')).toBeNull();
  });

  it('return null when there is no window to show them over', async () => {
    expect(await createFiles(() => null).open('import')).toBeNull();
    expect(await createFiles(() => null).folder('import')).toBeNull();
  });
});

describe('the menu', () => {
  const roles = () => JSON.stringify(recorded.menu);

  it('has neither reload nor, when packaged, developer tools', () => {
    installMenu(true, 'linux');
    expect(roles()).not.toMatch(/reload|toggleDevTools/i);
    installMenu(false, 'darwin');
    expect(roles()).toContain('toggleDevTools');
    expect(roles()).toContain('appMenu');
  });
});

describe('the double', () => {
  it('starts as the first instance', () => expect(app.requestSingleInstanceLock()).toBe(true));
});
