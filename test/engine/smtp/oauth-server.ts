import { createServer as createPlain, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

/** One request that the token server got. */
export interface AskedToken {
  form: URLSearchParams;
  /** Authorization header, or ''. */
  authorization: string;
}

/** What the token server answers; null never answers. */
export type TokenReply = { status?: number; headers?: Record<string, string>; body: string | object } | null;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A token server on loopback that ends with the test. It answers each request with what `answer` says. */
export async function tokenServer(
  answer: (asked: AskedToken, count: number) => TokenReply,
  tls?: { key: string; cert: string },
): Promise<{ url: string; asked: AskedToken[] }> {
  const asked: AskedToken[] = [];
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const got = { form: new URLSearchParams(body), authorization: request.headers.authorization ?? '' };
      asked.push(got);
      const reply = answer(got, asked.length);
      if (!reply) return;
      const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
      response.writeHead(reply.status ?? 200, reply.headers ?? {}).end(text);
    });
  };
  const server = tls ? createSecure(tls, onRequest) : createPlain(onRequest);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/token`, asked };
}

/** A token that works, for an hour unless told otherwise. */
export function goodToken(token: string, rest: object = {}): TokenReply {
  return { body: { access_token: token, token_type: 'Bearer', expires_in: 3600, ...rest } };
}

/** An unsigned JWT with these claims, as Microsoft's tokens are shaped. */
export function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ typ: 'JWT', alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`;
}
