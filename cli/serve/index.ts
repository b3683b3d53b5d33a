import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import type { Engine } from '../../engine/index.ts';
import { appErrorOf } from '../../shared/errors.ts';
import { fail } from '../../shared/result.ts';
import { MAX_BODY_BYTES, readJson } from './body.ts';
import { Calls } from './calls.ts';
import { ENTRY_PATH, guard } from './guard.ts';
import { IDLE_MS, IdleWatch } from './idle.ts';
import { type ListenLimits, listenOnLoopback } from './listen.ts';
import { send, sendJson } from './responses.ts';
import { readStaticFiles } from './static-files.ts';
import { Tokens } from './tokens.ts';

export { PortTakenError } from './listen.ts';

/** What the host needs. */
export interface LoopbackOptions {
  engine: Engine;
  /** Folder of the built window. */
  rendererDirectory: string;
  /** Fixed port; a free one if absent. */
  port?: number;
  /** Milliseconds on any clock that only goes forward. */
  now?: () => number;
  /** Milliseconds without a request after which it ends. */
  idleMs?: number;
  limits?: ListenLimits;
}

/** A running host. */
export interface Loopback {
  port: number;
  /** Address with a one-time token in its fragment: works once, for 60 s. */
  url: string;
  /** Another such address; `entry` leads through the page that a local file may link to. */
  freshUrl(kind?: 'direct' | 'entry'): string;
  /** Looks whether the idle time has passed; runs by itself as well. */
  checkIdle(): void;
  /** Settles when it ended, and why. */
  closed: Promise<'closed' | 'idle'>;
  close(): Promise<void>;
}

const sessionBody = z.strictObject({ exchange: z.string().check(z.maxLength(200)) });

/** Serves window and engine on loopback. Throws PortTakenError when a fixed port cannot be had. */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const { engine, rendererDirectory, now = () => performance.now(), idleMs = IDLE_MS } = options;
  const files = readStaticFiles(rendererDirectory);
  const tokens = new Tokens(now);
  const calls = new Calls(engine);
  let port = 0;
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    idle.touch();
    const path = (request.url ?? '').split(/[?#]/, 1)[0] ?? '';
    const refusal = guard(request, path, port, tokens);
    if (refusal) return refuse(request, response, refusal.status, refusal.text);
    if (!path.startsWith('/api')) return sendFile(path, response);
    return answer(path, request, response);
  };
  const listening = await listenOnLoopback(
    (request, response) => {
      handle(request, response).catch(() => refuse(request, response, 500, 'The request failed.'));
    },
    options.port ?? 0,
    options.limits,
  );
  const { servers } = listening;
  port = listening.port;

  let settle: (reason: 'closed' | 'idle') => void = () => {};
  const closed = new Promise<'closed' | 'idle'>((resolve) => {
    settle = resolve;
  });
  const close = async (reason: 'closed' | 'idle' = 'closed') => {
    idle.stop();
    calls.cancelAll();
    await Promise.all(
      servers.map(
        (server) =>
          new Promise<void>((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      ),
    );
    settle(reason);
  };
  const idle = new IdleWatch({ now, idleMs, isBusy: () => calls.count > 0, onIdle: () => void close('idle') });
  const freshUrl = (kind: 'direct' | 'entry' = 'direct') =>
    `http://127.0.0.1:${port}${kind === 'entry' ? ENTRY_PATH : '/'}#${tokens.newExchange()}`;

  return { port, url: freshUrl(), freshUrl, checkIdle: () => idle.check(), closed, close: () => close() };

  function sendFile(path: string, response: ServerResponse): void {
    const file = files.get(path);
    if (file) send(response, 200, file.type, file.bytes);
    else send(response, 404, 'text/plain; charset=utf-8', 'There is nothing here.');
  }

  async function answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!['/api/session', '/api/call', '/api/cancel'].includes(path)) {
      return refuse(request, response, 404, 'There is nothing here.');
    }
    const body = await readJson(request);
    if (body === 'too-large') {
      response.setHeader('Connection', 'close');
      return sendJson(response, 413, fail(appErrorOf('INPUT_TOO_LARGE', { what: 'The request', max: MAX_BODY_BYTES })));
    }
    if (body === 'invalid') {
      const problems = [{ field: '', message: 'This is not JSON.' }];
      return sendJson(response, 400, fail(appErrorOf('INVALID_INPUT', { problems })));
    }
    if (path === '/api/call') return calls.call(body.value, response);
    if (path === '/api/cancel') return calls.cancel(body.value, response);
    const parsed = sessionBody.safeParse(body.value);
    const token = parsed.success ? tokens.exchange(parsed.data.exchange) : null;
    if (token === null) return refuse(request, response, 401, 'The link was used or is too old.');
    sendJson(response, 200, { token });
  }
}

/** Refuses without reading on: the connection ends, so that a body that still comes goes nowhere. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  if (!request.complete) response.setHeader('Connection', 'close');
  send(response, status, 'text/plain; charset=utf-8', text);
}
