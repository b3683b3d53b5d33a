/** Mapped to nothing (RFC 3454 B.1). */
// biome-ignore lint/suspicious/noMisleadingCharacterClass: joiners and variation selectors are what is looked for
const NOTHING = /[\u00ad\u034f\u1806\u180b-\u180d\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]/gu;

/** Mapped to a space (RFC 3454 C.1.2). */
const SPACE = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu;

/** Not allowed (RFC 3454 C.2 to C.9): controls, private use, non-characters, surrogates, tagging. */
const PROHIBITED =
  /[\p{Cc}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}\u2028\u2029\u200e\u200f\u202a-\u202e\u2061-\u2063\u206a-\u206f\ufff9-\ufffd\u{e0001}\u{e0020}-\u{e007f}]/u;

/**
 * Prepares a user name or password for SCRAM (RFC 4013), so that one typed on another keyboard matches. A text that may not
 * be used is returned as it is: the server has the last word. Bidirectional rules are left to the server too.
 */
export function saslprep(text: string): string {
  const mapped = text.replace(SPACE, ' ').replace(NOTHING, '').normalize('NFKC');
  return PROHIBITED.test(mapped) ? text : mapped;
}
