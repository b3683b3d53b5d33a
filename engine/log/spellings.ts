/** A secret longer than this (a key, a token) is looked for in whole spellings, not character by character. */
const CHARACTERWISE = 512;

/**
 * Makes a regular expression source that matches a text however it was escaped on the way: as it is, percent-encoded (all
 * of it or only what a URL needs), as a form field, in JSON, in HTML, or with `escapeControls`.
 */
export function spellingsOf(text: string): string {
  if (text.length > CHARACTERWISE) return [...new Set(wholeSpellings(text))].map(escapeRegExp).join('|');
  return [...text].map((char) => `(?:${charSpellings(char).join('|')})`).join('');
}

/** Common spellings of a long text, each as a whole. */
function wholeSpellings(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replace(/[^\0-\x7f]/g, (unit) => `\\u${hex(unit.charCodeAt(0), 4)}`);
  const url = encodeURIComponent(text);
  return [text, json, ascii, json.replaceAll('/', '\\/'), url, url.replaceAll('%20', '+')];
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
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
