import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Loopback, type LoopbackOptions, startLoopback } from '../../../cli/serve/index.ts';
import type { Engine } from '../../../engine/index.ts';
import { emptyFakeEngine } from './fake-engine.ts';

type Dispatch = Engine['dispatch'];

/** A host on a fake engine that counts its calls, with a window of a few files. */
export interface TestHost extends Loopback {
  /** Names of the requests that reached the engine. */
  calls: string[];
  send(options: SendOptions): Promise<Answer>;
  /** Swaps a fresh link for a session token. */
  token(): Promise<string>;
  stop(): Promise<void>;
}

export interface SendOptions {
  method?: string;
  path?: string;
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export async function testHost(
  dispatch: Dispatch = async () => ({ ok: true, value: {} }),
  options: Partial<LoopbackOptions> = {},
): Promise<TestHost> {
  const directory = mkdtempSync(join(tmpdir(), 'relaysmith-window-'));
  mkdirSync(join(directory, 'assets'));
  writeFileSync(join(directory, 'index.html'), '<!doctype html><title>window</title>');
  writeFileSync(join(directory, 'assets', 'main.js'), 'export {};');
  writeFileSync(join(directory, 'assets', 'font.woff2'), 'font');
  writeFileSync(join(directory, 'secret.env'), 'canary-not-served');
  const calls: string[] = [];
  const engine: Engine = {
    ...emptyFakeEngine(),
    dispatch: (name, input, callOptions) => {
      calls.push(name);
      return dispatch(name, input, callOptions);
    },
  };
  const host = await startLoopback({ engine, rendererDirectory: directory, ...options });
  const send = (sendOptions: SendOptions) => sendTo(host.port, sendOptions);
  return {
    ...host,
    calls,
    send,
    token: async () => {
      const exchange = new URL(host.freshUrl()).hash.slice(1);
      const { text } = await send({
        method: 'POST',
        path: '/api/session',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ exchange }),
      });
      return (JSON.parse(text) as { token: string }).token;
    },
    stop: async () => {
      await host.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function sendTo(port: number, { method = 'GET', path = '/', headers = {}, body }: SendOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port, method, path, headers: { host: `127.0.0.1:${port}`, ...headers }, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
