import { X509Certificate } from 'node:crypto';
import { asciiHost } from '../ascii-host.ts';
import { splitPem } from '../certificate/anchors.ts';
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
  const problem = security === 'none' ? null : certificateProblem(session);
  if (problem) return failedStage(failing(problem.code, problem.detail).failure, problem.note, facts);
  return passedStage(`${host}, port ${port}`, { ...facts, ...(ascii === host ? {} : { asciiHost: ascii }) });
}

interface Problem {
  code: string;
  detail: string;
  note: string;
}

function certificateProblem({ settings, secrets }: Session): Problem | null {
  const { caPem, clientCertificatePem } = settings.tls;
  const ca = caPem.trim();
  if (ca !== '') {
    const problem = problemOf(() => parseAll(ca));
    if (problem) return { ...problem, note: 'The private CA certificate cannot be read' };
  }
  if (clientCertificatePem === '') return null;
  if (secrets.clientKey === undefined) {
    return { code: 'NO_CLIENT_KEY', detail: 'No key was given', note: 'The client certificate has no key' };
  }
  const problem = problemOf(() => secureContextOf(settings, secrets));
  return problem && { ...problem, note: 'The client certificate or its key cannot be used' };
}

function parseAll(pem: string): void {
  const blocks = splitPem(pem);
  // Parsing the text as it is makes OpenSSL say what is wrong with it.
  for (const block of blocks.length === 0 ? [pem] : blocks) new X509Certificate(block);
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
