import type { CertificateInfo } from './certificate.ts';
import type { AddressResult, Reply, StageFacts } from './report.ts';

/** One fact of a stage for people: its label, and its values as short texts. */
export interface FactLine {
  key: keyof StageFacts;
  label: string;
  values: string[];
}

/** Labels in the order in which a report shows them; a fact that is not here is shown under its own key, at the end. */
const LABELS: Partial<Record<keyof StageFacts, string>> = {
  host: 'Host',
  port: 'Port',
  security: 'Security',
  asciiHost: 'ASCII name',
  aliases: 'Aliases',
  addresses: 'Addresses',
  connectedTo: 'Answered from',
  addressChoices: 'Programs would use',
  proxy: 'Proxy',
  hints: 'DNS says',
  banner: 'Banner',
  serverKind: 'Looks like',
  ehloName: 'Our EHLO name',
  capabilities: 'Offers',
  capabilitiesAfterTls: 'Offers inside TLS',
  tlsVersion: 'TLS version',
  cipher: 'Cipher',
  serverName: 'Server name',
  chain: 'Certificates',
  faults: 'Certificate faults',
  trusted: 'Trusted',
  verified: 'Verified',
  clientCertificate: 'Client certificate',
  grant: 'Grant',
  clientId: 'Client ID',
  tokenEndpoint: 'Token server',
  scopeAsked: 'Scope asked',
  scopeGranted: 'Scope granted',
  tokenPermissions: 'Permissions in the token',
  tokenType: 'Token type',
  tokenSource: 'Token from',
  tokenExpiresInSeconds: 'Token valid for, s',
  tokenSteps: 'Token requests',
  refreshTokenFate: 'Refresh token',
  mechanismsOffered: 'Mechanisms offered',
  mechanism: 'Mechanism used',
  mechanismReason: 'Why this mechanism',
  username: 'User name',
  from: 'From',
  recipients: 'To',
  transactions: 'Asked',
  messageBytes: 'Message bytes',
  messageSent: 'Message sent',
  queueId: 'Queue ID',
  messageId: 'Message-ID',
  reply: 'Reply',
  code: 'Code',
  detail: 'Detail',
};

const ORDER = Object.keys(LABELS) as (keyof StageFacts)[];

/** The facts of a stage as lines, in a fixed order; empty ones are left out. */
export function factLines(facts: StageFacts): FactLine[] {
  const keys = Object.keys(facts) as (keyof StageFacts)[];
  const sorted = [...keys].sort((a, b) => position(a) - position(b));
  return sorted.flatMap((key) => {
    const values = valuesOf(facts[key]).filter((value) => value !== '');
    return values.length === 0 ? [] : [{ key, label: LABELS[key] ?? key, values }];
  });
}

/** A reply as one line: code, enhanced code, text; each once, however much of its code the text repeats. */
export function replyLine({ code, enhanced, text }: Reply): string {
  const rest = enhanced !== '' && !text.startsWith(enhanced) ? `${enhanced} ${text}` : text;
  return code > 0 && !rest.startsWith(String(code)) ? `${code} ${rest}` : rest;
}

/** How long a certificate is still valid, or since when it is not. */
export function daysWords(daysLeft: number): string {
  const days = Math.abs(daysLeft) === 1 ? 'day' : 'days';
  return daysLeft < 0 ? `ended ${-daysLeft} ${days} ago` : `${daysLeft} ${days} left`;
}

/** A certificate as one line. */
export function certificateLine({ subject, issuer, validTo, daysLeft }: CertificateInfo): string {
  return `${subject}, issued by ${issuer}, until ${validTo.slice(0, 10)} (${daysWords(daysLeft)})`;
}

function position(key: keyof StageFacts): number {
  const at = ORDER.indexOf(key);
  return at === -1 ? ORDER.length : at;
}

function valuesOf(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(valuesOf);
  if (typeof value === 'boolean') return [value ? 'yes' : 'no'];
  if (typeof value !== 'object') return [String(value)];
  if ('family' in value && 'outcome' in value) return [addressLine(value as AddressResult)];
  if ('fingerprint' in value) return [certificateLine(value as CertificateInfo)];
  if ('enhanced' in value) return [replyLine(value as Reply)];
  if ('fault' in value && 'text' in value) return [String(value.text)];
  // Facts of several parts: each part, in the order of the schema.
  return [Object.values(value).flatMap(valuesOf).join(', ')];
}

function addressLine({ address, outcome, code }: AddressResult): string {
  return [address, outcome.replace('-', ' '), code].filter(Boolean).join(' ');
}
