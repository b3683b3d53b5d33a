/**
 * Takes blanks off a text by hand: a pattern such as `\s+$` needs quadratic time where many blanks stand inside of it.
 * @param space What counts as blank, as the inside of a character class.
 */
export function stripper(space: string): { end: (text: string) => string; both: (text: string) => string } {
  const blank = new RegExp(`[${space}]`);
  const end = (text: string): string => {
    let to = text.length;
    while (to > 0 && blank.test(text[to - 1] ?? '')) to--;
    return text.slice(0, to);
  };
  const both = (text: string): string => {
    let from = 0;
    while (from < text.length && blank.test(text[from] ?? '')) from++;
    return end(text.slice(from));
  };
  return { end, both };
}
