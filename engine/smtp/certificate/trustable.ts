import type { CertificateFault } from '../../../shared/certificate.ts';
import type { CertificatePath } from './chain.ts';

/** Faults that trusting the certificate at the end of the chain mends. */
const MENDED: readonly CertificateFault['fault'][] = ['self-signed', 'private-ca'];

/**
 * Place of the certificate that a profile would have to trust: the root of a private CA, or a certificate that vouches for
 * itself. Null where something else is wrong too, and where the server does not send the root.
 */
export function trustableDepth(path: CertificatePath, faults: readonly CertificateFault[]): number | null {
  const fatal = faults.filter((fault) => fault.fatal);
  if (path.end !== 'self-signed' || fatal.length === 0) return null;
  return fatal.every(({ fault }) => MENDED.includes(fault)) ? path.certificates.length - 1 : null;
}
