import { isAddress, isIPv4, isIPv6 } from '../../../shared/host.ts';
import { type Pseudonyms, withoutMarks } from './pseudonyms.ts';

/** Identities of a report that are known by name, whatever text they stand in. */
export interface KnownIdentities {
  /** Hosts of one label, and names that a server gives itself. */
  hosts: Set<string>;
  /** User names and local parts of addresses. */
  users: Set<string>;
  /** Names of the profile, and of organisations and CAs in certificates. */
  names: Set<string>;
}

/** Masks a text; replaced parts stand as marks until `Pseudonyms.finish`. */
export type TextMask = (text: string) => string;

// A quoted or a plain local part (RFC 5321 4.1.2), in any script; the host may be a name or an address literal.
const EMAIL =
  /("[^"\s]{1,64}"|[^\s<>()[\]"',;:\\@\ue000\ue001]{1,64})@(\[[^\]\s]{1,60}\]|[\p{L}\p{N}\p{M}._-]{1,255})/gu;
const ADDRESS = /(?<![\p{L}\p{N}_])(?:IPv6:)?[0-9a-f:.]{2,45}(?:%[\w.-]{1,20})?(?![\p{L}\p{N}_])/giu;
const DOMAIN =
  /(?<![\p{L}\p{N}\p{M}_.-])(?:[\p{L}\p{N}\p{M}_-]{1,63}\.){1,20}(?:\p{L}[\p{L}\p{M}]{1,62}|xn--[a-z0-9-]{1,59})\.?(?![\p{L}\p{N}\p{M}_-])/giu;
