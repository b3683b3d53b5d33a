const OPENSSL_REASON = /SSL routines:[^:\r\n]{0,80}:([^:\r\n]{1,80})/i;

/** Names of BoringSSL, of OpenSSL's newer and older versions, and the one that stands for all of them here. */
const SAME: Readonly<Record<string, string>> = {
  ERR_SSL_HANDSHAKE_FAILURE_ON_CLIENT_HELLO: 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
  ERR_SSL_TLSV1_CERTIFICATE_REQUIRED: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
  ERR_SSL_TLSV1_ALERT_CERTIFICATE_REQUIRED: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
  ERR_SSL_TLSV1_ALERT_UNRECOGNIZED_NAME: 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME',
  ERR_SSL_BAD_DH_P_LENGTH: 'ERR_SSL_DH_KEY_TOO_SMALL',
  ERR_SSL_HTTPS_PROXY_REQUEST: 'ERR_SSL_HTTP_REQUEST',
};

/** OpenSSL's or BoringSSL's reason in an error message, without the addresses and source lines around it; '' for none. */
export function sslReason(message: string): string {
  return OPENSSL_REASON.exec(message)?.[1]?.trim() ?? '';
}

/**
 * The name `ERR_SSL_<REASON>` for a TLS error, or undefined when the message holds none. Node raises EPROTO with the
 * reason only in the message, and Electron's BoringSSL writes `SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER`
 * (electron#23347).
 */
export function sslCode(message: string): string | undefined {
  const reason = sslReason(message);
  return reason === '' ? undefined : canonicalSslCode(`ERR_SSL_${reason.toUpperCase().replaceAll(' ', '_')}`);
}

/** One name for a reason that the runtimes name differently. OpenSSL 3.2 renamed its `sslv3 alert` to `ssl/tls alert`. */
export function canonicalSslCode(code: string): string {
  const renamed = code.replace('SSL/TLS_ALERT', 'SSLV3_ALERT');
  return SAME[renamed] ?? renamed;
}
