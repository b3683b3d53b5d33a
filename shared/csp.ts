/**
 * Hash of the one fixed `<style>` that react-aria-components writes at run time (its press style). A test computes it
 * anew from the installed library and fails when it drifts.
 */
export const REACT_ARIA_STYLE_HASH = 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o=';

/**
 * The content security policy of the window. `connect` is 'self' for the loopback host, whose API is on its own origin,
 * and 'none' in Electron, where IPC needs no network.
 */
export function contentSecurityPolicy(connect: 'self' | 'none'): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' '${REACT_ARIA_STYLE_HASH}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src '${connect}'`,
    "worker-src 'none'",
    "frame-src 'none'",
    "object-src 'none'",
    "media-src 'none'",
    "manifest-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    // One policy, for the sandboxed frame that shows the HTML of a practice message; it can be made once only.
    'trusted-types message-frame',
  ].join('; ');
}
