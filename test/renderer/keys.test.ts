import { describe, expect, it } from 'vitest';
import { isPressed, type KeyPress } from '../../renderer/app/keys.ts';
import { COMMANDS } from '../../renderer/features/palette/commands.ts';

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key;
  return { key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
}

describe('a key combination', () => {
  it('is pressed with its modifier and no other', () => {
    expect(isPressed('Mod+S', press('s', { ctrlKey: true }))).toBe(true);
    expect(isPressed('Mod+S', press('s', { metaKey: true }))).toBe(true);
    expect(isPressed('Mod+S', press('S', { ctrlKey: true, shiftKey: true }))).toBe(false);
    expect(isPressed('Mod+S', press('s'))).toBe(false);
    expect(isPressed('Mod+S', press('s', { ctrlKey: true, altKey: true }))).toBe(false);
  });

  it('takes a character as it was typed, whatever the keyboard needs for it', () => {
    expect(isPressed('?', press('?', { shiftKey: true }))).toBe(true);
    expect(isPressed('?', press('?'))).toBe(true);
    expect(isPressed('?', press('?', { ctrlKey: true }))).toBe(false);
  });

  it('takes the key itself with Alt, which types another character on a Mac', () => {
    expect(isPressed('Alt+N', press('˜', { altKey: true, code: 'KeyN' }))).toBe(true);
    expect(isPressed('Alt+N', press('n', { altKey: true }))).toBe(true);
    expect(isPressed('Alt+N', press('n'))).toBe(false);
  });

  it('tells Shift with an arrow from the arrow alone', () => {
    expect(isPressed('ArrowDown', press('ArrowDown', { shiftKey: true }))).toBe(false);
    expect(isPressed('Shift+ArrowDown', press('ArrowDown', { shiftKey: true }))).toBe(true);
  });
});

describe('the table of commands', () => {
  it('gives no combination twice and no letter alone (WCAG 2.1.4)', () => {
    const keys = COMMANDS.flatMap((command) => command.keys ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((each) => /^[A-Z0-9]$/.test(each))).toEqual([]);
  });

  it('gives every command a name of its own', () => {
    expect(new Set(COMMANDS.map(({ name }) => name)).size).toBe(COMMANDS.length);
  });

  it('asks for no combination in a browser that the browser keeps for itself', () => {
    const taken = ['Mod+N', 'Mod+T', 'Mod+W'];
    expect(COMMANDS.flatMap(({ keys }) => (keys && taken.includes(keys) ? [keys] : []))).toEqual([]);
  });
});
