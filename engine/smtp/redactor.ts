/** What stands where a secret stood. */
export const REDACTED = '********';

/** Secrets shorter than this would blot out ordinary words; they are replaced only where they stand alone. */
const SHORT = 4;

/**
 * Replaces secrets in text. It knows every encoding in which one can travel or be echoed: as it is, base64 in each of the
 * three alignments (so also inside `\0user\0password`), base64url, percent-encoding, hex, JSON escapes. Longest first.
 */
export class Redactor {
  #needles = new Set<string>();
  #patterns: RegExp[] = [];

  constructor(secrets: Iterable<string>) {
    for (const secret of secrets) this.learn(secret);
  }

  /** Adds a secret that came up during the run, such as a fresh access token. */
  learn(secret: string): void {
    for (const encoded of encodingsOf(secret)) this.#needles.add(encoded);
    this.#patterns = [...this.#needles].sort((a, b) => b.length - a.length).map(patternOf);
  }

  /** The text with every known secret replaced. */
  redact(text: string): string {
    return this.#patterns.reduce((redacted, pattern) => redacted.replace(pattern, REDACTED), text);
  }
}

function patternOf(needle: string): RegExp {
  const literal = needle.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  if (needle.length >= SHORT) return new RegExp(literal, 'giu');
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'gu');
}

/** Every spelling of a secret that a server or a library may put into a text. */
export function encodingsOf(secret: string): string[] {
  if (secret === '') return [];
  const bytes = Buffer.from(secret, 'utf8');
  const json = JSON.stringify(secret).slice(1, -1);
  const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const spellings = [
    secret,
    json,
    encodeURIComponent(secret),
    encodeURIComponent(secret).replaceAll('%20', '+'),
    percent,
    bytes.toString('hex'),
    bytes.toString('latin1'),
    ...base64Alignments(bytes),
  ];
  return spellings.filter((spelling) => spelling !== '');
}

/** The parts of the base64 of a longer text that come from these bytes alone, for the three possible offsets. */
function base64Alignments(bytes: Buffer): string[] {
  const found: string[] = [];
  for (const offset of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    // The first characters mix in bytes before, the last ones bytes after: only the middle is ours alone.
    const start = Math.ceil((offset * 8) / 6);
    const end = Math.floor(((offset + bytes.length) * 8) / 6);
    const middle = encoded.slice(start, end);
    if (middle.length >= SHORT) found.push(middle, middle.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return found;
}
