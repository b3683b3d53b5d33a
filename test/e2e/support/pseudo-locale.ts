/** Encloses every word of the catalogue, so that a test can tell it from names and data. */
export const MARK = { begin: '⟦', end: '⟧' } as const;

const ACCENTED: Record<string, string> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  A: 'Á',
  E: 'É',
  I: 'Í',
  O: 'Ó',
  U: 'Ú',
};

/** How much longer than English a translation may be, as a share of its length. */
const LONGER = 0.4;

/**
 * Makes a catalogue of words into that of a language that does not exist: 40 % longer, accented, and marked at both
 * ends. Changes the object itself; functions in it give such words too.
 */
export function pseudoLocale(words: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') words[key] = pseudo(value);
    else if (typeof value === 'function') words[key] = (...given: unknown[]) => pseudo(String(value(...given)));
    else if (typeof value === 'object' && value !== null) pseudoLocale(value as Record<string, unknown>);
  }
}

function pseudo(text: string): string {
  // A word inside a longer one is marked already; an empty one stays away.
  if (text === '' || text.includes(MARK.begin)) return text;
  const accented = text.replace(/[aeiouAEIOU]/g, (letter) => ACCENTED[letter] ?? letter);
  return `${MARK.begin}${accented}${padding(Math.ceil(text.length * LONGER))}${MARK.end}`;
}

/** In words of a usual length, so that lines can break as they do in real languages. */
function padding(length: number): string {
  return Array.from({ length }, (_, at) => (at % 7 === 0 && length > 3 ? ' ' : 'ë')).join('');
}
