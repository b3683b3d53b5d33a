/** How well a text fits a query, and which of its characters do. */
export interface Fit {
  /** Higher is better. */
  score: number;
  /** Stretches to set off, as [start, end) in characters. */
  marks: [number, number][];
}

const AT_START = 100;
const AT_WORD = 80;
const INSIDE = 60;
const SCATTERED = 20;

/**
 * Fits a query to a text: every word of it must be there, at best at the start of a word, at worst as letters in their
 * order (`npr` finds "New profile"). Null when one is not. Both must be in lower case; an empty query fits everything.
 */
export function fuzzy(query: string, text: string): Fit | null {
  const words = query.split(' ').filter(Boolean);
  let score = 0;
  const marks: Fit['marks'] = [];
  for (const word of words) {
    const fit = wholeWord(word, text) ?? scattered(word, text);
    if (!fit) return null;
    score += fit.score;
    marks.push(...fit.marks);
  }
  // Of two texts that fit alike, the shorter one says less else.
  return { score: score - Math.min(text.length, 100) / 10, marks: marks.sort(([a], [b]) => a - b) };
}

function wholeWord(word: string, text: string): Fit | null {
  let at = text.indexOf(word);
  if (at === -1) return null;
  let score = at === 0 ? AT_START : INSIDE;
  for (let next = at; next !== -1 && score === INSIDE; next = text.indexOf(word, next + 1)) {
    if (!isWordStart(text, next)) continue;
    at = next;
    score = AT_WORD;
  }
  return { score, marks: [[at, at + word.length]] };
}

/** The letters of a word one after the other, each at the start of a word where it can be had there. */
function scattered(word: string, text: string): Fit | null {
  const marks: Fit['marks'] = [];
  let from = 0;
  let starts = 0;
  for (const letter of word) {
    const at = text.indexOf(letter, from);
    if (at === -1) return null;
    const isNext = at === from && from > 0;
    const start = isNext ? at : wordStart(letter, text, from);
    const found = start ?? at;
    if (isWordStart(text, found) || isNext) starts += 1;
    marks.push([found, found + letter.length]);
    from = found + letter.length;
  }
  // Letters strewn over a text are chance; an abbreviation begins at words.
  return starts * 2 > word.length && isWordStart(text, marks[0]?.[0] ?? -1)
    ? { score: (SCATTERED * starts) / word.length, marks }
    : null;
}

function wordStart(letter: string, text: string, from: number): number | null {
  for (let at = text.indexOf(letter, from); at !== -1; at = text.indexOf(letter, at + 1)) {
    if (isWordStart(text, at)) return at;
  }
  return null;
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '');
}
