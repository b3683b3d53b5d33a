import type { X509Certificate } from 'node:crypto';
import type { CertificateFault } from '../../../shared/certificate.ts';
import { escapeControls } from '../../../shared/text.ts';
import { type CertificatePath, describeKey, isSelfSigned } from './chain.ts';
import { matchName, namesOf } from './names.ts';
import { isWeakSignature, signatureAlgorithmOf } from './signature.ts';

/** Extended key usage for TLS servers, and the one that allows everything (RFC 5280 4.2.1.12). */
const SERVER_PURPOSES = ['1.3.6.1.5.5.7.3.1', '2.5.29.37.0'];

/** What is known when a chain is judged. */
export interface Evidence {
  path: CertificatePath;
  /** How many certificates the server sent. */
  sentCount: number;
  /** Name to find in the leaf. */
  expected: string;
  now: Date;
  /** OpenSSL's verdict on the chain, without the name: its error code, or '' when it trusts the chain. */
  verdict: string;
  /** True when the profile allows TLS 1.0 or 1.1, and with it what was usual in their time: SHA-1, keys below 1024 bits. */
  allowsOld: boolean;
  /** Depths of the certificates that a revocation list of the profile names. */
  revoked: readonly number[];
}

/**
 * Lists everything that is wrong with a chain, not only the first fault. Two judges: this list says *what* is wrong,
 * OpenSSL decides *whether* the chain holds. It also knows constraints that are not looked at here, and other ways to a
 * root: a chain that it trusts has no fatal fault but a wrong name or a weak signature or key, and one that it refuses has
 * at least one. What is weak is for us to say: OpenSSL's level differs between versions, and BoringSSL has none.
 */
export function faultsOf(evidence: Evidence): CertificateFault[] {
  const trusted = evidence.verdict === '';
  const chain = [
    ...trustFaults(evidence),
    ...evidence.path.certificates.flatMap((_, depth) => faultsAt(evidence, depth)),
  ];
  const kept = trusted ? chain.flatMap((fault) => softened(fault, evidence.allowsOld)) : chain;
  const explained = trusted || kept.some(({ fatal }) => fatal) ? kept : withExplanation(kept, evidence.verdict);
  return [...revokedFaults(evidence), ...explained, ...nameFaults(evidence)];
}

/** What is left of a fault in a chain that OpenSSL trusts. What the profile allows in as many words stays a warning. */
function softened(fault: CertificateFault, allowsOld: boolean): CertificateFault[] {
  if (fault.fault === 'weak-signature' || fault.fault === 'weak-key') {
    return [{ ...fault, fatal: fault.fatal && !allowsOld }];
  }
  return fault.fatal ? [] : [fault];
}

/** OpenSSL was not given the lists, so its verdict says nothing about them. */
function revokedFaults({ path, revoked }: Evidence): CertificateFault[] {
  return revoked.map((depth) => {
    const subject = name(path.certificates[depth]?.certificate.subject ?? '');
    return fatal('revoked', depth, `${subject} was revoked by its CA.`);
  });
}

function trustFaults({ path, sentCount }: Evidence): CertificateFault[] {
  const depth = path.certificates.length - 1;
  const top = path.certificates[depth]?.certificate;
  if (!top || path.end === 'anchor') return [];
  const subject = name(top.subject);
  const issuer = name(top.issuer);
  if (path.end === 'bad-signature') {
    return [fatal('bad-signature', depth, `The signature of ${subject} was not made by ${issuer}.`)];
  }
  if (path.end === 'self-signed' && depth === 0) {
    return [fatal('self-signed', 0, 'The certificate is signed by itself, so nobody vouches for it.')];
  }
  if (path.end === 'self-signed') {
    return [fatal('private-ca', depth, `The chain ends at ${subject}, a root that is not trusted here.`)];
  }
  if (sentCount <= 1) {
    const text = `The server does not send the certificate of the issuer, ${issuer}, and it is not known here.`;
    return [fatal('incomplete-chain', depth, text + whereToGet(top))];
  }
  const text = `The chain ends at ${subject}. The server does not send its issuer, ${issuer}, which is not trusted here.`;
  return [fatal('private-ca', depth, text + whereToGet(top))];
}

/** The address of the issuer's certificate that a certificate names (RFC 5280 4.2.2.1). It is told, never fetched. */
function whereToGet({ infoAccess }: X509Certificate): string {
  const url = /^CA Issuers - URI:(https?:\/\/[\x21-\x7e]{1,300})$/m.exec(infoAccess ?? '')?.[1];
  return url === undefined ? '' : ` The certificate says that it is at ${url}.`;
}

