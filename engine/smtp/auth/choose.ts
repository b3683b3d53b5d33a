import type { PasswordMechanism } from '../../../shared/profile.ts';

/** What is asked and what is there. */
export interface Choice {
  method: 'password' | 'oauth2';
  /** The profile's wish for a password sign-in. */
  wanted: PasswordMechanism;
  /** As advertised, upper case. */
  offered: readonly string[];
  encrypted: boolean;
}

/** The mechanism to use and why, or null with the ones that could have been used. */
export type Chosen = { mechanism: string; reason: string } | { mechanism: null; reason: string };

/**
 * Chooses the SASL mechanism. `auto` inside TLS prefers PLAIN, which every server checks against any password store;
 * without TLS it prefers CRAM-MD5, which does not show the password to a listener.
 */
export function chooseMechanism({ method, wanted, offered, encrypted }: Choice): Chosen {
  const list = offered.length === 0 ? 'none' : offered.join(', ');
  if (method === 'oauth2') {
    // XOAUTH2 first: it is what Google and Microsoft document, and servers that have both treat them alike.
    const bearer = ['XOAUTH2', 'OAUTHBEARER'].find((name) => offered.includes(name));
    if (bearer) return { mechanism: bearer, reason: 'The profile signs in with a token.' };
    return { mechanism: null, reason: `No mechanism for a token is offered, only ${list}.` };
  }
  if (wanted !== 'auto') {
    if (offered.includes(wanted)) return { mechanism: wanted, reason: 'The profile asks for it.' };
    return { mechanism: null, reason: `The server does not offer ${wanted}. It offers ${list}.` };
  }
  const order = encrypted ? ['PLAIN', 'LOGIN', 'CRAM-MD5'] : ['CRAM-MD5', 'PLAIN', 'LOGIN'];
  const mechanism = order.find((name) => offered.includes(name));
  if (!mechanism) return { mechanism: null, reason: `No mechanism for a password is offered, only ${list}.` };
  return { mechanism, reason: reasonFor(mechanism, encrypted) };
}

function reasonFor(mechanism: string, encrypted: boolean): string {
  if (mechanism === 'CRAM-MD5' && !encrypted) return 'It does not show the password on a connection without TLS.';
  if (encrypted) return 'It is the first choice of those offered, and TLS protects it.';
  return 'Nothing safer is offered without TLS.';
}
