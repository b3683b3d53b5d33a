import type { GalleryGroup } from '../scenario.ts';

/** Servers whose certificate cannot be trusted, or should not. */
export const CERTIFICATE: GalleryGroup<'certificate'> = {
  expired: {
    title: 'Expired certificate',
    description: 'Shows a certificate that ran out 35 days ago.',
    ends: ['certificate', 'CERT_EXPIRED'],
    behaviour: { certificate: 'expired' },
  },
  'expires-soon': {
    title: 'Certificate ends soon',
    description: 'Shows a certificate that runs out in three days. All else works.',
    warns: 'CERT_EXPIRES_SOON',
    behaviour: { certificate: 'expires-soon' },
  },
  'not-yet-valid': {
    title: 'Certificate not yet valid',
    description: 'Shows a certificate that begins in 30 days.',
    ends: ['certificate', 'CERT_NOT_YET'],
    behaviour: { certificate: 'not-yet-valid' },
  },
  'wrong-host': {
    title: 'Certificate of another host',
    description: 'Shows a certificate made out to mail.elsewhere.example.',
    ends: ['certificate', 'CERT_NAME_MISMATCH'],
    behaviour: { certificate: 'wrong-host' },
  },
  'no-address': {
    title: 'Certificate without the address',
    description: 'Shows a certificate with names only, while the profile connects to an IP address.',
    ends: ['certificate', 'CERT_IP_HOST'],
    profile: { byAddress: true },
    behaviour: { certificate: 'names-only' },
  },
  'self-signed': {
    title: 'Self-signed certificate',
    description: 'Shows a certificate that it signed itself, so nobody vouches for it.',
    ends: ['certificate', 'CERT_SELF_SIGNED'],
    behaviour: { certificate: 'self-signed' },
  },
  'private-ca': {
    title: 'Private CA',
    description: 'Shows a certificate of a company’s own CA, with all that leads to its root but the root.',
    ends: ['certificate', 'CERT_PRIVATE_CA'],
    behaviour: { certificate: 'private-ca' },
  },
  'private-root-sent': {
    title: 'Private CA, root sent along',
    description: 'Shows a certificate of a company’s own CA, and sends its root too. That does not make it trusted.',
    ends: ['certificate', 'CERT_PRIVATE_CA'],
    behaviour: { certificate: 'unknown-ca' },
  },
  'incomplete-chain': {
    title: 'Incomplete chain',
    description: 'Does not send the intermediate certificate that leads to its CA.',
    ends: ['certificate', 'CERT_INCOMPLETE_CHAIN'],
    behaviour: { certificate: 'incomplete-chain' },
  },
  revoked: {
    title: 'Revoked certificate',
    description:
      'Shows a certificate that its CA has revoked. The profile gets the CA’s revocation list along with the CA.',
    ends: ['certificate', 'CERT_REVOKED'],
    profile: { revocationList: true },
    behaviour: { certificate: 'revoked' },
  },
  'name-only-in-subject': {
    title: 'Name only in the subject',
    description:
      'Shows a certificate whose name stands only in the common name, which newer software does not look at.',
    warns: 'CERT_CN_ONLY',
    behaviour: { certificate: 'name-only-in-subject' },
  },
  'wrong-purpose': {
    title: 'Certificate of a client',
    description: 'Shows a certificate that is meant for clients, not for servers.',
    ends: ['certificate', 'CERT_PURPOSE'],
    behaviour: { certificate: 'wrong-purpose' },
  },
  'other-without-sni': {
    title: 'Another certificate without SNI',
    description: 'Shows its right certificate only to clients that name it, and that of another host to all others.',
    ends: ['certificate', 'CERT_IP_HOST'],
    profile: { byAddress: true },
    behaviour: { certificateWithoutSni: 'wrong-host' },
  },
  'none-without-sni': {
    title: 'No certificate without SNI',
    description: 'Has a certificate only for clients that name it, and breaks off the handshake with all others.',
    ends: ['starttls', 'TLS_HANDSHAKE_FAILURE'],
    profile: { byAddress: true },
    behaviour: { certificateWithoutSni: 'none' },
  },
  antivirus: {
    title: 'Antivirus in between',
    description: 'Shows a certificate that an antivirus made, as it does to read mail on its way.',
    ends: ['certificate', 'CERT_AV_INTERCEPT'],
    behaviour: { certificate: 'antivirus' },
  },
  'rsa-1024': {
    title: 'Weak key',
    description: 'Shows a certificate with an RSA key of 1024 bits, which newer software refuses. All else works.',
    warns: 'CERT_WEAK_KEY_WARN',
    behaviour: { certificate: 'weak-key' },
  },
  'rsa-768': {
    title: 'Key too weak',
    description: 'Shows a certificate with an RSA key of 768 bits, which can be broken.',
    ends: ['certificate', 'TLS_KEY_TOO_SMALL'],
    behaviour: { certificate: 'rsa-768' },
  },
  'sha-1': {
    title: 'Weak signature',
    description: 'Shows a certificate signed with SHA-1, which can be forged.',
    ends: ['certificate', 'TLS_MD_TOO_WEAK'],
    behaviour: { certificate: 'sha-1' },
  },
};
