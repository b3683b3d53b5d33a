import { REDACTED, redactPatterns } from './patterns.ts';
import { spellingsOf } from './spellings.ts';

/** Secrets shorter than this stand inside ordinary words; they are replaced only where they stand alone. */
const SHORT = 4;

/** Runs of base64 or base64url, also wrapped into lines. */
const BASE64_RUN = /[A-Za-z0-9+/_-]{2,}(?:\r?\n[A-Za-z0-9+/_-]+)*={0,2}/g;

/** Runs of hex, also with colons between the bytes. */
const HEX_RUN = /[0-9a-f]{2}(?::?[0-9a-f]{2})+|[0-9a-f]{2}/gi;

/** Replaces secrets in a text. */
export type Redactor = (text: string) => string;

/**
 * Makes a function that takes known secrets out of a text, in whatever encoding they travelled: escaped for JSON, HTML or
 * a URL, in hex, or inside base64 (all of an AUTH PLAIN or XOAUTH2 response goes, whatever user name is in it). After
 * that, everything that looks like a secret goes too. Pass no secrets to get only that second pass.
 */
export function createRedactor(secrets: Iterable<string>): Redactor {
  const known = [...new Set(secrets)].filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
  if (known.length === 0) return redactPatterns;
  const long = known.filter((secret) => secret.length >= SHORT);
  const short = known.filter((secret) => secret.length < SHORT);
  const spelled = [
    ...long.map((secret) => new RegExp(spellingsOf(secret), 'g')),
    ...short.map((secret) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${spellingsOf(secret)})(?![\\p{L}\\p{N}])`, 'gu')),
  ];
  const longBytes = long.map((secret) => Buffer.from(secret, 'utf8'));
  const shortTexts = new Set(short);

  /** True when decoded bytes are or carry a secret. A short one must be all of it, or its last field (RFC 4616 2). */
  function carriesSecret(bytes: Buffer): boolean {
    if (longBytes.some((secret) => bytes.includes(secret))) return true;
    const text = bytes.toString('utf8');
    if (long.length > 0 && spelled.slice(0, long.length).some((pattern) => text.search(pattern) >= 0)) return true;
    return shortTexts.has(text) || shortTexts.has(text.slice(text.lastIndexOf('\0') + 1));
  }

  const redactBase64 = (run: string) => {
    const packed = run.replace(/[\r\n]/g, '');
    // A run may start with characters that do not belong to it (a path, a word): all four alignments are tried.
    const found = [0, 1, 2, 3].some((skip) => carriesSecret(Buffer.from(packed.slice(skip), 'base64')));
    return found ? REDACTED : run;
  };
  const redactHex = (run: string) => {
    const packed = run.replaceAll(':', '');
    const found = [0, 1].some((skip) => carriesSecret(Buffer.from(packed.slice(skip), 'hex')));
    return found ? REDACTED : run;
  };

  return (text) => {
    const direct = spelled.reduce((redacted, pattern) => redacted.replace(pattern, REDACTED), text);
    return redactPatterns(direct.replace(BASE64_RUN, redactBase64).replace(HEX_RUN, redactHex));
  };
}
