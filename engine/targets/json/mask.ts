import { isPlaceholder } from '../secret-policy.ts';
import { CLOSE_ARRAY, CLOSE_OBJECT, endOfString, endOfValue, OPEN_ARRAY, OPEN_OBJECT, skipSpace } from './scan.ts';

/** What is shown instead of a secret. It is a mask in the sense of shared/secrets.ts, so no import takes it for one. */
export const SHOWN_MASK = '••••••••';

/**
 * Names of keys whose texts are not to be shown: those of the mail settings, and those of the rest of a customer's
 * file (database sources, salts, signing keys, client secrets).
 */
const SECRET_KEY =
  /pass(?:word|wd|phrase|wort)?s?$|^pw$|secret|token$|salt$|senha|private.?key|encrypt.?key|split.?key|access.?key$|api.?key$|credential|data.?source|hash(?:ed)?(?:salted)?value$|^secretdata$|certificatekey$/i;

/** Tells whether a key's value is to be masked for display. */
export function isSecretKey(key: string): boolean {
  // A token's address and other settings about a secret are none.
  return SECRET_KEY.test(key) && !/url$|uri$|type$|enabled?$|policy$/i.test(key);
}

/** Where a container stands in: whether all in it is secret, and whether it is an object. */
interface Holder {
  secret: boolean;
  object: boolean;
}

interface Span {
  start: number;
  end: number;
}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;

/**
 * A part of a valid JSON text with the texts under secret keys masked, also those in lists and objects below such a
 * key. What is a reference (`${vault.x}`) or empty stays: it holds no secret. Keeps the number of lines.
 * @param from Offset where the part begins, and `to` where it ends; what is before is only read to know what is open.
 */
export function maskJson(text: string, from = 0, to = text.length): string {
  const parts: string[] = [];
  const { open, key } = openAt(text, from);
  let pending = key;
  let copied = from;
  let at = skipSpace(text, from === 0 && text.charCodeAt(0) === 0xfeff ? 1 : from);
  while (at < to) {
    const code = text.charCodeAt(at);
    if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      open.push({ secret: isSecret(text, open.at(-1), pending), object: code === OPEN_OBJECT });
      pending = null;
      at++;
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      open.pop();
      pending = null;
      at++;
    } else if (code === COMMA || code === COLON) {
      if (code === COMMA) pending = null;
      at++;
    } else {
      const end = endOfValue(text, at);
      const holder = open.at(-1);
      if (holder?.object && !pending) pending = { start: at, end };
      else if (end <= to && isSecret(text, holder, pending) && hidesSomething(text.slice(at, end))) {
        parts.push(text.slice(copied, at), `"${SHOWN_MASK}"`);
        copied = end;
      }
      at = end;
    }
    at = skipSpace(text, at);
  }
  parts.push(text.slice(copied, to));
  return parts.join('');
}

/** What is open at an offset between two tokens, and the key whose value comes next, if any. */
function openAt(text: string, offset: number): { open: Holder[]; key: Span | null } {
  const opened: { key: Span | null; object: boolean }[] = [];
  let last: Span | null = null;
  let key: Span | null = null;
  for (let at = 0; at < offset; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      last = { start: at, end: endOfString(text, at) };
      at = last.end - 1;
    } else if (code === COLON) key = last;
    else if (code === COMMA) key = null;
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      opened.push({ key, object: code === OPEN_OBJECT });
      key = null;
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      opened.pop();
      key = null;
    }
  }
  const open: Holder[] = [];
  for (const { key: own, object } of opened) open.push({ secret: isSecret(text, open.at(-1), own), object });
  return { open, key };
}

function isSecret(text: string, holder: Holder | undefined, key: Span | null): boolean {
  return (holder?.secret ?? false) || (key !== null && isSecretKey(decoded(text.slice(key.start, key.end))));
}

/** False for what is no secret: empty, a switch, a reference, a mask, a placeholder. Numbers can be passwords. */
function hidesSomething(raw: string): boolean {
  if (!raw.startsWith('"')) return /^[-\d]/.test(raw);
  const text = raw.slice(1, -1);
  return text !== '' && !/^\$\{vault\.[\w.-]+\}$|^\*{3,}$/.test(text) && !isPlaceholder(text);
}

function decoded(raw: string): string {
  return raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
}
