import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Electron from 'electron';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createProtocolHandler } from '../../electron/protocol.ts';
import { guardContents, guardSession, isOwnUrl, webPreferences } from '../../electron/security.ts';
import { contentSecurityPolicy } from '../../shared/csp.ts';
import { DoubleContents, DoubleSession } from '../support/electron-double.ts';

const FOREIGN = [
  'https://example.com/',
  'http://127.0.0.1/',
  'app://bundle.evil/',
  'app://bundle@evil/',
  'app://evil/bundle',
  'app://bundle:81/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'blob:app://bundle/1',
  'about:blank',
  'chrome://settings',
  'not a url',
  '',
];

function guardedSession(): DoubleSession {
  const session = new DoubleSession();
  guardSession(session as unknown as Electron.Session);
  return session;
}

/** Every permission that Electron's type file knows, so that a new one is refused without being listed by us. */
function permissionNames(): string[] {
  const file = join(createRequire(import.meta.url).resolve('electron/package.json'), '../electron.d.ts');
  const text = readFileSync(file, 'utf8');
  const blocks = [...text.matchAll(/setPermission(?:Request|Check)Handler\(handler: .*?permission: ([^,]*),/g)];
  return [
    ...new Set(blocks.flatMap(([, union = '']) => [...union.matchAll(/'([^']+)'/g)].map(([, name = '']) => name))),
  ];
}

describe('web preferences', () => {
  it('are exactly the hardened set, so that any added key needs a decision here', () => {
    expect(webPreferences('/preload.cjs', true)).toEqual({
      preload: '/preload.cjs',
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      sandbox: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      plugins: false,
      spellcheck: false,
      devTools: false,
    });
  });

  it('allow developer tools only in an unpackaged build', () => {
    expect(webPreferences('/preload.cjs', false)?.devTools).toBe(true);
  });
});

describe('the window’s own address', () => {
  it.each(FOREIGN)('is not %j', (url) => expect(isOwnUrl(url)).toBe(false));
  it('is app://bundle/ and what lies under it', () => {
    expect(isOwnUrl('app://bundle/')).toBe(true);
    expect(isOwnUrl('app://bundle/assets/index.js')).toBe(true);
  });
});

describe('the session guard', () => {
  it.each(FOREIGN)('cancels a request to %j', (url) => {
    let answer: { cancel: boolean } | undefined;
    guardedSession().beforeRequest?.({ url }, (given) => {
      answer = given;
    });
    expect(answer).toEqual({ cancel: true });
  });

  it('lets the window’s own files through', () => {
    let answer: { cancel: boolean } | undefined;
    guardedSession().beforeRequest?.({ url: 'app://bundle/assets/a.js' }, (given) => {
      answer = given;
    });
    expect(answer).toEqual({ cancel: false });
  });

  it('grants one permission of all that Electron knows, and that only to the window itself', () => {
    const session = guardedSession();
    const names = permissionNames();
    expect(names.length).toBeGreaterThan(10);
    const granted = (requestingUrl: string) =>
      names.filter((name) => {
        let allowed = false;
        session.permissionRequest?.({}, name, (answer: boolean) => (allowed = answer), { requestingUrl });
        return allowed;
      });
    expect(granted('app://bundle/')).toEqual(['clipboard-sanitized-write']);
    expect(granted('https://example.com/')).toEqual([]);
    expect(names.filter((name) => session.permissionCheck?.({}, name, 'app://bundle'))).toEqual([
      'clipboard-sanitized-write',
    ]);
    expect(names.filter((name) => session.permissionCheck?.({}, name, 'https://example.com'))).toEqual([]);
  });

  it('refuses devices, screen capture, downloads and spell-check downloads', () => {
    const session = guardedSession();
    let streams: object | undefined;
    session.displayMedia?.({}, (given) => {
      streams = given;
    });
    let prevented = false;
    session.emit('will-download', { preventDefault: () => (prevented = true) });
    expect(session.devicePermission?.()).toBe(false);
    expect(streams).toEqual({});
    expect(prevented).toBe(true);
    expect(session.spellChecker).toBe(false);
  });
});

describe('the page guard', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])('prevents %s', (name) => {
    const contents = new DoubleContents();
    guardContents(contents as unknown as Electron.WebContents);
    let prevented = false;
    contents.emit(name, { preventDefault: () => (prevented = true) });
    expect(prevented).toBe(true);
  });

  it('opens no window', () => {
    const contents = new DoubleContents();
    guardContents(contents as unknown as Electron.WebContents);
    expect(contents.openHandler?.({ url: 'app://bundle/' })).toEqual({ action: 'deny' });
  });
});

describe('app://bundle', () => {
  const page = { type: 'text/html; charset=utf-8', bytes: Buffer.from('<p>') };
  const handle = createProtocolHandler(new Map([['/', page]]));

  it('answers a built file with the exact policy', async () => {
    const response = handle(new Request('app://bundle/'));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy('none'));
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe('<p>');
  });

  it('answers nothing but the listed files, whatever is asked', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.string(), (path, tail) => {
        const url = `app://bundle${path}/${encodeURIComponent(tail)}x`;
        expect(handle(new Request(url)).status).toBe(404);
      }),
    );
    for (const path of ['/..%2f..%2fetc/passwd', '/%2e%2e/x', '/%00', '/\\x']) {
      expect(handle(new Request(`app://bundle${path}`)).status).toBe(404);
    }
  });

  it('answers GET only, and only its own host', () => {
    expect(handle(new Request('app://bundle/', { method: 'POST' })).status).toBe(405);
    expect(handle(new Request('app://other/')).status).toBe(403);
  });
});
