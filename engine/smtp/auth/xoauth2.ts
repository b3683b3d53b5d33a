import type { Credentials, Mechanism } from './mechanism.ts';
import { refusalFacts } from './oauth-refusal.ts';

/** XOAUTH2 (Google and Microsoft). A refusal comes as a challenge with JSON, to be answered with an empty line. */
export function xoauth2({ username, secret }: Credentials): Mechanism {
  let refusal: string | null = null;
  return {
    name: 'XOAUTH2',
    initial: `user=${username}\x01auth=Bearer ${secret}\x01\x01`,
    respond(challenge, step) {
      if (step > 0) return null;
      refusal = challenge;
      return '';
    },
    facts: () => refusalFacts(refusal),
  };
}
