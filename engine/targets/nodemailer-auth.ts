import { PASSWORD_MECHANISMS } from '../../shared/profile.ts';
import type { SecretKind } from '../../shared/secrets.ts';
import type { ImportDraft, ProfileDraft } from './draft.ts';
import type { JsonSection } from './json/section.ts';
import { firstOf } from './nodemailer-accounts.ts';
import { providerOf } from './oauth-provider.ts';

/** Names under which user name and password may stand. */
export interface AuthKeys {
  user: readonly string[];
  pass: readonly string[];
}

/** Reads `auth`, or user name and password beside the host. */
export function readAuth(account: JsonSection, profile: ProfileDraft, draft: ImportDraft, keys: AuthKeys): void {
  const auth = account.section('auth') ?? account;
  const type = auth.get('type');
  if (auth !== account && typeof type?.value === 'string' && type.value.toLowerCase() === 'oauth2') {
    readOAuth(auth, profile, draft);
    return;
  }
  const user = firstOf(auth, keys.user);
  const pass = firstOf(auth, keys.pass);
  if (user && typeof user.value === 'string') {
    profile.set('signIn.username', user.value, user.origin);
    if (user.value !== '') profile.set('signIn.method', 'password', user.origin);
  }
  if (pass && (typeof pass.value === 'string' || typeof pass.value === 'number')) {
    profile.secret('password', String(pass.value), pass.origin);
  }
  for (const found of [account.get('authMethod'), auth === account ? undefined : auth.get('method')]) {
    if (!found || typeof found.value !== 'string') continue;
    const name = found.value.toUpperCase();
    const known = PASSWORD_MECHANISMS.find((mechanism) => mechanism === name);
    if (known) profile.set('signIn.mechanism', known, found.origin);
    else
      draft.ignore(found.origin, `This mechanism cannot be chosen here: use one of ${PASSWORD_MECHANISMS.join(', ')}.`);
  }
  if (auth !== account)
    for (const origin of auth.rest()) draft.ignore(origin, 'This part of the sign-in has no counterpart here.');
}

function readOAuth(auth: JsonSection, profile: ProfileDraft, draft: ImportDraft): void {
  profile.set('signIn.method', 'oauth2', auth.get('type')?.origin ?? { key: 'auth.type', line: 1 });
  takeText(auth, 'user', 'signIn.username', profile);
  takeText(auth, 'clientId', 'signIn.oauth.clientId', profile);
  const refresh = ['refreshToken', 'clientId', 'accessUrl'].map((key) => auth.get(key)).find((found) => found);
  profile.settings.signIn.oauth.grant = refresh ? 'refresh-token' : 'access-token';
  if (refresh) {
    profile.trace('signIn.oauth.grant', refresh.origin);
    const url = auth.get('accessUrl');
    Object.assign(profile.settings.signIn.oauth, providerOf(typeof url?.value === 'string' ? url.value : GOOGLE_TOKEN));
    if (url) profile.trace('signIn.oauth.tokenUrl', url.origin);
  }
  const secrets: [key: string, kind: SecretKind][] = [
    ['clientSecret', 'clientSecret'],
    ['refreshToken', 'refreshToken'],
    ['accessToken', 'accessToken'],
  ];
  for (const [key, kind] of secrets) {
    const found = auth.get(key);
    if (typeof found?.value === 'string') profile.secret(kind, found.value, found.origin);
  }
  for (const origin of auth.rest()) draft.ignore(origin, 'This part of the sign-in has no counterpart here.');
}

/** Where nodemailer asks when no address is given. */
const GOOGLE_TOKEN = 'https://oauth2.googleapis.com/token';

/** Takes a text over when there is one. */
export function takeText(section: JsonSection, key: string, field: string, profile: ProfileDraft): void {
  const found = section.get(key);
  if (typeof found?.value === 'string') profile.set(field, found.value, found.origin);
}
