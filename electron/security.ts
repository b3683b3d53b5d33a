import type { BrowserWindowConstructorOptions, Session, WebContents } from 'electron';

/** Scheme and host of the window; its own origin instead of file:// (Electron security checklist 18). */
export const APP_SCHEME = 'app';
/** The one page that the window may show. */
export const APP_URL = 'app://bundle/';

/** Privileges of the scheme: no CORS bypass, no service workers, no CSP bypass. */
export const SCHEME_PRIVILEGES = {
  scheme: APP_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
} as const;

/** Web preferences of the window: no Node, own context, sandbox (checklist 2 to 4). */
export function webPreferences(
  preload: string,
  isPackaged: boolean,
): BrowserWindowConstructorOptions['webPreferences'] {
  return {
    preload,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    sandbox: true,
    webviewTag: false,
    navigateOnDragDrop: false,
    plugins: false,
    spellcheck: false,
    devTools: !isPackaged,
  };
}

/** True only for the window's own files: exact scheme and host, no user part or port that could disguise another. */
export function isOwnUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === 'app:' && url.host === 'bundle' && url.username === '' && url.password === '';
}

/** Refuses everything that a page could ask of its session: network, permissions, downloads, dictionaries. */
export function guardSession(session: Session): void {
  session.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !isOwnUrl(details.url) }));
  session.setPermissionRequestHandler((_contents, permission, callback, details) =>
    callback(permission === 'clipboard-sanitized-write' && isOwnUrl(details.requestingUrl)),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin) =>
      permission === 'clipboard-sanitized-write' && isOwnUrl(`${origin.replace(/\/$/, '')}/`),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback({}));
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
}

/** Keeps a page where it is: no navigation, no new windows, no webviews (checklist 11 to 14). */
export function guardContents(contents: WebContents): void {
  const stay = (event: { preventDefault(): void }) => event.preventDefault();
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', stay);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
