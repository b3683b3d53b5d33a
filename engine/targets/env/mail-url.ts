import type { ImportOrigin } from '../../../shared/target.ts';
import type { ProfileDraft } from '../draft.ts';

/** The parts of a mail URL such as `smtp://user:password@host:587/?timeout=10`, decoded. */
export interface MailUrl {
  /** In lower case, without the colon. */
  scheme: string;
  username: string;
  password: string;
  /** Without the brackets of an IPv6 address. */
  host: string;
  /** Null when the URL names none. */
  port: number | null;
  query: Map<string, string>;
}

const URL_PARTS =
  /^([a-z][a-z0-9+.-]*):\/\/(?:(.*)@)?(\[[^\]]*\]|[^:/?#@[\]]*)(?::(\d{1,5}))?(?:\/[^?]*)?(?:\?(.*))?$/is;

/**
 * Reads a mail URL; null when the text is none. A user or password that is not percent-encoded is taken as it stands.
 * @param plusIsSpace True for readers that decode `+` to a space, such as django-environ.
 */
export function readMailUrl(text: string, plusIsSpace = false): MailUrl | null {
  const match = URL_PARTS.exec(text.trim());
  if (!match?.[1]) return null;
  const [, scheme, account = '', host = '', port, query = ''] = match;
  const colon = account.indexOf(':');
  const decode = (part: string) => decoded(plusIsSpace ? part.replaceAll('+', ' ') : part);
  return {
    scheme: scheme.toLowerCase(),
    username: decode(colon === -1 ? account : account.slice(0, colon)),
    password: colon === -1 ? '' : decode(account.slice(colon + 1)),
    host: host.replace(/^\[|\]$/g, ''),
    port: port === undefined ? null : Number(port),
    query: new Map(query.split('&').flatMap((pair) => (pair === '' ? [] : [keyAndValue(pair)]))),
  };
}

/** Takes over the server and the account of a URL; port and protection are the reader's to say. */
export function setServerAndAccount(url: MailUrl, origin: ImportOrigin, profile: ProfileDraft): void {
  profile.set('server.host', url.host, origin);
  profile.set('signIn.username', url.username, origin);
  profile.set('signIn.method', url.username === '' ? 'none' : 'password', origin);
  if (url.password !== '') profile.secret('password', url.password, origin);
}

/** A text as a part of a URL that every reader decodes alike: also what encodeURIComponent leaves alone. */
export function urlPart(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The text with the password of each URL in it replaced by a mask. Keeps the number of lines. */
export function maskUrls(text: string, mask: string): string {
  return text.replace(/(\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@]{0,4000}:)([^\s@]{1,300})(@)/gi, `$1${mask}$3`);
}

function keyAndValue(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at === -1
    ? [decoded(pair), '']
    : [decoded(pair.slice(0, at)), decoded(pair.slice(at + 1).replaceAll('+', ' '))];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
