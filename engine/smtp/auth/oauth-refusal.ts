import type { RuleFacts } from '../failure.ts';

/**
 * What a server says about a refused token, for the rules: JSON with `status` and `scope` in a challenge, the same in
 * XOAUTH2 and OAUTHBEARER (RFC 7628 3.2.2). {} for null and for anything else.
 */
export function refusalFacts(challenge: string | null): RuleFacts {
  const { status, scope } = fieldsOf(challenge ?? '');
  return {
    ...(status === undefined ? {} : { xoauth2ErrorStatus: status }),
    ...(scope === undefined ? {} : { xoauth2ErrorScope: scope }),
  };
}

function fieldsOf(text: string): Record<string, string> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return {};
    const entries = Object.entries(parsed).slice(0, 20);
    return Object.fromEntries(entries.map(([key, value]) => [key, String(value).slice(0, 200)]));
  } catch {
    return {};
  }
}
