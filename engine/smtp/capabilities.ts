import type { RawReply } from './reply.ts';

/** What a server offers, from its EHLO reply (RFC 5321 4.1.1.1). */
export interface Capabilities {
  /** One line for each extension, as sent. */
  lines: string[];
  starttls: boolean;
  /** SASL mechanisms, upper case; null when there is no AUTH line at all. */
  mechanisms: string[] | null;
  smtpUtf8: boolean;
  eightBitMime: boolean;
  dsn: boolean;
  /** Largest message in bytes; null when not said, 0 when there is no fixed limit (RFC 1870 4). */
  size: number | null;
  sizeOffered: boolean;
}

/** Reads an EHLO reply; the first line is the server's name. `AUTH=` is the form from before RFC 2554. */
export function capabilitiesOf(reply: RawReply): Capabilities {
  const lines = reply.lines.slice(1).map((line) => line.trim());
  const keyword = (name: string) => lines.find((line) => line.split(' ')[0]?.toUpperCase() === name);
  const size = keyword('SIZE');
  return {
    lines,
    starttls: keyword('STARTTLS') !== undefined,
    mechanisms: mechanismsOf(lines),
    smtpUtf8: keyword('SMTPUTF8') !== undefined,
    eightBitMime: keyword('8BITMIME') !== undefined,
    dsn: keyword('DSN') !== undefined,
    size: sizeIn(size),
    sizeOffered: size !== undefined,
  };
}

/** What an empty EHLO answer or a HELO offers: nothing. */
export const NO_CAPABILITIES: Capabilities = {
  lines: [],
  starttls: false,
  mechanisms: null,
  smtpUtf8: false,
  eightBitMime: false,
  dsn: false,
  size: null,
  sizeOffered: false,
};

/** SASL mechanisms that EHLO lines offer, upper case; null when there is no AUTH line at all. */
export function mechanismsOf(lines: readonly string[]): string[] | null {
  const auth = lines.filter((line) => /^AUTH([ =]|$)/i.test(line));
  if (auth.length === 0) return null;
  const names = auth.flatMap((line) => line.slice('AUTH'.length).replace(/^=/, ' ').trim().split(/\s+/));
  return [...new Set(names.filter((name) => name !== '').map((name) => name.toUpperCase()))];
}

function sizeIn(line: string | undefined): number | null {
  const digits = line?.split(/\s+/)[1] ?? '';
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}
