/** Fewest characters of a passphrase that a bundle is sealed with. */
export const MIN_PASSPHRASE = 8;

/** How well a passphrase stands up to guessing; a rough estimate, and never an all-clear. */
export type PassphraseStrength = 'too-short' | 'weak' | 'fair' | 'strong';

/** Bits below which a passphrase is weak, and from which it is strong. */
const FAIR_BITS = 45;
const STRONG_BITS = 70;

/** Beginnings that guessing programs try first, in lower case and without digits and signs. */
const COMMON = ['password', 'passwort', 'passphrase', 'qwerty', 'qwertz', 'letmein', 'welcome', 'admin', 'secret'];
const RUNS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertzuiopasdfghjkl', 'qwertyuiopasdfghjkl'];

/**
 * Estimates a passphrase by its length and the kinds of its characters, less what is guessed first: common words, runs
 * such as 12345 and repetitions. It knows no dictionary, so a line from a song looks better than it is.
 */
export function passphraseStrength(passphrase: string): PassphraseStrength {
  const characters = [...passphrase.normalize('NFC')];
  if (characters.length < MIN_PASSPHRASE) return 'too-short';
  const bits = effectiveLength(characters) * Math.log2(alphabetOf(passphrase));
  if (bits < FAIR_BITS) return 'weak';
  return bits < STRONG_BITS ? 'fair' : 'strong';
}

/** Characters that have to be guessed: one that repeats or continues a run adds little. */
function effectiveLength(characters: readonly string[]): number {
  const lower = characters.map((character) => character.toLowerCase());
  const predictable = lower.filter((character, index) => {
    const before = lower[index - 1] ?? '';
    return index > 0 && (character === before || isRun(before + character));
  }).length;
  const letters = lower.join('').replace(/[^a-z]/g, '');
  const common = COMMON.find((word) => letters.includes(word))?.length ?? 0;
  // A text that repeats itself is as long as its different characters allow.
  const distinct = new Set(lower).size;
  return Math.max(0, Math.min(characters.length - predictable * 0.75 - common * 0.8, distinct * 2.5));
}

function isRun(pair: string): boolean {
  const reversed = [...pair].reverse().join('');
  return RUNS.some((run) => run.includes(pair) || run.includes(reversed));
}

function alphabetOf(text: string): number {
  let size = 0;
  if (/\p{Ll}/u.test(text)) size += 26;
  if (/\p{Lu}/u.test(text)) size += 26;
  if (/\d/.test(text)) size += 10;
  if (/[^\p{L}\d]/u.test(text)) size += 20;
  return Math.max(2, size);
}
