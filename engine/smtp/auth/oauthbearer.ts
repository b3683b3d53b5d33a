import type { Credentials, Mechanism } from './mechanism.ts';
import { refusalFacts } from './oauth-refusal.ts';
import { saslName } from './sasl-name.ts';

/** Where the token is to be used (RFC 7628 3.1). */
export interface Destination {
  host: string;
  port: number;
}

/** OAUTHBEARER (RFC 7628). A refusal comes as a challenge with JSON, to be answered with a single ^A. */
export function oauthBearer({ username, secret }: Credentials, { host, port }: Destination): Mechanism {
  let refusal: string | null = null;
  return {
    name: 'OAUTHBEARER',
    initial: `n,a=${saslName(username)},\x01host=${host}\x01port=${port}\x01auth=Bearer ${secret}\x01\x01`,
    respond(challenge, step) {
      if (step > 0) return null;
      refusal = challenge;
      return '\x01';
    },
    facts: () => refusalFacts(refusal),
  };
}
