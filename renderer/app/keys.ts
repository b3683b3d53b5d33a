/**
 * A key combination as tables write it: `Mod+S`, `Shift+ArrowDown`, `F2`, `?`. `Mod` is Cmd on a Mac and Ctrl elsewhere.
 * Letters and digits stand for themselves in capitals; other keys have their KeyboardEvent name.
 */
export type Keys = string;

/** What of a KeyboardEvent decides; a synthetic one of React fits as well. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** True in the desktop window; a browser keeps some combinations for itself, Ctrl+N among them. */
export const isDesktop = typeof window !== 'undefined' && window.relaysmith !== undefined;

const isMac = typeof navigator !== 'undefined' && /^Mac|^iP/.test(navigator.platform);

/** True when a key press is this combination and no other modifier is held. Ctrl counts as Mod on a Mac as well. */
export function isPressed(keys: Keys, event: KeyPress): boolean {
  const { modifiers, key } = parts(keys);
  const wantsShift = modifiers.includes('Shift');
  if ((event.ctrlKey || event.metaKey) !== modifiers.includes('Mod')) return false;
  if (event.altKey !== modifiers.includes('Alt')) return false;
  // A character such as ? needs Shift on some keyboards and not on others.
  if (isCharacter(key)) return event.key === key;
  if (event.shiftKey !== wantsShift) return false;
  if (!/^[A-Z]$/.test(key)) return event.key === (key === 'Space' ? ' ' : key);
  // Alt (Option) with a letter types another character on a Mac, so the key itself is what counts there.
  return modifiers.includes('Alt') ? event.code === `Key${key}` : event.key.toUpperCase() === key;
}

const SYMBOLS: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Delete: 'Del',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
};
const NAMES = isMac ? { Mod: '⌘', Alt: '⌥', Shift: '⇧' } : { Mod: 'Ctrl', Alt: 'Alt', Shift: 'Shift' };

/** The combination as this system's users know it: `Ctrl S`, `⌘ S`. */
export function shownKeys(keys: Keys): string {
  const { modifiers, key } = parts(keys);
  return [...modifiers.map((each) => NAMES[each]), SYMBOLS[key] ?? key].join(' ');
}

/** The combination for `aria-keyshortcuts`: `Control+S`, `Meta+S`. */
export function ariaKeys(keys: Keys): string {
  return keys.replace('Mod', isMac ? 'Meta' : 'Control');
}

type Modifier = keyof typeof NAMES;

function parts(keys: Keys): { modifiers: Modifier[]; key: string } {
  const all = keys.split('+');
  return { modifiers: all.slice(0, -1) as Modifier[], key: all.at(-1) ?? '' };
}

function isCharacter(key: string): boolean {
  return key.length === 1 && !/[A-Z0-9]/.test(key);
}
