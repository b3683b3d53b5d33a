/**
 * Makes a mask of a whole text one of a part of it, as {@link Target.mask} wants it. The mask must keep the number of
 * lines; it still sees the whole text, since what is secret may begin before the part.
 */
export function maskByLines(maskWhole: (text: string) => string): (text: string, from?: number, to?: number) => string {
  return (text, from = 0, to = text.length) => {
    const masked = maskWhole(text);
    if (from === 0 && to === text.length) return masked;
    const part = text.slice(from, to);
    const first = breaksIn(text.slice(0, from));
    const closed = part.endsWith('\n');
    const count = breaksIn(part) + (closed ? 0 : 1);
    const lines = masked.split('\n').slice(first, first + count);
    return part === '' ? '' : `${lines.join('\n')}${closed ? '\n' : ''}`;
  };
}

function breaksIn(text: string): number {
  return text.split('\n').length - 1;
}
