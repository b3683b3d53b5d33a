// Device names of Windows, reserved whatever the ending: CON.json opens the console.
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
const MAX_BYTES = 120;

/**
 * Makes a text (a profile's name, a product and a name) into a file name that every system takes: letters and digits of
 * any script, dots, hyphens and underscores; at most 120 bytes of UTF-8; never hidden, never an option to a command,
 * never empty.
 */
export function safeFileName(text: string): string {
  const slug = text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._]+/gu, '-')
    .replace(/\.{2,}/g, '.');
  const name = trimEnds(cut(trimEnds(slug)));
  if (name === '') return 'untitled';
  return RESERVED.test(name) ? `_${name}` : name;
}

/** Windows drops dots and spaces at the end in silence; a dot in front hides the file, a hyphen makes it an option. */
function trimEnds(name: string): string {
  return name.replace(/^[.\-\p{M}]+|[.-]+$/gu, '');
}

function cut(name: string): string {
  let out = '';
  let bytes = 0;
  for (const char of name) {
    bytes += Buffer.byteLength(char);
    if (bytes > MAX_BYTES) break;
    out += char;
  }
  return out;
}