function faultsAt({ path, now }: Evidence, depth: number): CertificateFault[] {
  const certificate = path.certificates[depth]?.certificate;
  if (!certificate) return [];
  return [
    ...validityFaults(certificate, depth, now),
    ...keyFaults(certificate, depth),
    ...signatureFaults(certificate, depth),
    ...(depth === 0 ? purposeFaults(certificate) : issuerFaults(certificate, depth)),
  ];
}

function validityFaults(certificate: X509Certificate, depth: number, now: Date): CertificateFault[] {
  const subject = name(certificate.subject);
  if (now < new Date(certificate.validFrom)) {
    return [fatal('not-yet-valid', depth, `${subject} is valid only from ${inWords(certificate.validFrom)}.`)];
  }
  if (now > new Date(certificate.validTo)) {
    return [fatal('expired', depth, `${subject} ended on ${inWords(certificate.validTo)}.`)];
  }
  return [];
}

/** OpenSSL's `Oct 17 04:35:54 2026 GMT` as people write it: 17 October 2026. */
function inWords(date: string): string {
  return new Date(date).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
}

function keyFaults({ publicKey }: X509Certificate, depth: number): CertificateFault[] {
  const { modulusLength } = publicKey.asymmetricKeyDetails ?? {};
  const curveBits = Number(/\d{3}/.exec(describeKey(publicKey))?.[0] ?? 256);
  const weak =
    publicKey.asymmetricKeyType === 'ec' ? curveBits < 256 : modulusLength !== undefined && modulusLength < 2048;
  if (!weak) return [];
  const text = `The key is weak: ${describeKey(publicKey)}.`;
  // 1024 bits are the least that OpenSSL's level 1 takes, which Node and most programs use.
  return [
    modulusLength !== undefined && modulusLength < 1024
      ? fatal('weak-key', depth, text)
      : warning('weak-key', depth, text),
  ];
}

function signatureFaults(certificate: X509Certificate, depth: number): CertificateFault[] {
  // Nobody relies on the signature of a root: it is trusted for being in the store.
  if (isSelfSigned(certificate)) return [];
  const algorithm = signatureAlgorithmOf(certificate.raw);
  if (!isWeakSignature(algorithm)) return [];
  return [
    fatal('weak-signature', depth, `${name(certificate.subject)} is signed with ${algorithm}, which can be forged.`),
  ];
}

function purposeFaults(leaf: X509Certificate): CertificateFault[] {
  // `keyUsage` is Node's name for the *extended* key usage.
  const purposes = leaf.keyUsage as string[] | undefined;
  if (!purposes || purposes.some((purpose) => SERVER_PURPOSES.includes(purpose))) return [];
  return [fatal('wrong-purpose', 0, 'The certificate is not meant for servers.')];
}

function issuerFaults(certificate: X509Certificate, depth: number): CertificateFault[] {
  if (certificate.ca) return [];
  return [fatal('not-a-ca', depth, `${name(certificate.subject)} may not issue certificates.`)];
}

function nameFaults({ path, expected }: Evidence): CertificateFault[] {
  const leaf = path.certificates[0]?.certificate;
  if (!leaf) return [];
  const match = matchName(leaf, expected);
  if (match === 'san') return [];
  if (match === 'cn-only') {
    const text = `${expected} stands only in the common name. Newer clients look only at subjectAltName and refuse this.`;
    return [warning('cn-only', 0, text)];
  }
  const names = namesOf(leaf).slice(0, 10).map(escapeControls).join(', ');
  const holds = names === '' ? 'no names' : names;
  return [fatal('name-mismatch', 0, `The certificate is not for ${expected}. It holds ${holds}.`)];
}

/** OpenSSL refuses the chain although nothing on our list is fatal: a weak key is too weak for it, or it knows more. */
function withExplanation(faults: CertificateFault[], verdict: string): CertificateFault[] {
  if (!faults.some(({ fault }) => fault === 'weak-key')) {
    return [...faults, fatal('bad-signature', 0, `The chain is not valid: ${escapeControls(verdict)}.`)];
  }
  return faults.map((fault) =>
    fault.fault === 'weak-key' ? { ...fault, fatal: true, text: `${fault.text} OpenSSL refuses it.` } : fault,
  );
}

function name(distinguished: string): string {
  const common = /^CN=(.*)$/m.exec(distinguished)?.[1];
  return (
    escapeControls((common ?? distinguished.split('\n').join(', ')).slice(0, 200)) || 'A certificate without a name'
  );
}

function fatal(fault: CertificateFault['fault'], depth: number, text: string): CertificateFault {
  return { fault, depth, text, fatal: true };
}

function warning(fault: CertificateFault['fault'], depth: number, text: string): CertificateFault {
  return { fault, depth, text, fatal: false };
}
