import { TLSSocket } from 'node:tls';
import type { CertificateFault } from '../../../shared/certificate.ts';
import { isAddress, isLoopback } from '../../../shared/host.ts';
import { TrustAnchors } from '../certificate/anchors.ts';
import { buildPath, describeCertificate, sentChain } from '../certificate/chain.ts';
import { certificateFacts, certificateFailures } from '../certificate/failures.ts';
import { faultsOf } from '../certificate/faults.ts';
import { revokedIn } from '../certificate/revocation.ts';
import { trustableDepth } from '../certificate/trustable.ts';
import { clockFacts } from '../clock.ts';
import {
  failedStage,
  failing,
  passedStage,
  type RuleFacts,
  type StageOutcome,
  skippedStage,
  warnedStage,
} from '../failure.ts';
import { connectionOf, type Session } from '../session.ts';
import { expectedName } from '../tls.ts';

/** Judges the server's certificate chain. With a fatal fault the run ends here: no password is sent. */
export async function certificateStage(session: Session): Promise<StageOutcome> {
  const { socket } = connectionOf(session);
  if (!(socket instanceof TLSSocket)) {
    return skippedStage('not-applicable', 'The connection is not encrypted, so there is no certificate.');
  }
  const { verifyCertificate, caPem, minVersion } = session.settings.tls;
  const sent = sentChain(socket);
  const path = buildPath(sent, new TrustAnchors(caPem));
  const now = session.now();
  const expected = expectedName(session);
  const verdict = socket.authorized ? '' : verdictOf(socket);
  const allowsOld = minVersion === 'TLSv1' || minVersion === 'TLSv1.1';
  const revoked = await revokedIn(path, caPem);
  const faults = faultsOf({ path, sentCount: sent.length, expected, now, verdict, allowsOld, revoked });
  const trusted = sent.length > 0 && !faults.some(({ fatal }) => fatal);
  session.chain = path.certificates.map(({ certificate, sent: own }) => describeCertificate(certificate, own, now));
  session.trustable = trustableDepth(path, faults);
  const facts = { serverName: expected, chain: session.chain, faults, trusted, verified: verifyCertificate };
  const leaf = session.chain[0];
  const ruleFacts = {
    ...certificateFacts(session.chain, sent[0]?.subjectAltName !== undefined),
    ...nameFacts(session, expected),
    ...clockFacts(session.banner, now),
  };
  if (!verifyCertificate) return warnedStage(uncheckedNote(trusted), facts, ruleFacts);
  if (trusted) {
    const warning = faults[0];
    if (warning) return warnedStage(warning.text, facts, ruleFacts);
    return passedStage(`Trusted, ${leaf?.daysLeft ?? 0} days left`, facts, ruleFacts);
  }
  const [first, ...others] = certificateFailures(faults, ruleFacts);
  const failure = first ?? failing('NO_CERTIFICATE', 'The server showed no certificate').failure;
  return { ...failedStage(failure, summary(faults), facts), alsoFailing: others };
}

/** What is odd about the host as a name in a certificate. A server name of its own in the profile replaces the host. */
function nameFacts({ settings }: Session, expected: string): RuleFacts {
  const own = settings.tls.serverName !== '';
  const isName = !isAddress(expected) && !isLoopback(expected);
  return { hostIsIp: !own && isAddress(expected), hostIsShort: !own && isName && !expected.includes('.') };
}

function uncheckedNote(trusted: boolean): string {
  const off = 'Not checked: the profile accepts any certificate';
  return trusted
    ? `${off}. This one would be trusted`
    : `${off}. This one is not trusted: anyone in between can read all`;
}

function verdictOf(socket: TLSSocket): string {
  // Node's types say Error, Node gives the code as a string.
  const error: unknown = socket.authorizationError;
  if (error instanceof Error) return error.message;
  return typeof error === 'string' && error !== '' ? error : 'not authorized';
}

function summary(faults: CertificateFault[]): string {
  const fatal = faults.filter((fault) => fault.fatal);
  const [first] = fatal;
  if (!first) return 'The server showed no certificate';
  return fatal.length === 1
    ? first.text
    : `${first.text} ${fatal.length - 1} more fault${fatal.length > 2 ? 's' : ''}.`;
}
