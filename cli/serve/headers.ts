import type { OutgoingHttpHeaders } from 'node:http';
import { contentSecurityPolicy } from '../../shared/csp.ts';

/** Headers of every response, refusals too. No cookie and no CORS header is ever sent. */
export const SECURITY_HEADERS: OutgoingHttpHeaders = {
  'Content-Security-Policy': contentSecurityPolicy('self'),
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cache-Control': 'no-store',
};
