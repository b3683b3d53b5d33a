import { isPlaceholder } from '../secret-policy.ts';
import { endOfValue, skipSpace } from './scan.ts';

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

/**
 * A valid JSON text with the texts under secret keys masked, also those in lists and objects below such a key. A
 * text that is a reference (`${vault.x}`) or empty stays: it holds no secret. Keeps the number of lines.
 */
export function maskJson(text: string): string {
  const parts: string[] = [];
  /** For each open container: whether what is in it is secret, and whether it is an object. */
  const open: { secret: boolean; object: boolean }[] = [];
  let copied = 0;
  let secret = false;
  let at = skipSpace(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  while (at < text.length) {
    const char = text[at];
    const holder = open.at(-1);
    if (char === '{' || char === '[') {
      open.push({ secret, object: char === '{' });
      at++;
    } else if (char === '}' || char === ']') {
      open.pop();
      at++;
    } else if (char === ',' || char === ':') {
      at++;
      if (char === ',') secret = holder?.secret ?? false;
    } else {
      const end = endOfValue(text, at);
      const after = skipSpace(text, end);
      if (holder?.object && text[after] === ':') {
        secret = holder.secret || isSecretKey(decoded(text.slice(at, end)));
      } else if (secret && hidesSomething(text.slice(at, end))) {
        parts.push(text.slice(copied, at), `"${SHOWN_MASK}"`);
        copied = end;
      }
      at = Math.max(end, at + 1);
    }
    at = skipSpace(text, at);
  }
  parts.push(text.slice(copied));
  return parts.join('');
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
