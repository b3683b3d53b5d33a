/**
 * The code of a socket or TLS error. BoringSSL (Electron) and OpenSSL's EPROTO carry the reason only in the message; both
 * become `ERR_SSL_<REASON>` here so that one rule fits all runtimes.
 */
export function tlsErrorCode(error: NodeJS.ErrnoException): string {
  const code = error.code ?? '';
  if (code.startsWith('ERR_SSL_')) return code;
  const reason = /SSL routines:[^:]*:([^:\n]+)/.exec(error.message)?.[1];
  return reason ? `ERR_SSL_${reason.trim().toUpperCase().replaceAll(' ', '_')}` : code;
}

/** OpenSSL's reason without the addresses and source lines around it; other errors' messages as they are. */
export function tlsErrorText(error: NodeJS.ErrnoException): string {
  const reason = /SSL routines:[^:]*:([^:\n]+)/.exec(error.message)?.[1];
  return reason?.trim() ?? error.message;
}
