import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { asciiHost } from '../ascii-host.ts';
import { certificatesOf } from '../certificate/anchors.ts';
import { revocationProblem, withoutRevocationLists } from '../certificate/revocation.ts';
import { failedStage, failing, passedStage, type StageOutcome } from '../failure.ts';
import type { Session } from '../session.ts';
import { secureContextOf } from '../tls.ts';

/** Checks what can be checked without the network: the host in ASCII, and the certificates and key of the profile. */
export async function configStage(session: Session): Promise<StageOutcome> {
  const { host, port, security } = session.settings.server;
  const facts = { host, port, security };
  const ascii = asciiHost(host);
  if (ascii === '') {
    const failure = failing('ERR_INVALID_HOST', 'The host name has no ASCII form', {
      hostSyntax: 'stray-chars',
    }).failure;
    return failedStage(failure, 'The host name cannot be used', facts);
  }
  session.host = ascii;
  const problem = security === 'none' ? null : await pemProblem(session);
  if (problem) {
    const { code, detail, pemPart } = problem;
    return failedStage(failing(code, detail, { pemPart }).failure, problem.note, facts);
  }
  return passedStage(`${host}, port ${port}`, { ...facts, ...(ascii === host ? {} : { asciiHost: ascii }) });
}

interface Problem {
  code: string;
  detail: string;
  note: string;
  /** Which of the PEM texts it is, for the rules. */
  pemPart: 'ca' | 'revocation-list' | 'client-certificate' | 'client-key' | 'locked-client-key';
}

async function pemProblem(session: Session): Promise<Problem | null> {
  const detail = await revocationProblem(session.settings.tls.caPem);
  if (detail === '') return certificateProblem(session);
  return {
    code: 'ERR_REVOCATION_LIST',
    detail,
    note: 'The revocation list cannot be read',
    pemPart: 'revocation-list',
  };
}

function certificateProblem({ settings, secrets }: Session): Problem | null {
  const { caPem, clientCertificatePem } = settings.tls;
  // A revocation list may stand alone, for a server whose CA the system knows.
  const ca = withoutRevocationLists(caPem).trim();
  if (ca !== '') {
    const problem = problemOf(() => parseAll(ca));
    if (problem) return { ...problem, note: 'The private CA certificate cannot be read', pemPart: 'ca' };
  }
  if (clientCertificatePem === '') return null;
  const unreadable = problemOf(() => parseAll(clientCertificatePem));
  if (unreadable) {
    return { ...unreadable, note: 'The client certificate cannot be read', pemPart: 'client-certificate' };
  }
  const problem = keyProblem(settings, secrets);
  // By the text: OpenSSL's code for a wrong passphrase depends on the format, and may be that for no key at all.
  const locked = (secrets.clientKey ?? '').includes('ENCRYPTED');
  return problem && { ...problem, pemPart: locked ? 'locked-client-key' : 'client-key' };
}

function keyProblem(settings: ProfileSettings, secrets: Session['secrets']): Omit<Problem, 'pemPart'> | null {
  const { clientKey, clientKeyPassphrase: passphrase } = secrets;
  const note = 'The key of the client certificate cannot be used';
  if (clientKey === undefined) {
    return { code: 'NO_CLIENT_KEY', detail: 'No key was given', note: 'The client certificate has no key' };
  }
  const problem = problemOf(() => {
    const key = createPrivateKey({ key: clientKey, ...(passphrase === undefined ? {} : { passphrase }) });
    const leaf = new X509Certificate(settings.tls.clientCertificatePem);
    // OpenSSL notices only a wrong key of the same kind: an EC key beside an RSA certificate would break the handshake.
    if (!leaf.checkPrivateKey(key)) throw Object.assign(new Error('key values mismatch'), { code: KEY_MISMATCH });
    secureContextOf(settings, secrets);
  });
  return problem && { ...problem, note };
}

const KEY_MISMATCH = 'ERR_OSSL_X509_KEY_VALUES_MISMATCH';

function parseAll(pem: string): void {
  // Parsing a text that holds none as it is makes OpenSSL say what is wrong with it.
  if (certificatesOf(pem).length === 0) new X509Certificate(pem);
}

function problemOf(attempt: () => unknown): { code: string; detail: string } | null {
  try {
    attempt();
    return null;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { code: code ?? 'ERR_OSSL', detail: message };
  }
}
