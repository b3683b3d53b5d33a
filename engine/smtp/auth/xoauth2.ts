import type { Credentials, Mechanism } from './mechanism.ts';

/** XOAUTH2 (Google and Microsoft). A refusal comes as a challenge with JSON, to be answered with an empty line. */
export function xoauth2({ username, secret }: Credentials): Mechanism {
  let refusal: Record<string, string> = {};
  return {
    name: 'XOAUTH2',
    initial: `user=${username}\x01auth=Bearer ${secret}\x01\x01`,
    respond(challenge, step) {
      if (step > 0) return null;
      refusal = readRefusal(challenge);
      return '';
    },
    facts: () => ({
      ...(refusal.status === undefined ? {} : { xoauth2ErrorStatus: refusal.status }),
      ...(refusal.scope === undefined ? {} : { xoauth2ErrorScope: refusal.scope }),
    }),
  };
}

function readRefusal(challenge: string): Record<string, string> {
  try {
    const parsed: unknown = JSON.parse(challenge);
    if (typeof parsed !== 'object' || parsed === null) return {};
    const entries = Object.entries(parsed).slice(0, 20);
    return Object.fromEntries(entries.map(([key, value]) => [key, String(value).slice(0, 200)]));
  } catch {
    return {};
  }
}
