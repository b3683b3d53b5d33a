import type { ServerResponse } from 'node:http';
import { SECURITY_HEADERS } from './headers.ts';

/** Sends a JSON document. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(value));
}

/** Sends a body with the security headers; an answer is never empty, since browsers show an empty one as a failure. */
export function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { ...SECURITY_HEADERS, 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

/** Begins an answer of one JSON document a line. */
export function startNdjson(response: ServerResponse): void {
  response.writeHead(200, { ...SECURITY_HEADERS, 'Content-Type': 'application/x-ndjson; charset=utf-8' });
  response.flushHeaders();
}

/** Writes one line of such an answer; nothing once the caller has gone. */
export function writeNdjson(response: ServerResponse, value: unknown): void {
  if (!response.destroyed) response.write(`${JSON.stringify(value)}\n`);
}