const UUID = /(?<![0-9a-z])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-z])/gi;
const BASE64 =
  /(?<![A-Za-z0-9+/=])(?:[A-Za-z0-9+/]{4}){2,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?(?![A-Za-z0-9+/=])/g;

/**
 * Words of the protocol and of our own reports. A host or user of such a name is masked where it stands for itself
 * (its own field, a mail address), not in running text, which would become unreadable.
 */
const COMMON_WORDS = new Set(
  'a an and as at auth authentication by bye check client cn command connection data dns ehlo error esmtp failed for from goodbye greeting hello helo help host in is it login mail message none not o ok on or ou passed password plain port quit rcpt ready recipient reply server service session settings sign size smtp ssl starttls stage tcp test the tls to user was with'.split(
    ' ',
  ),
);

/** True for a name that running text may hold by chance. */
export function isCommonWord(name: string): boolean {
  return name.length < 2 || COMMON_WORDS.has(name.toLowerCase()) || /^\d{1,5}$/.test(name);
}

/** Makes the mask for texts that may hold identities of all kinds, those of servers above all. */
export function textMask(known: KnownIdentities, pseudonyms: Pseudonyms): TextMask {
  const names = knownMask(known, pseudonyms);
  const plain: TextMask = (text) =>
    names(maskIds(maskAddresses(maskDomains(maskEmails(text, pseudonyms), pseudonyms), pseudonyms), pseudonyms));
  return (text) => plain(withoutMarks(text).replace(BASE64, (coded) => maskBase64(coded, plain, pseudonyms)));
}

/** Makes the mask for our own words: what is known by name goes, and addresses; other domains are documentation. */
export function ownWordsMask(known: KnownIdentities, pseudonyms: Pseudonyms): TextMask {
  const names = knownMask(known, pseudonyms);
  return (text) => names(maskAddresses(maskEmails(withoutMarks(text), pseudonyms), pseudonyms));
}

/** The mark of a host that stands for itself, an address literal in brackets included. */
export function markHost(host: string, pseudonyms: Pseudonyms): string {
  const bare = host.replace(/^\[(?:IPv6:)?(.*)\]$/i, '$1').replace(/\.$/, '');
  if (bare === '') return host;
  return isIPv4(bare) || isIPv6(bare) ? markAddress(bare, pseudonyms) : pseudonyms.mark('host', bare);
}

/** All mail addresses of a text. */
export function emailsIn(text: string): { local: string; domain: string }[] {
  return [...text.matchAll(EMAIL)].map(([, local = '', domain = '']) => {
    return { local: splitLocal(local)[1], domain: domain.replace(/[.-]+$/, '') };
  });
}

/** All domain names of a text. */
export function domainsIn(text: string): string[] {
  return [...text.matchAll(DOMAIN)].map(([domain]) => domain.replace(/\.$/, ''));
}

function maskEmails(text: string, pseudonyms: Pseudonyms): string {
  return text.replace(EMAIL, (_whole, found: string, domain: string) => {
    const [prefix, local] = splitLocal(found);
    const end = /[.-]+$/.exec(domain)?.[0] ?? '';
    const host = domain.slice(0, domain.length - end.length);
    const shown = domain.startsWith('[') ? `[${markHost(domain, pseudonyms)}]` : markHost(host, pseudonyms);
    return `${prefix}${pseudonyms.mark('user', local)}@${shown}${end}`;
  });
}

/** A local part without quotes, and the name of a field that stands before it as in `user=a@b.example`. */
function splitLocal(local: string): [prefix: string, local: string] {
  const [, prefix = '', rest = ''] =
    /^((?:[a-z_]*(?:user|name|login|from|to|sender|mail|authid)=)?)(.*)$/is.exec(local) ?? [];
  return [prefix, rest.replace(/^"(.*)"$/, '$1')];
}

function maskAddresses(text: string, pseudonyms: Pseudonyms): string {
  return text.replace(ADDRESS, (found) => {
    const [, prefix = '', candidate = ''] = /^(IPv6:)?(.*)$/is.exec(found) ?? [];
    // A port, or a full stop or colon of the sentence, may follow; "fe80::" ends in colons of its own.
    for (const end of [/$/, /[.:]$/, /:\d{1,5}[.:]?$/, /[.:]+$/]) {
      const address = candidate.replace(end, '');
      if (isAddress(address)) return prefix + markAddress(address, pseudonyms) + candidate.slice(address.length);
    }
    return found;
  });
}

function maskDomains(text: string, pseudonyms: Pseudonyms): string {
  return text.replace(DOMAIN, (found) => {
    // The code of a reply's line stands before it with a hyphen (RFC 5321 4.2.1).
    const [, code = '', rest = ''] = /^(\d{3}-)?(.*)$/s.exec(found) ?? [];
    const name = rest.replace(/\.$/, '');
    return code + pseudonyms.mark('host', name) + rest.slice(name.length);
  });
}

/** Ids of tenants and applications, which public directories resolve to their owner. */
function maskIds(text: string, pseudonyms: Pseudonyms): string {
  return text.replace(UUID, (id) => pseudonyms.mark('name', id));
}

/** One spelling for each IPv6 address, so that all of them get one pseudonym. */
function markAddress(address: string, pseudonyms: Pseudonyms): string {
  const [bare = '', zone] = address.split('%', 2);
  const canonical = isIPv4(bare) ? bare : new URL(`http://[${bare}]/`).hostname;
  return pseudonyms.mark('address', canonical) + (zone === undefined ? '' : '%0');
}

/** Text in base64, such as a CRAM-MD5 challenge with the server's name in it, is masked inside and coded again. */
function maskBase64(coded: string, mask: TextMask, pseudonyms: Pseudonyms): string {
  const text = Buffer.from(coded, 'base64').toString('utf8');
  // Most words of four letters are base64 too, of what is no text.
  if (!/^[\p{L}\p{N}\p{P}\p{S}\s]+$/u.test(text) || text.includes('\ufffd')) return coded;
  const masked = pseudonyms.finish(mask(text));
  return masked === text ? coded : Buffer.from(masked).toString('base64');
}

function knownMask({ hosts, users, names }: KnownIdentities, pseudonyms: Pseudonyms): TextMask {
  const kinds = new Map<string, () => string>();
  const enter = (identities: Set<string>, mark: (identity: string) => string) => {
    for (const identity of identities) {
      // Addresses of either kind have their own pass.
      if (isCommonWord(identity) || isAddress(identity) || identity.includes('@')) continue;
      if (!kinds.has(identity.toLowerCase())) {
        kinds.set(identity.toLowerCase(), () => mark(identity));
      }
    }
  };
  enter(hosts, (identity) => markHost(identity, pseudonyms));
  enter(users, (identity) => pseudonyms.mark('user', identity));
  enter(names, (identity) => pseudonyms.mark('name', identity));
  if (kinds.size === 0) return (text) => text;
  // The longest first: "Acme Root CA" before "Acme".
  const longestFirst = [...kinds.keys()].sort((a, b) => b.length - a.length);
  const any = longestFirst.map((identity) => identity.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|');
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}\\ue000])(?:${any})(?![\\p{L}\\p{N}\\ue001])`, 'giu');
  return (text) => text.replace(pattern, (found) => kinds.get(found.toLowerCase())?.() ?? found);
}
