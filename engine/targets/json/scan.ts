/** Containers deeper than this are refused: no product's file comes near it, and recursion elsewhere would overflow. */
export const MAX_JSON_DEPTH = 64;

/** Where a text stops being JSON, and why, in plain words. */
export interface JsonFault {
  offset: number;
  detail: string;
}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
/** Character codes of the brackets. */
export const OPEN_OBJECT = 123;
export const CLOSE_OBJECT = 125;
export const OPEN_ARRAY = 91;
export const CLOSE_ARRAY = 93;

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** First offset at or after `from` that is no JSON white space (RFC 8259 section 2). */
export function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at;
    at++;
  }
}

/**
 * Checks a whole text against RFC 8259 in one pass, without building anything. Returns null when it is valid. Iterative,
 * so that a hostile nesting depth cannot overflow the stack.
 */
export function checkJson(text: string, from = 0): JsonFault | null {
  try {
    new Scanner(text, from).document();
    return null;
  } catch (error) {
    if (error instanceof Fault) return { offset: Math.min(error.offset, text.length), detail: error.message };
    throw error;
  }
}

/** Carries a fault out of the scanner; never leaves this file. */
class Fault extends Error {
  readonly offset: number;
  constructor(offset: number, detail: string) {
    super(detail);
    this.offset = offset;
  }
}

class Scanner {
  private readonly text: string;
  private at: number;
  /** Opening code of each container that is still open. */
  private readonly open: number[] = [];

  constructor(text: string, from: number) {
    this.text = text;
    this.at = from;
  }

  document(): void {
    this.at = skipSpace(this.text, this.at);
    if (this.at >= this.text.length) throw new Fault(this.at, 'The file is empty.');
    this.value();
    while (this.open.length > 0) this.afterValue();
    this.at = skipSpace(this.text, this.at);
    if (this.at < this.text.length) this.unexpected('Something follows after the end of the JSON text.');
  }

  /** Reads one value, or opens a container and reads up to its first value. */
  private value(): void {
    for (;;) {
      this.at = skipSpace(this.text, this.at);
      const code = this.text.charCodeAt(this.at);
      if (code === OPEN_OBJECT) {
        if (this.enter(code, CLOSE_OBJECT)) return;
        this.key();
      } else if (code === OPEN_ARRAY) {
        if (this.enter(code, CLOSE_ARRAY)) return;
      } else {
        this.scalar(code);
        return;
      }
    }
  }

  /** Opens a container; true when it was empty and is closed again. */
  private enter(code: number, closing: number): boolean {
    if (this.open.length >= MAX_JSON_DEPTH) {
      throw new Fault(this.at, `This is nested more than ${MAX_JSON_DEPTH} levels deep.`);
    }
    this.at = skipSpace(this.text, this.at + 1);
    if (this.text.charCodeAt(this.at) === closing) {
      this.at++;
      return true;
    }
    this.open.push(code);
    return false;
  }

  /** After a value inside a container: goes on to the next one, or closes the container. */
  private afterValue(): void {
    const inObject = this.open.at(-1) === OPEN_OBJECT;
    const closing = inObject ? CLOSE_OBJECT : CLOSE_ARRAY;
    this.at = skipSpace(this.text, this.at);
    const code = this.text.charCodeAt(this.at);
    if (code === closing) {
      this.at++;
      this.open.pop();
      return;
    }
    if (code !== COMMA) this.missingComma(closing);
    const comma = this.at;
    this.at = skipSpace(this.text, this.at + 1);
    if (this.text.charCodeAt(this.at) === closing) {
      throw new Fault(comma, `A comma stands before the closing ${inObject ? '}' : ']'}. Remove it.`);
    }
    if (inObject) this.key();
    this.value();
  }

  private key(): void {
    this.at = skipSpace(this.text, this.at);
    if (this.text.charCodeAt(this.at) !== QUOTE) this.unexpected('A name in double quotes is missing here.');
    this.string();
    this.at = skipSpace(this.text, this.at);
    if (this.text.charCodeAt(this.at) !== COLON) this.unexpected('A colon is missing after the name.');
    this.at++;
  }

  private scalar(code: number): void {
    if (code === QUOTE) {
      this.string();
      return;
    }
    for (const word of ['true', 'false', 'null']) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return;
      }
    }
    NUMBER.lastIndex = this.at;
    if (!NUMBER.test(this.text)) this.unexpected('A value is missing here.');
    this.at = NUMBER.lastIndex;
  }

  private string(): void {
    const { text } = this;
    const start = this.at;
    let at = start + 1;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        ESCAPE.lastIndex = at;
        if (!ESCAPE.test(text)) throw new Fault(at, 'A backslash here needs to be doubled (\\\\).');
        at = ESCAPE.lastIndex;
      } else if (code < 32) {
        if (code === 10 || code === 13) throw new Fault(start, 'A text that begins here is not closed on its line.');
        throw new Fault(at, 'A control character stands inside a text. Remove it.');
      } else if (at >= text.length) {
        throw new Fault(start, 'A text that begins here is not closed before the end of the file.');
      } else at++;
    }
    this.at = at + 1;
  }

  private missingComma(closing: number): never {
    const sign = String.fromCharCode(closing);
    if (this.at >= this.text.length) throw new Fault(this.at, `The file ends before the closing ${sign}.`);
    this.unexpected(`A comma or the closing ${sign} is missing before this.`);
  }

  /** Throws with the likeliest reason for what stands at the present place. */
  private unexpected(otherwise: string): never {
    const { text, at } = this;
    if (at >= text.length) throw new Fault(at, 'The file ends too early.');
    if (text.startsWith('//', at) || text.startsWith('/*', at) || text.startsWith('#', at)) {
      throw new Fault(at, 'A comment stands here, and JSON has no comments. Remove it.');
    }
    if (text.charCodeAt(at) === 39) throw new Fault(at, 'JSON wants double quotes, not single ones.');
    if (text.charCodeAt(at) === COMMA) throw new Fault(at, 'A comma stands where a value should be. Remove it.');
    throw new Fault(at, otherwise);
  }
}

/** End of the value that begins at `start`, in a text that {@link checkJson} passed; of another it only ends. */
export function endOfValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return endOfString(text, start);
  if (first !== OPEN_OBJECT && first !== OPEN_ARRAY) return endOfWord(text, start);
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at) - 1;
    else if (code > QUOTE) {
      // The two brackets of each kind differ in one bit: [ { and ] }. This loop runs over whole files.
      const bracket = code | 32;
      if (bracket === OPEN_OBJECT) depth++;
      else if (bracket === CLOSE_OBJECT && --depth === 0) return at + 1;
    }
  }
  return text.length;
}

/** End of the string that begins at `start`. */
export function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at + 1;
  }
  return text.length;
}

function endOfWord(text: string, start: number): number {
  const word = /[-+.\w]+/y;
  word.lastIndex = start;
  return word.test(text) ? word.lastIndex : start + 1;
}
