import type { ProfileSettings } from '../../shared/profile.ts';

type OAuth = ProfileSettings['signIn']['oauth'];

const MICROSOFT = /^https:\/\/login\.microsoftonline\.com\/([^/?#]+)\/oauth2\/v2\.0\/token$/;
const GOOGLE = 'https://oauth2.googleapis.com/token';

/** The settings that a token address of a file means: a known provider where it is one's. Undoes tokenEndpoint(). */
export function providerOf(tokenUrl: string): Pick<OAuth, 'provider' | 'tenant' | 'tokenUrl'> {
  if (tokenUrl === GOOGLE) return { provider: 'google', tenant: '', tokenUrl: '' };
  const tenant = MICROSOFT.exec(tokenUrl)?.[1];
  if (tenant === undefined || !/^[\w.-]+$/.test(tenant)) return { provider: 'other', tenant: '', tokenUrl };
  return { provider: 'microsoft', tenant: tenant === 'common' ? '' : tenant, tokenUrl: '' };
}
