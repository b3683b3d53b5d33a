import { canonicalSslCode, sslCode, sslReason } from './ssl-code.ts';

/**
 * The code of a socket or TLS error. BoringSSL (Electron) and OpenSSL's EPROTO carry the reason only in the message; both
 * become `ERR_SSL_<REASON>` here so that one rule fits all runtimes.
 */
export function tlsErrorCode(error: NodeJS.ErrnoException): string {
  const code = error.code ?? '';
  if (code.startsWith('ERR_SSL_')) return canonicalSslCode(code);
  return sslCode(error.message) ?? code;
}

/** The reason alone for a TLS error; other errors' messages as they are. */
export function tlsErrorText(error: NodeJS.ErrnoException): string {
  return sslReason(error.message) || error.message;
}
