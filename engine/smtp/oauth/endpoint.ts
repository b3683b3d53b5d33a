import type { ProfileSettings } from '../../../shared/profile.ts';

/** Token endpoint of a profile: its own, else the provider's; '' when neither is known. */
export function tokenEndpoint({ provider, tokenUrl, tenant }: ProfileSettings['signIn']['oauth']): string {
  if (tokenUrl !== '') return tokenUrl;
  if (provider === 'google') return 'https://oauth2.googleapis.com/token';
  if (provider !== 'microsoft') return '';
  return `https://login.microsoftonline.com/${encodeURIComponent(tenant || 'common')}/oauth2/v2.0/token`;
}

/** An endpoint as it may be shown: without user name, query and fragment, where someone may have put a secret. */
export function shownEndpoint(endpoint: string): string {
  try {
    const { origin, pathname } = new URL(endpoint);
    return origin + pathname;
  } catch {
    return '';
  }
}

/** True when signing in takes a token that has to be asked for first. */
export function asksForToken({ signIn }: ProfileSettings): boolean {
  return signIn.method === 'oauth2' && signIn.oauth.grant !== 'access-token';
}
