import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PortTakenError, startLoopback } from '../../../cli/serve/index.ts';
import { emptyFakeEngine } from '../support/fake-engine.ts';
import { type TestHost, testHost } from '../support/loopback.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const CALL = JSON.stringify({ name: 'profiles.list', input: {}, callId: 'c1' });

let host: TestHost;
let token: string;
beforeEach(async () => {
  host = await testHost();
  token = await host.token();
});
afterEach(() => host.stop());

const call = (headers: Record<string, string>, body = CALL, method = 'POST') =>
  host.send({
    method,
    path: '/api/call',
    headers: { ...JSON_TYPE, authorization: `Bearer ${token}`, ...headers },
    body,
  });

describe('the loopback host under attack', () => {
  test('serves the rightful caller, so that the refusals below mean something', async () => {
    expect((await call({})).status).toBe(200);
    expect((await call({ origin: `http://127.0.0.1:${host.port}`, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect(host.calls).toEqual(['profiles.list', 'profiles.list']);
  });

  test('refuses a rebound host name, with the right token too', async () => {
    for (const name of [
      'rebind.test',
      `rebind.test:${host.port}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `127.0.0.1.:${host.port}`,
      `0.0.0.0:${host.port}`,
      `[::]:${host.port}`,
    ]) {
      expect((await call({ host: name })).status, name).toBeGreaterThanOrEqual(400);
      expect((await host.send({ headers: { host: name } })).status, name).toBeGreaterThanOrEqual(400);
    }
    expect(host.calls).toEqual([]);
  });

  test('refuses what another site sends: forms, images, fetches', async () => {
    const evil = { origin: 'http://evil.test', 'sec-fetch-site': 'cross-site' };
    expect((await call({ ...evil })).status).toBe(403);
    expect((await call({ origin: 'http://evil.test' })).status).toBe(403);
    expect((await call({ origin: 'null' })).status).toBe(403);
    expect((await call({ origin: `http://127.0.0.1:${host.port + 1}` })).status).toBe(403);
    expect((await call({ origin: `https://127.0.0.1:${host.port}` })).status).toBe(403);
    expect((await call({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await call({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await host.send({ headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect(host.calls).toEqual([]);
  });

  test('refuses every content type that a form can send', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json; charset=utf-16',
      '',
    ]) {
      expect((await call({ 'content-type': type })).status, type).toBe(415);
    }
    expect(host.calls).toEqual([]);
  });

  test('refuses other methods and answers no preflight', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      const answer = await call({}, '', method);
      expect(answer.status, method).toBe(405);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
    expect((await host.send({ method: 'POST', path: '/' })).status).toBe(405);
    expect(host.calls).toEqual([]);
  });

  test('refuses calls without the token or with another one', async () => {
    for (const authorization of [
      '',
      'Bearer',
      'Bearer x',
      `Basic ${token}`,
      `bearer ${token}`,
      `Bearer ${token}x`,
      `Bearer ${token.slice(0, -1)}`,
      `Bearer ${'A'.repeat(43)}`,
    ]) {
      expect((await call({ authorization })).status, authorization.slice(0, 8)).toBe(401);
    }
    expect(
      (await host.send({ method: 'POST', path: `/api/call?token=${token}`, headers: JSON_TYPE, body: CALL })).status,
    ).toBe(401);
    expect(
      (
        await host.send({
          method: 'POST',
          path: '/api/call',
          headers: { ...JSON_TYPE, cookie: `token=${token}` },
          body: CALL,
        })
      ).status,
    ).toBe(401);
    expect(
      (await host.send({ method: 'POST', path: '/api/cancel', headers: JSON_TYPE, body: '{"callId":"c1"}' })).status,
    ).toBe(401);
    expect(host.calls).toEqual([]);
  });

  test('a link works once, for a minute, and only for this run', async () => {
    const swap = (exchange: string, to = host) =>
      to.send({ method: 'POST', path: '/api/session', headers: JSON_TYPE, body: JSON.stringify({ exchange }) });
    let now = 0;
    const other = await testHost(undefined, { now: () => now });
    try {
      const once = new URL(other.url).hash.slice(1);
      expect((await swap(once, host)).status).toBe(401);
      expect((await swap(once, other)).status).toBe(200);
      expect((await swap(once, other)).status).toBe(401);
      const late = new URL(other.freshUrl()).hash.slice(1);
      now += 60_000;
      expect((await swap(late, other)).status).toBe(401);
      expect((await swap('', other)).status).toBe(401);
      expect(await other.token()).not.toBe(token);
    } finally {
      await other.stop();
    }
  });

  test('serves no file but those of the window', async () => {
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/assets/../../secret.env',
      '/secret.env',
      '/assets/..%2fsecret.env',
      '/assets\\..\\secret.env',
      '//etc/passwd',
      '/assets',
      '/assets/',
      '/index.html%00.js',
      '/__proto__',
      '/constructor',
    ]) {
      const answer = await host.send({ path });
      expect(answer.status, path).toBe(404);
      expect(answer.text).not.toContain('canary');
    }
  });

  test('any path at all ends in a file of the window or in a refusal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.webPath(), async (path) => {
        const { status, text } = await host.send({ path: path.startsWith('/') ? path : `/${path}` });
        if (status === 200)
          expect(['/', '/open'].some((known) => path.split(/[?#]/)[0] === known) || path === '').toBe(true);
        expect(text).not.toContain('canary');
      }),
      { numRuns: 60 },
    );
  });

  test('refuses a body that is too large, before it is read whole', async () => {
    const padding = 'x'.repeat(1_100_000);
    const answer = await call({}, JSON.stringify({ name: 'profiles.list', input: padding, callId: 'c1' }));
    expect(answer.status).toBe(413);
    expect((await call({ 'content-length': String(2 ** 31) }, CALL).catch(() => ({ status: 413 }))).status).toBe(413);
    expect(host.calls).toEqual([]);
  });

  test('takes the text of an import beyond that, up to its own cap', async () => {
    const body = (name: string) => JSON.stringify({ name, input: 'x'.repeat(2_000_000), callId: 'c1' });
    expect((await call({}, body('imports.read'))).status).toBe(200);
    expect((await call({}, body('imports.accept'))).status).toBe(413);
    expect(host.calls).toEqual(['imports.read']);
  });

  test('refuses what is not JSON or not a call', async () => {
    const bodies = [
      '',
      'null',
      '{',
      '[]',
      '{"name":"profiles.list"}',
      JSON.stringify({ name: 'a', input: {}, callId: 'x y' }),
      JSON.stringify({ name: 'a', input: {}, callId: 'c', more: 1 }),
      Buffer.from([0x7b, 0xff, 0x7d]).toString('latin1'),
    ];
    for (const body of bodies) expect((await call({}, body)).status, body).toBe(400);
    expect(host.calls).toEqual([]);
  });

  test('refuses to speak WebSocket', async () => {
    const answer = await raw(
      host.port,
      `GET /api/call HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(host.calls).toEqual([]);
  });

  test('refuses two Host headers, absolute addresses of elsewhere and oversized headers', async () => {
    const own = `Host: 127.0.0.1:${host.port}\r\n`;
    expect(await raw(host.port, `GET / HTTP/1.1\r\n${own}Host: evil.test\r\nConnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 4/,
    );
    expect(await raw(host.port, `GET http://evil.test/ HTTP/1.1\r\n${own}Connection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 404/,
    );
    expect(await raw(host.port, `GET / HTTP/1.1\r\n${own}X: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431/);
  });

  test('ends a connection that never finishes its headers, or its body', async () => {
    const impatient = await testHost(undefined, { limits: { headersMs: 150, bodyMs: 200 } });
    try {
      const own = `Host: 127.0.0.1:${impatient.port}\r\n`;
      expect(await raw(impatient.port, `GET / HTTP/1.1\r\n${own}X-Slow: `)).toMatch(/^HTTP\/1\.1 408/);
      const authorization = `Authorization: Bearer ${await impatient.token()}\r\n`;
      const head = `POST /api/call HTTP/1.1\r\n${own}${authorization}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`;
      expect(await raw(impatient.port, head)).not.toMatch(/^HTTP\/1\.1 200/);
      expect(impatient.calls).toEqual([]);
    } finally {
      await impatient.stop();
    }
  });

  test('listens on loopback only', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ internal }) => !internal);
    for (const { address } of others) await expect(raw(host.port, 'GET / HTTP/1.0\r\n\r\n', address)).rejects.toThrow();
    expect(await raw(host.port, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 403/);
  });

  test('does not move to another port when the one asked for is taken', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    const { port } = squatter.address() as AddressInfo;
    const started = startLoopback({ engine: emptyFakeEngine(), rendererDirectory: import.meta.dirname, port });
    await expect(started).rejects.toBeInstanceOf(PortTakenError);
    squatter.close();
  });

  test('the page for local files may be reached from elsewhere as a document, and holds nothing', async () => {
    const navigation = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    const page = await host.send({ path: '/open', headers: navigation });
    expect(page.status).toBe(200);
    expect(page.text).toBe('<!doctype html><title>Relaysmith</title><script src="/open.js"></script>');
    for (const headers of [
      { ...navigation, 'sec-fetch-dest': 'iframe' },
      { ...navigation, 'sec-fetch-mode': 'cors' },
      { ...navigation, origin: 'null' },
    ]) {
      expect((await host.send({ path: '/open', headers })).status).toBe(403);
    }
    for (const path of ['/', '/open.js', '/assets/main.js'])
      expect((await host.send({ path, headers: navigation })).status).toBe(403);
  });
});

/** Sends bytes as they are and gathers the answer until the other side ends. */
function raw(port: number, bytes: string, address = '127.0.0.1'): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, timeout: 5_000 });
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('close', () => resolve(text));
    socket.on('timeout', () => socket.destroy(new Error('timeout')));
    socket.on('error', (error: NodeJS.ErrnoException) => (text === '' ? reject(error) : resolve(text)));
    socket.write(bytes);
  });
}
