import type { SiteFile } from '../engine/site.ts';
import { contentSecurityPolicy } from '../shared/csp.ts';
import { isOwnUrl } from './security.ts';

const HEADERS = {
  'Content-Security-Policy': contentSecurityPolicy('none'),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;

/**
 * Answers `app://bundle/...` from the map of built files: GET only, exact paths, nothing decoded into a file path.
 * Takes the map from {@link readSite}.
 */
export function createProtocolHandler(site: Map<string, SiteFile>): (request: Request) => Response {
  return (request) => {
    if (request.method !== 'GET') return refuse(405);
    if (!isOwnUrl(request.url)) return refuse(403);
    const file = site.get(new URL(request.url).pathname);
    if (!file) return refuse(404);
    return new Response(new Uint8Array(file.bytes), { headers: { ...HEADERS, 'Content-Type': file.type } });
  };
}

function refuse(status: number): Response {
  return new Response(`${status}`, { status, headers: { ...HEADERS, 'Content-Type': 'text/plain' } });
}
