import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { vi } from 'vitest';

/**
 * Stands in for the `electron` module, whose binary cannot be had everywhere. It records what the desktop host asks
 * for; its shapes are checked against Electron's own type file where they are handed to code under test.
 */
export const recorded = {
  calls: [] as string[],
  windowOptions: [] as Electron.BrowserWindowConstructorOptions[],
  windows: [] as DoubleWindow[],
  schemes: [] as Electron.CustomScheme[],
  menu: null as Electron.MenuItemConstructorOptions[] | null,
  exposed: {} as Record<string, unknown>,
  protocolHandlers: new Map<string, (request: Request) => Response>(),
};

/** Forgets everything recorded; call before each test. */
export function resetElectron(): void {
  recorded.calls = [];
  recorded.windowOptions = [];
  recorded.windows = [];
  recorded.schemes = [];
  recorded.menu = null;
  recorded.exposed = {};
  recorded.protocolHandlers.clear();
  clipboard.text = '';
  ipcMain.removeAllListeners();
  ipcMain.handlers.clear();
  app.removeAllListeners();
  app.isPackaged = false;
  app.firstInstance = true;
}

class DoubleApp extends EventEmitter {
  isPackaged = false;
  firstInstance = true;
  enableSandbox = () => void recorded.calls.push('enableSandbox');
  requestSingleInstanceLock = () => this.firstInstance;
  whenReady = () => {
    recorded.calls.push('whenReady');
    return Promise.resolve();
  };
  quit = () => void recorded.calls.push('quit');
  getVersion = () => '0.0.0-test';
  /** electron-store asks for it, and then uses the directory that it is given. */
  getPath = (name: string) => `/nonexistent/${name}`;
}
export const app = new DoubleApp();

class DoubleIpcMain extends EventEmitter {
  handlers = new Map<string, (...args: unknown[]) => unknown>();
  handle = (channel: string, handler: (...args: unknown[]) => unknown) => {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  };
  removeHandler = (channel: string) => void this.handlers.delete(channel);
}
export const ipcMain = new DoubleIpcMain();

/** A frame as the sender check sees it. */
export interface DoubleFrame {
  url: string;
  parent: DoubleFrame | null;
}

export class DoubleContents extends EventEmitter {
  mainFrame: DoubleFrame = { url: 'app://bundle/', parent: null };
  sent: unknown[][] = [];
  destroyed = false;
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  isDestroyed = () => this.destroyed;
  send = (...args: unknown[]) => void this.sent.push(args);
  setWindowOpenHandler = (handler: (details: { url: string }) => { action: string }) => {
    this.openHandler = handler;
  };
}

export class DoubleWindow extends EventEmitter {
  static getAllWindows = () => recorded.windows;
  webContents = new DoubleContents();
  minimized = false;
  loaded: string[] = [];
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    recorded.windowOptions.push(options);
    recorded.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  loadURL = (url: string) => {
    this.loaded.push(url);
    return Promise.resolve();
  };
  show = () => void recorded.calls.push('show');
  focus = () => void recorded.calls.push('focus');
  restore = () => void recorded.calls.push('restore');
  isMinimized = () => this.minimized;
  isDestroyed = () => this.webContents.destroyed;
  getNormalBounds = () => ({ x: 10, y: 20, width: 1200, height: 800 });
}
export { DoubleWindow as BrowserWindow };

/** A session that keeps the guards it was given. */
export class DoubleSession extends EventEmitter {
  beforeRequest: ((details: { url: string }, callback: (answer: { cancel: boolean }) => void) => void) | null = null;
  permissionRequest: ((...args: unknown[]) => void) | null = null;
  permissionCheck: ((...args: unknown[]) => boolean) | null = null;
  devicePermission: (() => boolean) | null = null;
  displayMedia: ((request: unknown, callback: (streams: object) => void) => void) | null = null;
  spellChecker = true;
  webRequest = {
    onBeforeRequest: (listener: typeof this.beforeRequest) => {
      this.beforeRequest = listener;
    },
  };
  protocol = {
    handle: (scheme: string, handler: (request: Request) => Response) => recorded.protocolHandlers.set(scheme, handler),
  };
  setPermissionRequestHandler = (handler: typeof this.permissionRequest) => {
    this.permissionRequest = handler;
  };
  setPermissionCheckHandler = (handler: typeof this.permissionCheck) => {
    this.permissionCheck = handler;
  };
  setDevicePermissionHandler = (handler: typeof this.devicePermission) => {
    this.devicePermission = handler;
  };
  setDisplayMediaRequestHandler = (handler: typeof this.displayMedia) => {
    this.displayMedia = handler;
  };
  setSpellCheckerEnabled = (enabled: boolean) => {
    this.spellChecker = enabled;
  };
}

export const windowSession = new DoubleSession();
export const session = {
  fromPartition: vi.fn((_partition: string, _options: { cache: boolean }) => windowSession),
};
export const protocol = {
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => {
    recorded.calls.push('registerSchemes');
    recorded.schemes = schemes;
  },
};
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };
/** The text that the desktop host put on the clipboard. */
export const clipboard = {
  text: '',
  writeText: (text: string) => {
    clipboard.text = text;
  },
  readText: () => clipboard.text,
};
export const dialog = {
  showOpenDialog: vi.fn(),
  showSaveDialog: vi.fn(),
  showMessageBoxSync: vi.fn((_window: unknown, _options: Electron.MessageBoxSyncOptions) => 0),
};
export const Menu = {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template,
  setApplicationMenu: (menu: Electron.MenuItemConstructorOptions[]) => {
    recorded.menu = menu;
  },
};
export const contextBridge = {
  exposeInMainWorld: (name: string, api: unknown) => {
    recorded.exposed[name] = api;
  },
};
class DoubleIpcRenderer extends EventEmitter {
  invoke = vi.fn((..._args: unknown[]) => Promise.resolve({ ok: true, value: null }));
  send = vi.fn((..._args: unknown[]) => undefined);
}
export const ipcRenderer = new DoubleIpcRenderer();
export default {
  app,
  BrowserWindow: DoubleWindow,
  ipcMain,
  session,
  protocol,
  screen,
  clipboard,
  dialog,
  Menu,
  contextBridge,
  ipcRenderer,
};
