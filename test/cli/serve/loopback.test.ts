import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { browserCommand, redirectPage } from '../../../cli/serve/browser.ts';
import { SECURITY_HEADERS } from '../../../cli/serve/headers.ts';
import { contentSecurityPolicy, REACT_ARIA_STYLE_HASH } from '../../../shared/csp.ts';
import { type TestHost, testHost } from '../support/loopback.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
let host: TestHost | undefined;
afterEach(async () => {
  await host?.stop();
  host = undefined;
});

describe('the loopback host', () => {
  test('sends the window and its files with their types and the security headers', async () => {
    host = await testHost();
    const page = await host.send({});
    expect(page.status).toBe(200);
    expect(page.text).toContain('<title>window</title>');
    expect((await host.send({ path: '/assets/main.js' })).headers['content-type']).toBe(
      'text/javascript; charset=utf-8',
    );
    expect((await host.send({ path: '/assets/font.woff2' })).headers['content-type']).toBe('font/woff2');
    const missing = await host.send({ path: '/nothing' });
    expect(missing.text).not.toBe('');
    for (const { headers } of [page, missing, await host.send({ headers: { host: 'evil.test' } })]) {
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) expect(headers[name.toLowerCase()]).toBe(value);
      expect(headers['set-cookie']).toBeUndefined();
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test('keeps the token of a link in the fragment, where no server and no Referer sees it', async () => {
    host = await testHost();
    const url = new URL(host.url);
    expect(url.hostname).toBe('127.0.0.1');
    expect(url.search).toBe('');
    expect(url.hash.length).toBeGreaterThan(40);
    expect(new URL(host.freshUrl()).hash).not.toBe(url.hash);
  });

  test('answers a plain call with the result as JSON', async () => {
    host = await testHost(async (name, input) => ({ ok: true, value: { name, input } }));
    const authorization = `Bearer ${await host.token()}`;
    const answer = await host.send({
      method: 'POST',
      path: '/api/call',
      headers: { ...JSON_TYPE, authorization },
      body: JSON.stringify({ name: 'app.info', input: {}, callId: 'a' }),
    });
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(answer.text)).toEqual({ ok: true, value: { name: 'app.info', input: {} } });
  });

  test('streams events as lines, then the result', async () => {
    host = await testHost(async (_name, _input, options) => {
      options?.onEvent?.({ type: 'stage-started', stage: 'dns' });
      return { ok: true, value: 1 };
    });
    const authorization = `Bearer ${await host.token()}`;
    const answer = await host.send({
      method: 'POST',
      path: '/api/call',
      headers: { ...JSON_TYPE, authorization },
      body: JSON.stringify({ name: 'tests.check', input: {}, callId: 'a' }),
    });
    expect(answer.headers['content-type']).toContain('application/x-ndjson');
    const lines = answer.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toEqual([{ event: { type: 'stage-started', stage: 'dns' } }, { result: { ok: true, value: 1 } }]);
  });

  test('cancels one call by its id and leaves the other one alone', async () => {
    const running = waitingEngine();
    host = await testHost(running.dispatch);
    const headers = { ...JSON_TYPE, authorization: `Bearer ${await host.token()}` };
    const calls = ['one', 'two'].map((callId) =>
      host?.send({
        method: 'POST',
        path: '/api/call',
        headers,
        body: JSON.stringify({ name: 'tests.check', input: callId, callId }),
      }),
    );
    await running.started(2);
    const cancelled = await host.send({ method: 'POST', path: '/api/cancel', headers, body: '{"callId":"one"}' });
    expect(cancelled.status).toBe(200);
    expect((await calls[0])?.text).toContain('CANCELLED');
    expect(running.aborted).toEqual(['one']);
    const again = await host.send({
      method: 'POST',
      path: '/api/call',
      headers,
      body: JSON.stringify({ name: 'app.info', input: 'x', callId: 'two' }),
    });
    expect(again.status).toBe(409);
    await host.send({ method: 'POST', path: '/api/cancel', headers, body: '{"callId":"two"}' });
    await calls[1];
  });

  test('a window that goes away cancels its call', async () => {
    const running = waitingEngine();
    host = await testHost(running.dispatch);
    const headers = { ...JSON_TYPE, authorization: `Bearer ${await host.token()}`, host: `127.0.0.1:${host.port}` };
    const request = httpRequest({ port: host.port, host: '127.0.0.1', method: 'POST', path: '/api/call', headers });
    request.on('error', () => {});
    request.end(JSON.stringify({ name: 'tests.check', input: 'gone', callId: 'gone' }));
    await running.started(1);
    request.destroy();
    await vi.waitFor(() => expect(running.aborted).toEqual(['gone']));
  });

  test('a bug in the engine is a failure without its text', async () => {
    host = await testHost(async () => {
      throw new Error('canary-in-a-bug');
    });
    const headers = { ...JSON_TYPE, authorization: `Bearer ${await host.token()}` };
    const answer = await host.send({
      method: 'POST',
      path: '/api/call',
      headers,
      body: JSON.stringify({ name: 'app.info', input: {}, callId: 'a' }),
    });
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('canary');
  });

  test('ends after 30 minutes without a request, and not before', async () => {
    let now = 0;
    host = await testHost(undefined, { now: () => now });
    now += 29 * 60_000;
    await host.send({});
    now += 29 * 60_000;
    host.checkIdle();
    expect((await host.send({})).status).toBe(200);
    now += 30 * 60_000;
    host.checkIdle();
    expect(await host.closed).toBe('idle');
    await expect(host.send({})).rejects.toThrow();
  });

  test('does not end while a call runs', async () => {
    let now = 0;
    const running = waitingEngine();
    host = await testHost(running.dispatch, { now: () => now });
    const headers = { ...JSON_TYPE, authorization: `Bearer ${await host.token()}` };
    const call = host.send({
      method: 'POST',
      path: '/api/call',
      headers,
      body: JSON.stringify({ name: 'tests.check', input: 'long', callId: 'long' }),
    });
    await running.started(1);
    now += 60 * 60_000;
    host.checkIdle();
    expect((await host.send({})).status).toBe(200);
    await host.send({ method: 'POST', path: '/api/cancel', headers, body: '{"callId":"long"}' });
    await call;
  });

  test('takes 32 sockets and drops the ones beyond', async () => {
    host = await testHost();
    const { port } = host;
    let dropped = 0;
    const sockets = Array.from({ length: 40 }, () => connect({ port, host: '127.0.0.1' }));
    for (const socket of sockets) socket.on('error', () => {}).on('close', () => (dropped += 1));
    await vi.waitFor(() => expect(dropped).toBe(8));
    for (const socket of sockets) socket.destroy();
  });
});

describe('the security policy', () => {
  test('allows exactly the style element that react-aria adds', () => {
    const require = createRequire(import.meta.url);
    const source = readFileSync(
      join(require.resolve('react-aria/package.json'), '..', 'dist', 'private', 'interactions', 'usePress.mjs'),
      'utf8',
    );
    const attribute = /PRESSABLE_ATTRIBUTE = '([^']+)'/.exec(source)?.[1] ?? '';
    const template = /style\.textContent = `([^`]*)`\.trim\(\)/.exec(source)?.[1] ?? '';
    const css = template.replace(/\$\{[^}]*PRESSABLE_ATTRIBUTE\}/g, attribute).trim();
    expect(css).toContain('touch-action');
    expect(REACT_ARIA_STYLE_HASH).toBe(`sha256-${createHash('sha256').update(css).digest('base64')}`);
  });

  test('has no way around: no inline code, no eval, no wildcard', () => {
    expect(contentSecurityPolicy('self')).not.toMatch(/unsafe|\*|https?:/);
    expect(contentSecurityPolicy('self')).toContain("default-src 'none'");
  });
});

describe('opening a browser', () => {
  test('keeps the token out of the arguments', () => {
    const file = 'file:///private/relaysmith-open-x/open.html';
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      const words = browserCommand(file, { platform, env: { PATH: '' } });
      expect(words.at(-1)).toBe(file);
    }
    expect(redirectPage('http://127.0.0.1:1/open#token')).toContain('url=http://127.0.0.1:1/open#token');
  });

  test('uses a window of its own where there is a Chromium', () => {
    if (!existsSync('/usr/bin/chromium') || !statSync('/usr/bin/chromium').isFile()) return;
    expect(browserCommand('file:///x', { platform: 'linux', env: { PATH: '/usr/bin' } })).toEqual([
      '/usr/bin/chromium',
      '--app=file:///x',
    ]);
  });
});

/** A dispatch whose calls run until they are cancelled. */
function waitingEngine() {
  const aborted: string[] = [];
  let count = 0;
  return {
    aborted,
    started: (wanted: number) => vi.waitFor(() => expect(count).toBe(wanted)),
    dispatch: (_name: string, input: unknown, options?: { signal?: AbortSignal }) => {
      count += 1;
      return new Promise<{ ok: false; error: { code: 'CANCELLED'; facts: Record<string, never> } }>((resolve) => {
        options?.signal?.addEventListener('abort', () => {
          aborted.push(String(input));
          resolve({ ok: false, error: { code: 'CANCELLED', facts: {} } });
        });
      });
    },
  };
}
