/** Characters of one pattern: a pattern is about 40 times as long as its text, and engines limit its size. */
const PATTERN_CHARS = 512;

/**
 * Makes regular expression sources that match a text however it was escaped on the way: as it is, percent-encoded (all of
 * it or only what a URL needs), as a form field, in JSON, in HTML, or with `escapeControls`. A long text gives several,
 * one for each stretch of it.
 */
export function spellingPatterns(text: string): string[] {
  const chars = [...text];
  // Stretches of the same size: a short last one would match ordinary words.
  const size = Math.ceil(chars.length / Math.ceil(chars.length / PATTERN_CHARS));
  const patterns: string[] = [];
  for (let start = 0; start < chars.length; start += size) {
    const stretch = chars.slice(start, start + size);
    patterns.push(stretch.map((char) => `(?:${charSpellings(char).join('|')})`).join(''));
  }
  return patterns;
}

/** Regular expression sources for one character (code point). */
function charSpellings(char: string): string[] {
  const code = char.codePointAt(0) ?? 0;
  const units = [...Array(char.length).keys()].map((index) => char.charCodeAt(index));
  const spellings = [
    escapeRegExp(char),
    [...Buffer.from(char, 'utf8')].map((byte) => `%${anyCase(hex(byte, 2))}`).join(''),
    units.map((unit) => `\\\\u${anyCase(hex(unit, 4))}`).join(''),
    `&#(?:0*${code}|[xX]0*${anyCase(code.toString(16))});`,
  ];
  if (code < 0x100) spellings.push(`\\\\x${anyCase(hex(code, 2))}`);
  const short = JSON.stringify(char).slice(1, -1);
  if (short !== char) spellings.push(escapeRegExp(short));
  if (char === ' ') spellings.push('\\+');
  if (char === '/' || char === "'") spellings.push(escapeRegExp(`\\${char}`));
  const entity = HTML_ENTITIES[char];
  if (entity !== undefined) spellings.push(entity);
  // Longest first: `\` is also the start of `\\`, and what is left of a match would show.
  return spellings.sort((a, b) => b.length - a.length);
}

const HTML_ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

/** `a1` becomes `[aA]1`. */
function anyCase(text: string): string {
  return text.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
