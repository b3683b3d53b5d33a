import type { ProfileSettings } from '../../shared/profile.ts';
import { tokenEndpoint } from '../smtp/oauth/endpoint.ts';
import { type FormField, type FormSheet, onOff, sheetMask } from './entry-sheet.ts';

const PRODUCTS = 'Keycloak or ZTrust';
const SINCE_TOKENS = 'From Keycloak 26.2.';

/** The Email tab of a realm, in its order. ZTrust has the fields up to Password. */
export function keycloakSheet(settings: ProfileSettings): FormSheet {
  const { server, sender } = settings;
  const starttls = server.security === 'starttls' || server.security === 'starttls-if-offered';
  const allowutf8 = settings.products.keycloak?.allowutf8;
  return {
    place: `${PRODUCTS} > the realm > Realm settings > Email`,
    fields: [
      { label: 'From', enter: sender.from.address, isRequired: true },
      { label: 'From display name', enter: sender.from.name },
      { label: 'Reply to', enter: sender.replyTo.address },
      { label: 'Reply to display name', enter: sender.replyTo.name },
      { label: 'Envelope from', enter: sender.envelopeFrom, help: 'The bounce address, for Return-Path.' },
      { label: 'Host', enter: server.host, isRequired: true },
      { label: 'Port', enter: String(server.port) },
      { label: 'Enable SSL', enter: onOff(server.security === 'tls'), help: 'TLS from the first byte.' },
      { label: 'Enable StartTLS', enter: onOff(starttls) },
      ...signInFields(settings),
      ...(allowutf8 === undefined ? [] : [{ label: 'Allow UTF-8', enter: onOff(allowutf8), help: SINCE_TOKENS }]),
    ],
  };
}

function signInFields({ signIn: { method, username, oauth } }: ProfileSettings): FormField[] {
  const authentication = { label: 'Enable Authentication', enter: onOff(method !== 'none') };
  if (method === 'none') return [authentication];
  const user = { label: 'Username', enter: username, isRequired: true };
  if (method === 'password') {
    return [authentication, user, { label: 'Password', enter: '', isRequired: true, secret: 'password' }];
  }
  return [
    authentication,
    user,
    { label: 'Authentication Type', enter: 'Token', help: SINCE_TOKENS },
    { label: 'Auth Token URL', enter: tokenEndpoint(oauth), isRequired: true },
    { label: 'Auth Token Scope', enter: oauth.scope, isRequired: true },
    { label: 'Auth Token Client ID', enter: oauth.clientId, isRequired: true },
    { label: CLIENT_SECRET, enter: '', isRequired: true, secret: 'clientSecret' },
  ];
}

const CLIENT_SECRET = 'Auth Token Client Secret';

/** True for a text of this sheet. */
export function isKeycloakSheet(text: string): boolean {
  return text.startsWith(`${PRODUCTS} > `);
}

/** A part of the sheet's text with its secrets masked. */
export const maskKeycloakSheet = sheetMask('Password', CLIENT_SECRET);
