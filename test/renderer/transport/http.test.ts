import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpTransport } from '../../../renderer/transport/http.ts';

interface Seen {
  path: string;
  authorization: string | undefined;
  body: Record<string, unknown>;
}

let server: Server | null = null;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  server = null;
});

/** A host that lets the exchange token `once` in and answers calls with `answer`. */
async function host(answer: (seen: Seen, response: ServerResponse) => void) {
  const seen: Seen[] = [];
  server = createServer(async (request, response) => {
    const entry: Seen = {
      path: request.url ?? '',
      authorization: request.headers.authorization,
      body: JSON.parse(await bodyOf(request)),
    };
    seen.push(entry);
    if (entry.path !== '/api/session') return answer(entry, response);
    const isGood = entry.body.exchange === 'once';
    response.writeHead(isGood ? 200 : 403, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(isGood ? { token: 'session-token' } : {}));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { seen, origin };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

function windowAt(origin: string, hash: string) {
  const urls: string[] = [];
  const replaceState = (_data: unknown, _unused: string, url: string) => void urls.push(url);
  return { urls, location: { origin, hash, pathname: '/' }, history: { replaceState } };
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(value));
}

const preferences = { theme: 'dark', density: 'compact' } as const;

describe('the loopback transport', () => {
  it('exchanges the token of the fragment once, takes it out of the address, and sends the session token', async () => {
    const { seen, origin } = await host((_seen, response) => json(response, { ok: true, value: preferences }));
    const target = windowAt(origin, '#once');
    const { client, connection } = createHttpTransport(target);
    expect(await client('preferences.get', {})).toEqual({ ok: true, value: preferences });
    expect(await client('preferences.get', {})).toEqual({ ok: true, value: preferences });
    expect(target.urls).toEqual(['/']);
    expect(seen.map(({ path, authorization }) => [path, authorization])).toEqual([
      ['/api/session', undefined],
      ['/api/call', 'Bearer session-token'],
      ['/api/call', 'Bearer session-token'],
    ]);
    expect(seen[1]?.body).toMatchObject({ name: 'preferences.get', input: {} });
    expect(connection.getState().state).toBe('open');
  });

  it('passes on streamed events in order, before the result, however the bytes are cut', async () => {
    const events = ['dns', 'tcp'].map((stage) => ({ type: 'stage-started', stage }));
    const { origin } = await host((_seen, response) => {
      response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
      const text = `${events.map((event) => JSON.stringify({ event })).join('\n')}\n${JSON.stringify({
        result: { ok: false, error: { code: 'CANCELLED', facts: {} } },
      })}`;
      for (let at = 0; at < text.length; at += 7) response.write(text.slice(at, at + 7));
      response.end();
    });
    const { client } = createHttpTransport(windowAt(origin, '#once'));
    const got: unknown[] = [];
    const subject = { kind: 'stored' as const, profileId: crypto.randomUUID() };
    const result = await client(
      'tests.check',
      { subject, secrets: {}, until: null, recipient: null },
      { onEvent: (event) => got.push(event) },
    );
    expect(got).toEqual(events);
    expect(result).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
  });

  it('cancels the running call by its id and still takes its result', async () => {
    let finish: (() => void) | null = null;
    let arrived: (() => void) | null = null;
    const running = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { seen, origin } = await host(({ path }, response) => {
      if (path === '/api/cancel') {
        json(response, {});
        finish?.();
        return;
      }
      finish = () => json(response, { ok: false, error: { code: 'CANCELLED', facts: {} } });
      arrived?.();
    });
    const { client } = createHttpTransport(windowAt(origin, '#once'));
    const controller = new AbortController();
    const result = client('practice.stop', {}, { signal: controller.signal });
    await running;
    controller.abort();
    expect(await result).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    const call = seen.find(({ path }) => path === '/api/call');
    const cancel = seen.find(({ path }) => path === '/api/cancel');
    expect(cancel?.body).toEqual({ callId: call?.body.callId });
  });

  it('says that the session is over when the host does not let it in', async () => {
    const { origin } = await host((_seen, response) => json(response, {}));
    const { client, connection } = createHttpTransport(windowAt(origin, '#used-already'));
    expect(await client('app.info', {})).toMatchObject({ ok: false, error: { code: 'NOT_AVAILABLE' } });
    expect(connection.getState().state).toBe('no-session');
  });

  it('does not call at all without an exchange token', async () => {
    const { seen, origin } = await host((_seen, response) => json(response, {}));
    const { client, connection } = createHttpTransport(windowAt(origin, ''));
    expect(await client('app.info', {})).toMatchObject({ ok: false });
    expect(connection.getState().state).toBe('no-session');
    expect(seen).toEqual([]);
  });

  it('says that the host is lost when it stops, and comes back when it answers again', async () => {
    let isBroken = true;
    const { origin } = await host((_seen, response) => {
      if (isBroken) response.destroy();
      else json(response, { ok: true, value: preferences });
    });
    const { client, connection } = createHttpTransport(windowAt(origin, '#once'));
    expect(await client('preferences.get', {})).toMatchObject({ ok: false, error: { code: 'NOT_AVAILABLE' } });
    expect(connection.getState().state).toBe('lost');
    isBroken = false;
    expect(await client('preferences.get', {})).toMatchObject({ ok: true });
    expect(connection.getState().state).toBe('open');
  });

  it('passes on a refusal of the host, and takes an answer of another program for a lost host', async () => {
    const refusal = { ok: false, error: { code: 'INPUT_TOO_LARGE', facts: { what: 'The call', max: 1 } } };
    let body: unknown = refusal;
    const { origin } = await host((_seen, response) => {
      response.writeHead(413, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body));
    });
    const { client, connection } = createHttpTransport(windowAt(origin, '#once'));
    expect(await client('app.info', {})).toEqual(refusal);
    expect(connection.getState().state).toBe('open');
    body = { hello: 'world' };
    expect(await client('app.info', {})).toMatchObject({ ok: false, error: { code: 'NOT_AVAILABLE' } });
    expect(connection.getState().state).toBe('lost');
  });

  it('takes a stream without a result for a lost host, not for success', async () => {
    const { origin } = await host((_seen, response) => {
      response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
      response.end('{"event":{"type":"stage-started","stage":"dns"}}\n');
    });
    const { client, connection } = createHttpTransport(windowAt(origin, '#once'));
    expect(await client('practice.stop', {})).toMatchObject({ ok: false });
    expect(connection.getState().state).toBe('lost');
  });
});
