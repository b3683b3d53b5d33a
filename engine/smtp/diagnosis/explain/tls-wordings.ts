import type { Wording } from './wording.ts';

const tls = (pattern: RegExp, code: string): Wording => ({ pattern, code, stage: 'tls' });
const certificate = (pattern: RegExp, code: string, facts?: Wording['facts']): Wording => ({
  pattern,
  code,
  stage: 'certificate',
  ...(facts && { facts }),
});

/** TLS and certificate faults as Node, Go, Java, Python, Ruby, PHP and .NET word them. */
export const TLS_WORDINGS: readonly Wording[] = [
  tls(
    /wrong[ _]version[ _]number|first record does not look like a TLS handshake|un(?:supported or un)?recognized SSL message|plaintext connection\?|packet length too long|cannot determine the frame size|received corrupt message/i,
    'ERR_SSL_WRONG_VERSION_NUMBER',
  ),
  tls(
    /(?:alert|fatal alert:|SSL:) ?protocol[ _]version|TLSV1_ALERT_PROTOCOL_VERSION|unsupported[ _]protocol|protocol version not supported|selected unsupported protocol version|no appropriate protocol|protocol version TLS\S{0,8} (?:is )?not accepted|tlsv1 alert protocol version/i,
    'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  ),
  tls(
    /alert[ _]handshake[ _]failure|fatal alert: handshake_failure|remote error: tls: handshake failure|no cipher suite supported by both|no cipher suites in common|no[ _]shared[ _]cipher/i,
    'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
  ),
  tls(
    /dh[ _]key[ _]too[ _]small|could not generate DH keypair|DHPublicKey does not comply/i,
    'ERR_SSL_DH_KEY_TOO_SMALL',
  ),
  tls(
    /tls: certificate required|alert: certificate_required|alert certificate required|BAD_CERTIFICATE_REQUIRED/i,
    'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
  ),
  tls(
    /remote error: tls: (?:bad certificate|unknown certificate authority)|alert: (?:bad_certificate|unknown_ca)|tlsv1 alert unknown ca/i,
    'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
  ),
  tls(/unrecognized[ _]name/i, 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME'),
  tls(/unsafe legacy renegotiation disabled|legacy sigalg disallowed/i, 'ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED'),
  tls(
    /remote error: tls: internal error|alert: internal_error|alert internal error/i,
    'ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR',
  ),
  {
    pattern: /TLS handshake timeout|SSL handshake timed out|handshake operation timed out/i,
    stage: 'tls',
    facts: { timeoutPhase: 'tls' },
  },

  certificate(/self[- ]signed certificate in (?:certificate )?chain/i, 'SELF_SIGNED_CERT_IN_CHAIN'),
  certificate(/self[- ]signed certificate(?! in (?:certificate )?chain)/i, 'DEPTH_ZERO_SELF_SIGNED_CERT'),
  certificate(
    /signed by unknown authority|unable to find valid certification path|PKIX path building failed|unable to get (?:local )?issuer certificate|RemoteCertificateChainErrors|not trusted by the trust provider|certificate is not trusted|SunCertPathBuilderException|remote certificate is invalid according to the validation procedure|invalid peer certificate: UnknownIssuer|certificate verify failed(?! ?[(:])/i,
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  ),
  certificate(/unable to verify the first certificate/i, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
  // Go says "expired or is not yet valid: current time X is before Y" for both.
  certificate(
    /not yet valid: current time[^\n]{1,120}is before|certificate is not yet valid|CertificateNotYetValidException|NotBefore:/i,
    'CERT_NOT_YET_VALID',
  ),
  certificate(
    /certificate has expired(?![^\n]{0,160}is before)|CertificateExpiredException|NotAfter:|certificate:? expired/i,
    'CERT_HAS_EXPIRED',
  ),
  certificate(
    /doesn't contain any IP SANs|IP address mismatch|no subject alternative names matching IP address/i,
    'ERR_TLS_CERT_ALTNAME_INVALID',
    { hostIsIp: true },
  ),
  certificate(
    /x509: certificate is (?:valid for|not valid for any names)|does not match certificate's altnames|hostname mismatch|did not match expected CN|no subject alternative (?:DNS )?names? (?:matching|present)|no name matching|does not match the server certificate|RemoteCertificateNameMismatch|certificate (?:is )?not valid for|hostname doesn't match|NotValidForName/i,
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ),
  { pattern: /relies on legacy Common Name field/i, stage: 'certificate', facts: { certHasSan: false } },
  certificate(/certificate (?:has been |is |was )?revoked|CertificateRevokedException/i, 'CERT_REVOKED'),
  certificate(/ee[ _]key[ _]too[ _]small|ca[ _]key[ _]too[ _]small/i, 'EE_KEY_TOO_SMALL'),
  certificate(/(?:ca )?md[ _]too[ _]weak|digest algorithm too weak/i, 'CA_MD_TOO_WEAK'),
  certificate(
    /incompatible key usage|unsupported certificate purpose|certificate specifies an incompatible/i,
    'INVALID_PURPOSE',
  ),
];
