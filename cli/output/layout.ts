/**
 * Columns that a text takes. East Asian wide and emoji characters take two; combining marks none. Near enough for a
 * table: a wrong guess shifts a column by one.
 */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) {
    if (/\p{M}/u.test(char)) continue;
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
        char,
      )
        ? 2
        : 1;
  }
  return width;
}

/** Pads with spaces to a number of columns. */
export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}

/** Cuts to a number of columns, with an ellipsis. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let out = '';
  for (const char of text) {
    if (widthOf(out + char) > columns - 1) break;
    out += char;
  }
  return `${out}…`;
}

/** Breaks a text at spaces into lines of at most `columns`; a longer word stands alone and whole. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const next = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(next) > columns) {
      lines.push(line);
      line = word;
    } else {
      line = next;
    }
  }
  return [...lines, line];
}

/** Wraps a text under an indent. */
export function indented(text: string, indent: number, columns: number): string {
  const margin = ' '.repeat(indent);
  return wrap(text, Math.max(30, columns - indent))
    .map((line) => margin + line)
    .join('\n');
}

/** Columns that a table may take: the terminal's, or as many as it wants where a program or a file reads it. */
export function tableColumns({ isTTY, columns }: { isTTY: boolean; columns: number }): number {
  return isTTY ? columns : Number.POSITIVE_INFINITY;
}

/** A table of plain cells: columns as wide as their content, the whole cut to `columns`. */
export function table(rows: readonly (readonly string[])[], columns: number): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, widthOf(cell));
  }
  return rows.map((row) =>
    cut(
      row
        .map((cell, index) => pad(cell, widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
      columns,
    ),
  );
}
