import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import type { ClientCertificateUse } from '../../shared/certificate.ts';
import { isAddress } from '../../shared/host.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import { asciiHost } from './ascii-host.ts';
import { trustAnchorPems } from './certificate/anchors.ts';
import { CANCELLED, done, failing, type Outcome, type RuleFacts } from './failure.ts';
import { remember } from './remember.ts';
import type { Session } from './session.ts';
import { tlsErrorCode, tlsErrorText } from './tls-error.ts';

/** Name to find in the certificate, in ASCII: the profile's own, else the host. */
export function expectedName(session: Session): string {
  return asciiHost(session.settings.tls.serverName) || session.host;
}

/** Contexts without a client identity, so without a secret: making one with a private CA takes tens of milliseconds. */
const contexts = new Map<string, tls.SecureContext>();

/** Certificates, key and versions of a profile as OpenSSL takes them. Throws what OpenSSL says about bad PEM. */
export function secureContextOf(settings: ProfileSettings, secrets: Session['secrets']): tls.SecureContext {
  const { minVersion, caPem, clientCertificatePem } = settings.tls;
  // Without a private CA the runtime's own store is the same as naming its roots.
  const trust = () => ({ minVersion, ...(caPem === '' ? {} : { ca: trustAnchorPems(caPem) }) });
  if (clientCertificatePem !== '') return makeContext({ ...trust(), ...clientIdentity(clientCertificatePem, secrets) });
  const key = `${minVersion} ${caPem}`;
  return contexts.get(key) ?? remember(contexts, key, makeContext(trust()));
}

function makeContext(options: tls.SecureContextOptions): tls.SecureContext {
  if (options.minVersion === 'TLSv1.2' || options.minVersion === 'TLSv1.3') return tls.createSecureContext(options);
  try {
    // OpenSSL 3 signs TLS 1.0 and 1.1 handshakes only at security level 0.
    return tls.createSecureContext({ ...options, ciphers: 'DEFAULT@SECLEVEL=0' });
  } catch {
    // BoringSSL knows no security levels and needs none (electron#16195).
    return tls.createSecureContext(options);
  }
}

/**
 * Does a TLS handshake over a connected socket. Any certificate is taken here: the `certificate` stage judges it, so that
 * all faults are told at once, and nothing secret is sent before it has. Fails with OpenSSL's code, or times out.
 */
export function handshake(session: Session, socket: Duplex, limitMs: number): Promise<Outcome<tls.TLSSocket>> {
  const name = expectedName(session);
  return new Promise((resolve) => {
    const secured = tls.connect({
      socket,
      secureContext: secureContextOf(session.settings, session.secrets),
      rejectUnauthorized: false,
      // Names are checked by the certificate stage, against SAN only (RFC 9525 6.3).
      checkServerIdentity: () => undefined,
      ...(isAddress(name) ? {} : { servername: name }),
    });
    const settle = (outcome: Outcome<tls.TLSSocket>) => {
      clearTimeout(timer);
      session.signal.removeEventListener('abort', onAbort);
      secured.off('secureConnect', onSecure).off('error', onError).off('close', onClose);
      if (!outcome.ok) {
        secured.on('error', () => {});
        secured.destroy();
        socket.destroy();
      }
      resolve(outcome);
    };
    const onSecure = () => settle(done(secured));
    const onError = (error: NodeJS.ErrnoException) => settle(failing(tlsErrorCode(error), tlsErrorText(error)));
    const onClose = () => settle(failing('ECONNRESET', 'The server closed the connection during the TLS handshake'));
    const onAbort = () => settle({ ok: false, failure: CANCELLED });
    const timer = setTimeout(
      () => settle(failing('ETIMEDOUT', 'The TLS handshake did not finish in time', { timeoutPhase: 'tls' })),
      limitMs,
    );
    session.signal.addEventListener('abort', onAbort, { once: true });
    secured.once('secureConnect', onSecure).once('error', onError).once('close', onClose);
    if (session.signal.aborted) onAbort();
  });
}

/** What a finished handshake agreed on. */
export function tlsFacts(
  session: Session,
  socket: tls.TLSSocket,
): { tlsVersion: string; cipher: string; serverName: string; clientCertificate: ClientCertificateUse } {
  const asked = asksForCertificate(socket);
  session.clientCertificateAsked = asked;
  const has = session.settings.tls.clientCertificatePem !== '';
  return {
    clientCertificate: asked ? (has ? 'shown' : 'lacking') : 'not-asked',
    tlsVersion: socket.getProtocol() ?? '',
    cipher: socket.getCipher()?.name ?? '',
    serverName: expectedName(session),
  };
}

/**
 * True when the server asked for a client certificate. In TLS 1.3 a server that insists on one says so only after the
 * handshake has succeeded on our side, or just closes. Only its request names signature algorithms to a client, so
 * where there are shared ones it asked. BoringSSL does not tell; then it is not known, and counts as not asked.
 */
function asksForCertificate(socket: tls.TLSSocket): boolean {
  try {
    return socket.getSharedSigalgs().length > 0;
  } catch {
    return false;
  }
}

/** What the rules want to know about a finished handshake. */
export function tlsRuleFacts(socket: tls.TLSSocket): RuleFacts {
  const cipher = socket.getCipher()?.standardName ?? '';
  const exchange = socket.getEphemeralKeyInfo();
  const dh = exchange && 'type' in exchange && exchange.type === 'DH' ? exchange.size : undefined;
  return {
    // By the cipher's name: BoringSSL tells nothing about the key exchange.
    forwardSecrecy: !cipher.startsWith('TLS_RSA_WITH_'),
    ...(dh === undefined ? {} : { dhKeyBits: dh }),
  };
}

function clientIdentity(pem: string, secrets: Session['secrets']): tls.SecureContextOptions {
  return {
    cert: pem,
    ...(secrets.clientKey === undefined ? {} : { key: secrets.clientKey }),
    ...(secrets.clientKeyPassphrase === undefined ? {} : { passphrase: secrets.clientKeyPassphrase }),
  };
}
