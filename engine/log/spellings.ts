/** Characters of one pattern: compiling a longer one takes disproportionate time. */
const PATTERN_CHARS = 64;

/** Regular expression sources for the forms that one character (code point) can take in a format. */
type Spelling = (char: string) => string[];

/**
 * The formats in which a text may stand in another. No form of a character is the start of another form of it in the same
 * format, so that a match is tried in one way only: all formats in one pattern would let a text of backslashes keep the
 * engine busy for hours.
 */
const FORMATS: readonly Spelling[] = [plain, stringEscapes, controlEscapes, percentEncoding, htmlEntities];

/**
 * Makes regular expression sources that match a text however it was escaped on the way: not at all, as a JSON or script
 * string, with `escapeControls`, for a URL or form (as much of it as somebody thought necessary), or for HTML. A long text
 * gives patterns for each stretch of it.
 */
export function spellingPatterns(text: string): string[] {
  const chars = [...text];
  // Stretches of the same size: a short last one would match ordinary words.
  const size = Math.ceil(chars.length / Math.ceil(chars.length / PATTERN_CHARS));
  const patterns = new Set<string>();
  for (let start = 0; start < chars.length; start += size) {
    const stretch = chars.slice(start, start + size);
    for (const format of FORMATS) patterns.add(stretch.map((char) => anyOf(format(char))).join(''));
  }
  return [...patterns];
}

function plain(char: string): string[] {
  return [literal(char)];
}

/** RFC 8259 7, with what other languages add to it. */
function stringEscapes(char: string): string[] {
  if (isAlphanumeric(char)) return [char];
  const unicode = codeUnits(char).map((unit) => `\\\\u${hexPattern(unit, 4)}`);
  const escaped = JSON.stringify(char).slice(1, -1);
  const forms = [unicode.join(''), literal(escaped)];
  if (char === '/' || char === "'") forms.push(literal(`\\${char}`));
  // A quote of the other kind needs no escape, a backslash always does.
  if (char === '"') forms.push(char);
  return forms;
}

function controlEscapes(char: string): string[] {
  if (char === '\\' || isAlphanumeric(char)) return [literal(char)];
  const code = char.codePointAt(0) ?? 0;
  const short = code < 0x100 ? [`\\\\x${hexPattern(code, 2)}`] : [];
  return [literal(char), `\\\\u${hexPattern(code, 4)}`, ...short];
}

/** RFC 3986 2.1, and the plus sign of forms. A percent sign is always encoded. */
function percentEncoding(char: string): string[] {
  const bytes = [...Buffer.from(char, 'utf8')].map((byte) => `%${hexPattern(byte, 2)}`);
  const forms = [bytes.join('')];
  if (char !== '%') forms.push(literal(char));
  if (char === ' ') forms.push('\\+');
  return forms;
}

const ENTITIES: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

function htmlEntities(char: string): string[] {
  if (isAlphanumeric(char)) return [char];
  const code = char.codePointAt(0) ?? 0;
  const forms = [`&#0{0,4}${code};`, `&#[xX]0{0,4}${hexPattern(code, 1)};`];
  if (char !== '&') forms.push(literal(char));
  const name = ENTITIES[char];
  return name === undefined ? forms : [...forms, `&${name};`];
}

function anyOf(forms: readonly string[]): string {
  const [only = ''] = forms;
  return forms.length === 1 ? only : `(?:${[...new Set(forms)].join('|')})`;
}

function isAlphanumeric(char: string): boolean {
  return /^[A-Za-z0-9]$/.test(char);
}

function codeUnits(text: string): number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

/** Matches a number in hex of either case: 0xa1 gives `[aA]1`. */
function hexPattern(value: number, digits: number): string {
  const digitsOfValue = value.toString(16).padStart(digits, '0');
  return digitsOfValue.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
