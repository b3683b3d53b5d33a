import type { ProfileSettings } from '../../../shared/profile.ts';

type OAuth = ProfileSettings['signIn']['oauth'];

/** Whether a token may send mail, as far as it and the token server's answer say. */
export interface Permissions {
  /** Scopes and roles that stand in the token or the answer. */
  granted: string[];
  /** What is not there although sending takes it; '' when nothing is known to lack. */
  lacking: string;
  /** Facts for the rules, of this stage and of a refusal that follows. */
  facts: { tokenLacks?: string; tokenForOther?: boolean };
}

/** Exchange Online, by its addresses and by its id. */
const EXCHANGE = /outlook\.office(?:365)?\.com|00000002-0000-0ff1-ce00-000000000000/i;

/** Scopes that no server names in its answer, although it grants them. */
const UNNAMED = new Set(['offline_access', 'openid', 'profile', 'email']);

/**
 * Looks for what a token may do: in the answer's scope and, for Microsoft, in the token itself, which is a JWT that names its
 * roles. It is read, not checked: whether it is genuine is for the mail server to say, and so is whether it is enough.
 */
export function permissionsOf(oauth: OAuth, token: string, scopeGranted: string | null): Permissions {
  const claims = oauth.provider === 'microsoft' ? claimsOf(token) : null;
  if (claims) return microsoftPermissions(oauth, claims);
  if (scopeGranted === null) return { granted: [], lacking: '', facts: {} };
  const granted = words(scopeGranted);
  const wanted = oauth.provider === 'google' ? ['https://mail.google.com/'] : words(oauth.scope);
  const lacking = wanted.filter((scope) => !UNNAMED.has(scope) && !isGranted(scope, granted)).join(' ');
  return { granted, lacking, facts: lacking === '' ? {} : { tokenLacks: 'scope' } };
}

function microsoftPermissions({ grant }: OAuth, claims: Record<string, unknown>): Permissions {
  const granted = [...list(claims.roles), ...words(text(claims.scp))];
  const needed = grant === 'client-credentials' ? 'SMTP.SendAsApp' : 'SMTP.Send';
  const forOther = claims.aud !== undefined && !EXCHANGE.test(text(claims.aud));
  if (forOther) return { granted, lacking: needed, facts: { tokenLacks: needed, tokenForOther: true } };
  const lacking = granted.includes(needed) ? '' : needed;
  return { granted, lacking, facts: lacking === '' ? {} : { tokenLacks: needed } };
}

/** `.default` stands for whatever the app was granted, and a resource's address may stand before a scope's name. */
function isGranted(scope: string, granted: readonly string[]): boolean {
  if (scope.endsWith('/.default')) return true;
  return granted.some((each) => each === scope || scope.endsWith(`/${each}`));
}

/** Longest token that is looked into. */
const TOKEN_CHARS = 16_384;

/** The claims of a JWT (RFC 7519 3), unchecked; null when the token is something else. */
export function claimsOf(token: string): Record<string, unknown> | null {
  const parts = token.length > TOKEN_CHARS ? [] : token.split('.');
  if (parts.length !== 3) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'));
    const isObject = typeof claims === 'object' && claims !== null && !Array.isArray(claims);
    return isObject ? (claims as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function words(textList: string): string[] {
  return textList.split(/\s+/).filter((word) => word !== '');
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string').slice(0, 50) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
