import { isProviderHost } from '../providers.ts';

/** What a text tells beside the fault itself. '' and null mean that it does not say. */
export interface Context {
  /** A provider's host that is named in it. */
  host: string;
  port: number | null;
  security: 'implicit' | 'starttls' | null;
  issuer: string;
  banner: string;
  ehlo: string;
  xoauth2: { status: string; scope: string } | null;
}

const PORTS = /(?:\bport["']?[ :=]{1,3}|([\w.\]-]{1,80}):)(25|465|587|2525|110|143|993|995)\b(?!:\d|[.\d])/gi;
const SOURCE_FILE = /\.(?:java|go|js|mjs|cjs|ts|py|rb|php|cs|kt|c|cpp|h|scala)$/i;
const BANNER =
  /(?:^(?:[<>*~=-]{1,4} {0,2}|S: ?|server: ?)?|(?:greeting|response|reply|said|got|answer(?:ed)?|banner)\W{0,12})(HTTP\/\d[^\n]{0,300}|\* (?:OK|PREAUTH|BYE)\b[^\n]{0,300}|\+OK\b[^\n]{0,300}|-ERR\b[^\n]{0,300}|SSH-\d[^\n]{0,200}|220[ -][^\n]{0,500})/im;
const MASKED = /250[ -]X{4}[^\n]{0,80}/g;
const ISSUER = /\bissuer\W{1,4}([^\n]{1,300})/i;
const CHALLENGE = /\b334 (eyJ[A-Za-z0-9+/]{8,2000})/;

/** Reads what a text tells beside the fault: host, port, security, issuer, greeting, masked EHLO, OAuth challenge. */
export function contextOf(text: string): Context {
  return {
    host: providerHost(text),
    port: portIn(text),
    security: securityIn(text),
    issuer: ISSUER.exec(text)?.[1] ?? '',
    banner: BANNER.exec(text)?.[1] ?? '',
    ehlo: (text.match(MASKED) ?? []).slice(0, 20).join('\n'),
    xoauth2: challengeIn(text),
  };
}

function providerHost(text: string): string {
  for (const word of text.split(/[^a-z0-9.@-]+/i)) {
    // An address tells whose mailbox it is, not which server was asked.
    const name = word.replace(/^[.-]+|[.-]+$/g, '');
    if (name.length < 6 || name.length > 255 || name.includes('@') || !name.includes('.')) continue;
    if (isProviderHost(name)) return name;
  }
  return '';
}

function portIn(text: string): number | null {
  for (const [, before = '', port] of text.matchAll(PORTS)) {
    const named = before === '' || (/[a-z\]]|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d/i.test(before) && !SOURCE_FILE.test(before));
    if (named) return Number(port);
  }
  return null;
}

function securityIn(text: string): Context['security'] {
  if (/\b(?:ssl|smtps|tls):\/\//i.test(text)) return 'implicit';
  return /could not convert socket to TLS|unable to (?:connect with|start) (?:STARTTLS|TLS)|STARTTLS (?:failed|error)/i.test(
    text,
  )
    ? 'starttls'
    : null;
}

/** Google and Microsoft answer a bad token with base64 JSON in a 334 challenge, before the 535. */
function challengeIn(text: string): Context['xoauth2'] {
  const encoded = CHALLENGE.exec(text)?.[1];
  if (!encoded) return null;
  try {
    const told: unknown = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
    if (typeof told !== 'object' || told === null) return null;
    const { status, scope } = told as Record<string, unknown>;
    return { status: String(status ?? ''), scope: String(scope ?? '') };
  } catch {
    return null; // Not JSON: nothing to learn from it.
  }
}
