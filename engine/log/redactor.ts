import { REDACTED, redactPatterns } from './patterns.ts';
import { spellingPatterns } from './spellings.ts';

/** Secrets shorter than this stand inside ordinary words; they are replaced only where they stand alone. */
const SHORT = 4;

/** What a long secret leaves, which is replaced stretch by stretch. */
const SEVERAL_MASKS = /(?:\*{8}){2,}/g;

/** Runs of base64 or base64url, also wrapped into lines. */
const BASE64_RUN = /[A-Za-z0-9+/_-]{2,}(?:\r?\n[A-Za-z0-9+/_-]+)*={0,2}/g;

/** Runs of hex, also with colons between the bytes. A short secret in hex is any number, so it is not looked for. */
const HEX_RUN = /[0-9a-f]{2}(?::?[0-9a-f]{2}){3,}/gi;

/** Replaces secrets in a text. */
export type Redactor = (text: string) => string;

/**
 * Makes a function that takes known secrets out of a text and after that everything that looks like a secret. Pass no
 * secrets to get only that second pass.
 */
export function createRedactor(secrets: Iterable<string>): Redactor {
  const redactKnown = createKnownRedactor(secrets);
  return (text) => redactPatterns(redactKnown(text));
}

/**
 * Makes a function that takes known secrets out of a text, in whatever encoding they travelled: escaped for JSON, HTML or
 * a URL, in hex, or inside base64 (all of an AUTH PLAIN or XOAUTH2 response goes, whatever user name is in it). Words
 * that only look like a secret stay: for texts that people must read as they are, whose secrets are all known.
 */
export function createKnownRedactor(secrets: Iterable<string>): Redactor {
  const known = [...new Set(secrets)].filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
  if (known.length === 0) return (text) => text;
  const short = known.filter((secret) => secret.length < SHORT);
  const others = known
    .filter((secret) => secret.length >= SHORT)
    .map((secret) => ({ bytes: Buffer.byteLength(secret, 'utf8'), replace: replacerOf(secret) }));
  // Nothing shorter, decoded, can hold a secret.
  const leastBytes = short.length > 0 ? 1 : Math.min(...others.map(({ bytes }) => bytes));
  const replaceOthers = chain(others.map(({ replace }) => replace));
  const replaceShort = chain(short.map(replacerOfShort));

  function carriesSecret(bytes: Buffer): boolean {
    // Escaped inside, a secret is longer than as it is, so what is shorter need not be searched.
    const candidates = others.filter((secret) => secret.bytes <= bytes.length);
    if (candidates.length === 0) return false;
    const text = bytes.toString('utf8');
    return candidates.some((secret) => secret.replace(text) !== text);
  }

  /** True when decoded bytes are a short secret, or end with one as AUTH PLAIN does (RFC 4616 2). */
  function endsInShortSecret(bytes: Buffer): boolean {
    const text = bytes.toString('utf8');
    return short.includes(text.slice(text.lastIndexOf('\0') + 1));
  }

  const redactBase64 = (run: string) => {
    if ((run.length * 3) / 4 < leastBytes) return run;
    const packed = run.replace(/[\r\n]/g, '');
    // A run may start with characters that do not belong to it (a path, a word): all four alignments are tried.
    const decoded = [0, 1, 2, 3].map((skip) => Buffer.from(packed.slice(skip), 'base64'));
    return decoded.some((bytes) => carriesSecret(bytes) || endsInShortSecret(bytes)) ? REDACTED : run;
  };
  const redactHex = (run: string) => {
    if (run.length / 2 < leastBytes) return run;
    const packed = run.replaceAll(':', '');
    const decoded = [0, 1].map((skip) => Buffer.from(packed.slice(skip), 'hex'));
    return decoded.some(carriesSecret) ? REDACTED : run;
  };

  return (text) => {
    const direct = replaceShort(replaceOthers(text));
    return direct.replace(BASE64_RUN, redactBase64).replace(HEX_RUN, redactHex);
  };
}

function replacerOf(secret: string): Redactor {
  let patterns: RegExp[] | undefined;
  return (text) => {
    // No spelling is shorter than the secret itself; patterns for a long one are not made before they are needed.
    if (text.length < secret.length) return text;
    patterns ??= spellingPatterns(secret).map((source) => new RegExp(source, 'g'));
    const replaced = patterns.reduce((left, pattern) => left.replace(pattern, REDACTED), text);
    return replaced === text ? text : replaced.replace(SEVERAL_MASKS, REDACTED);
  };
}

function replacerOfShort(secret: string): Redactor {
  const source = `(?<![\\p{L}\\p{N}])(?:${spellingPatterns(secret).join('|')})(?![\\p{L}\\p{N}])`;
  const pattern = new RegExp(source, 'gu');
  return (text) => text.replace(pattern, REDACTED);
}

function chain(redactors: readonly Redactor[]): Redactor {
  return (text) => redactors.reduce((redacted, redact) => redact(redacted), text);
}
