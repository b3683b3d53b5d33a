import type { IncomingMessage } from 'node:http';
import type { Tokens } from './tokens.ts';

/** The page that the redirect file of `--open` leads to; see browser.ts. */
export const ENTRY_PATH = '/open';

/** Why a request is refused: status and one plain sentence. */
export interface Refusal {
  status: 401 | 403 | 405 | 415;
  text: string;
}

/**
 * Decides on a request by its headers alone, before any byte of its body is read. Order matters: Host first, since a
 * rebinding request carries neither Origin nor Sec-Fetch-Site; then who sent it; then the token; then its form.
 */
export function guard(request: IncomingMessage, path: string, port: number, tokens: Tokens): Refusal | null {
  const { headers, method = '' } = request;
  if (!hostsOf(port).includes(headers.host ?? '')) return { status: 403, text: 'This host name is not served.' };
  // A second Host header could hide behind the first one.
  if (occurrences(request, 'host') !== 1) return { status: 403, text: 'This host name is not served.' };
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) {
    return { status: 403, text: 'This origin is not served.' };
  }
  if (!comesFromHere(request, path)) return { status: 403, text: 'Requests from other sites are not served.' };
  const isApi = path === '/api' || path.startsWith('/api/');
  if (!isApi) {
    return method === 'GET' || method === 'HEAD' ? null : { status: 405, text: 'Only GET is served here.' };
  }
  // The exchange token in its body is what this one request brings instead.
  const exchanging = path === '/api/session';
  if (!exchanging && !tokens.isSession(headers.authorization))
    return { status: 401, text: 'The session is not known.' };
  if (method !== 'POST') return { status: 405, text: 'Only POST is served here.' };
  // A form can send text/plain without asking; JSON from elsewhere needs a preflight, which nobody answers.
  if (!/^application\/json(; ?charset=utf-8)?$/i.test(headers['content-type'] ?? '')) {
    return { status: 415, text: 'Only application/json is served here.' };
  }
  return null;
}

function hostsOf(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
}

function comesFromHere({ headers }: IncomingMessage, path: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return true;
  // Browsers call a navigation from a local file cross-site. This one page holds nothing and does nothing but lead on,
  // and only as a whole document: it cannot be framed, fetched or embedded.
  const isNavigation = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return path === ENTRY_PATH && isNavigation && headers.origin === undefined;
}

function occurrences({ rawHeaders }: IncomingMessage, name: string): number {
  return rawHeaders.filter((header, index) => index % 2 === 0 && header.toLowerCase() === name).length;
}
