/** What is asked and what is there. */
export interface Choice {
  method: 'password' | 'oauth2';
  /** A mechanism by name, or `auto`. */
  wanted: string;
  /** As advertised, upper case. */
  offered: readonly string[];
  encrypted: boolean;
}

/** The mechanism to use and why, or null with the ones that could have been used. */
export type Chosen = { mechanism: string; reason: string } | { mechanism: null; reason: string };

/**
 * Chooses the SASL mechanism. `auto` inside TLS prefers PLAIN, which every server checks against any password store;
 * without TLS it prefers one that does not show the password to a listener: SCRAM, then CRAM-MD5.
 */
export function chooseMechanism({ method, wanted, offered, encrypted }: Choice): Chosen {
  const list = offered.length === 0 ? 'none' : offered.join(', ');
  if (method === 'oauth2') {
    const bearer = TOKEN_MECHANISMS.find((name) => offered.includes(name) && (wanted === 'auto' || wanted === name));
    if (bearer) return { mechanism: bearer, reason: 'The profile signs in with a token.' };
    return { mechanism: null, reason: `No mechanism for a token is offered, only ${list}.` };
  }
  if (wanted !== 'auto') {
    if (offered.includes(wanted)) return { mechanism: wanted, reason: 'The profile asks for it.' };
    return { mechanism: null, reason: `The server does not offer ${wanted}. It offers ${list}.` };
  }
  const mechanism = (encrypted ? INSIDE_TLS : IN_CLEAR).find((name) => offered.includes(name));
  if (!mechanism) return { mechanism: null, reason: `No mechanism for a password is offered, only ${list}.` };
  return { mechanism, reason: reasonFor(mechanism, encrypted) };
}

/** Mechanisms for a password in the order of choice. PLAIN and LOGIN work with any password store, the others not. */
const INSIDE_TLS = ['PLAIN', 'LOGIN', 'SCRAM-SHA-256', 'SCRAM-SHA-1', 'CRAM-MD5'];

/** Without TLS, those that do not show the password to a listener come first. */
const IN_CLEAR = ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'CRAM-MD5', 'PLAIN', 'LOGIN'];

/** Mechanisms that are spoken here, in the order of choice. */
export function mechanismsFor(method: Choice['method'], encrypted: boolean): readonly string[] {
  if (method === 'oauth2') return TOKEN_MECHANISMS;
  return encrypted ? INSIDE_TLS : IN_CLEAR;
}

// XOAUTH2 first: it is what Google and Microsoft document, and servers that have both treat them alike.
const TOKEN_MECHANISMS = ['XOAUTH2', 'OAUTHBEARER'];

const SHOWS_PASSWORD = ['PLAIN', 'LOGIN'];

function reasonFor(mechanism: string, encrypted: boolean): string {
  if (encrypted) return 'It is the first choice of those offered, and TLS protects it.';
  if (SHOWS_PASSWORD.includes(mechanism)) return 'Nothing safer is offered without TLS.';
  return 'It does not show the password on a connection without TLS.';
}
