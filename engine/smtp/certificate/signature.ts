/** Names of signature algorithms by their DER-encoded object identifier in hex (RFC 8017, 5758, 8410). */
const ALGORITHMS: Record<string, string> = {
  '2a864886f70d010102': 'RSA with MD2',
  '2a864886f70d010104': 'RSA with MD5',
  '2a864886f70d010105': 'RSA with SHA-1',
  '2a864886f70d01010a': 'RSA-PSS',
  '2a864886f70d01010b': 'RSA with SHA-256',
  '2a864886f70d01010c': 'RSA with SHA-384',
  '2a864886f70d01010d': 'RSA with SHA-512',
  '2a8648ce380403': 'DSA with SHA-1',
  '2a8648ce3d0401': 'ECDSA with SHA-1',
  '2a8648ce3d040302': 'ECDSA with SHA-256',
  '2a8648ce3d040303': 'ECDSA with SHA-384',
  '2a8648ce3d040304': 'ECDSA with SHA-512',
  '2b6570': 'Ed25519',
  '2b6571': 'Ed448',
};

/**
 * Name of the algorithm that a certificate is signed with, from its DER bytes; the hex identifier when it is not known,
 * '' when the bytes are no certificate. Node 20 does not tell it: Certificate ::= SEQUENCE { tbs SEQUENCE, algorithm
 * SEQUENCE { OBJECT IDENTIFIER, ... }, ... } (RFC 5280 4.1).
 */
export function signatureAlgorithmOf(der: Buffer): string {
  const outer = elementAt(der, 0, 0x30);
  const tbs = outer && elementAt(der, outer.start, 0x30);
  const algorithm = tbs && elementAt(der, tbs.end, 0x30);
  const identifier = algorithm && elementAt(der, algorithm.start, 0x06);
  if (!identifier) return '';
  const hex = der.subarray(identifier.start, identifier.end).toString('hex');
  return ALGORITHMS[hex] ?? hex;
}

/** True for hashes that can be forged: MD2, MD5, SHA-1. */
export function isWeakSignature(algorithm: string): boolean {
  return /MD2|MD5|SHA-1$/.test(algorithm);
}

interface Element {
  start: number;
  end: number;
}

function elementAt(der: Buffer, offset: number, tag: number): Element | null {
  if (der[offset] !== tag) return null;
  const first = der[offset + 1];
  if (first === undefined) return null;
  if (first < 0x80) return bounded(der, offset + 2, first);
  const octets = first & 0x7f;
  if (octets < 1 || octets > 4 || offset + 2 + octets > der.length) return null;
  return bounded(der, offset + 2 + octets, der.readUIntBE(offset + 2, octets));
}

function bounded(der: Buffer, start: number, length: number): Element | null {
  return start + length <= der.length ? { start, end: start + length } : null;
}
