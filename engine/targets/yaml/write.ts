/** A text that is written as it stands, such as a keyword (`STARTTLS`), a Ruby symbol or `!secret name`. */
export class YamlWord {
  readonly text: string;
  /** What a reader makes of it: the tag, if any, a space, and the value without its quotes. */
  readonly readsAs: string;

  constructor(text: string, readsAs = text) {
    this.text = text;
    this.readsAs = readsAs;
  }
}

/** What can be written: undefined inside an object leaves the key out. */
export type YamlWritable =
  | string
  | number
  | boolean
  | YamlWord
  | readonly YamlWritable[]
  | { readonly [key: string]: YamlWritable | undefined };

/** A container that holds other values. */
export type YamlContainer = readonly YamlWritable[] | { readonly [key: string]: YamlWritable | undefined };

/** How nested lines are written. */
export interface YamlStyle {
  /** Spaces of one level. */
  step: number;
  newline: string;
}

/** Two spaces and line feeds. */
export const PLAIN_STYLE: YamlStyle = { step: 2, newline: '\n' };

/** True for objects and lists. */
export function isContainer(value: YamlWritable): value is YamlContainer {
  return typeof value === 'object' && !(value instanceof YamlWord);
}

/** A whole text: `key: value` lines, or `- item` lines. */
export function writeYaml(value: YamlContainer, style: YamlStyle = PLAIN_STYLE): string {
  return linesOf(value, 0, style)
    .map((line) => line + style.newline)
    .join('');
}

/** Lines of a block, without line ends, each indented by `indent` spaces. An empty container gives one line. */
export function linesOf(value: YamlContainer, indent: number, style: YamlStyle): string[] {
  const lead = ' '.repeat(indent);
  if (isList(value)) {
    const items = value.flatMap((item) => {
      if (!isContainer(item)) return [`${lead}- ${writeScalar(item)}`];
      const [first = '{}', ...rest] = linesOf(item, indent + 2, style);
      return [`${lead}- ${first.slice(indent + 2)}`, ...rest];
    });
    return items.length > 0 ? items : [`${lead}[]`];
  }
  const lines = Object.entries(value).flatMap(([key, item]) =>
    item === undefined ? [] : entryLines(key, item, indent, style),
  );
  return lines.length > 0 ? lines : [`${lead}{}`];
}

/** The lines of one `key: value`. */
export function entryLines(key: string, value: YamlWritable, indent: number, style: YamlStyle): string[] {
  const lead = `${' '.repeat(indent)}${writeKey(key)}:`;
  if (!isContainer(value)) return [`${lead} ${writeScalar(value)}`];
  if (isEmpty(value)) return [`${lead} ${isList(value) ? '[]' : '{}'}`];
  return [lead, ...linesOf(value, indent + style.step, style)];
}

/** A value in flow style, for a place that is already inside brackets. */
export function writeFlow(value: YamlWritable): string {
  if (!isContainer(value)) return writeScalar(value);
  if (isList(value)) return `[${value.map(writeFlow).join(', ')}]`;
  const items = Object.entries(value).flatMap(([key, item]) =>
    item === undefined ? [] : [`${writeKey(key)}: ${writeFlow(item)}`],
  );
  return items.length > 0 ? `{ ${items.join(', ')} }` : '{}';
}

/** A scalar that YAML 1.1 and 1.2 readers take alike: texts always in quotes. */
export function writeScalar(value: string | number | boolean | YamlWord): string {
  if (value instanceof YamlWord) return value.text;
  return typeof value === 'string' ? quoteDouble(value) : String(value);
}

/**
 * A text in double quotes. Escaped is what some reader refuses in the raw or folds: control characters (YAML 1.1
 * counts U+0085, U+2028 and U+2029 as line ends), the byte order mark and U+FFFE, U+FFFF. Others stay as they are:
 * a surrogate pair as two `\u` is what many readers reject.
 */
export function quoteDouble(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
  const escaped = text.replace(/["\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (char) => {
    const known = SHORT.get(char);
    if (known) return known;
    const code = (char.codePointAt(0) ?? 0).toString(16);
    return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

const SHORT = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** A text in single quotes; null when it holds what only double quotes can. */
export function quoteSingle(text: string): string | null {
  if (quoteDouble(text.replace(/["\\]/g, '')).includes('\\')) return null;
  return `'${text.replaceAll("'", "''")}'`;
}

/** True for a text that no reader takes for anything else without quotes. */
export function isPlainText(text: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_.@/+-]*$/.test(text)) return false;
  return !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text);
}

function writeKey(key: string): string {
  return isPlainText(key) ? key : quoteDouble(key);
}

function isList(value: YamlContainer): value is readonly YamlWritable[] {
  return Array.isArray(value);
}

function isEmpty(value: YamlContainer): boolean {
  return isList(value) ? value.length === 0 : Object.values(value).every((item) => item === undefined);
}
