import { useCallback, useEffect } from 'react';
import { COMMANDS, type Command } from '../features/palette/commands.ts';
import { rememberFocus } from '../features/palette/focus.ts';
import { useChangePreferences } from '../state/preferences.ts';
import { isPressed } from './keys.ts';

/** True while a dialog has the keyboard; shortcuts of the screen beneath rest then. */
function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}

/** Makes the key combinations of the table of commands work in the whole window, except while a dialog is open. */
export function useShortcuts(): void {
  const changePreferences = useChangePreferences();
  const onKey = useCallback(
    (event: KeyboardEvent) => {
      const command = event.defaultPrevented || isDialogOpen() ? undefined : commandOf(event);
      if (!command?.keys) return;
      const isNow = command.when?.() ?? true;
      // Even when there is nothing to do: Ctrl+S must not bring up the browser's own dialog.
      if (isNow || command.keys.includes('+')) event.preventDefault();
      if (!isNow) return;
      event.stopPropagation();
      command.run({ changePreferences });
    },
    [changePreferences],
  );
  useEffect(() => {
    // Before the control that has the focus, which would take Ctrl+Enter on a button for its own.
    const first = (event: KeyboardEvent) => {
      if (event.key === 'Enter') onKey(event);
    };
    window.addEventListener('keydown', first, true);
    window.addEventListener('keydown', onKey);
    window.addEventListener('focusin', rememberFocus);
    return () => {
      window.removeEventListener('keydown', first, true);
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('focusin', rememberFocus);
    };
  }, [onKey]);
}

function commandOf(event: KeyboardEvent): Command | undefined {
  return COMMANDS.find(({ keys }) => {
    if (!keys || !isPressed(keys, event)) return false;
    // A character alone is text while somebody types (WCAG 2.1.4).
    return keys.length > 1 || !isTyping(event.target);
  });
}
