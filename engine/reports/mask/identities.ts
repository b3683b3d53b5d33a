import type { StageFacts, TestReport } from '../../../shared/report.ts';
import { emailsIn, isCommonWord, type KnownIdentities } from './mask-text.ts';

/** Facts of a stage that are a host, or a list of them. */
export const HOST_FACTS = new Set<string>([
  'host',
  'asciiHost',
  'serverName',
  'ehloName',
  'connectedTo',
  'address',
  'aliases',
  'names',
] satisfies (keyof StageFacts | 'address' | 'names')[]);

/** Facts that are a distinguished name of a certificate. */
export const NAME_FACTS = new Set<string>(['subject', 'issuer']);

/** What a report says by its structure about who is who. */
export function identitiesOf(report: TestReport): KnownIdentities {
  const known: KnownIdentities = { hosts: new Set(), users: new Set(), names: new Set([report.profileName]) };
  collect(report, '', known);
  for (const host of selfNames(report)) known.hosts.add(host);
  return known;
}

/** The parts of a distinguished name, such as `["CN", "mail.example.com"]`. */
export function nameParts(name: string): [key: string, value: string][] {
  return name
    .split(/[,\n/+]\s*(?=[A-Za-z0-9.]{1,40}=)/)
    .map((part) => [part.slice(0, part.indexOf('=')).trim(), part.slice(part.indexOf('=') + 1).trim()]);
}

function collect(value: unknown, key: string, known: KnownIdentities): void {
  if (Array.isArray(value)) for (const each of value) collect(each, key, known);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(value)) collect(each, name, known);
  } else if (typeof value === 'string' && value !== '') {
    if (HOST_FACTS.has(key)) known.hosts.add(value);
    if (NAME_FACTS.has(key)) for (const [part, text] of nameParts(value)) if (part !== 'C') known.names.add(text);
    if (key === 'clientId') known.users.add(value);
    if (key === 'username') for (const part of [value, ...value.split('\\')]) known.users.add(part);
    for (const { local, domain } of emailsIn(value)) {
      known.users.add(local);
      known.hosts.add(domain);
    }
    if (key === 'banner') for (const name of firstWord(value)) known.hosts.add(name);
  }
}

/** Names that client and server give themselves in the dialogue: EHLO's argument, and the first word of its answer. */
function selfNames({ transcript }: TestReport): string[] {
  let afterHello = false;
  return transcript.flatMap(({ from, text }) => {
    const hello = from === 'client' ? /^(?:EHLO|HELO)\s+(\S+)/i.exec(text)?.[1] : undefined;
    const isAnswer = from === 'server' && afterHello;
    if (from !== 'note') afterHello = hello !== undefined;
    if (hello !== undefined) return [hello.replace(/^\[(?:IPv6:)?|\]$/gi, '')];
    return isAnswer || (from === 'server' && text.startsWith('220')) ? firstWord(text) : [];
  });
}

function firstWord(text: string): string[] {
  const word = /^(?:\d{3}[ -])?([\p{L}\p{N}._-]+)/u.exec(text)?.[1] ?? '';
  // Such as the 2.0.0 of "220 2.0.0 Ready to start TLS", which is no name.
  return !/\p{L}/u.test(word) || isCommonWord(word) ? [] : [word];
}
