import { useEffect } from 'react';
import { startNewProfile } from '../features/library/actions.ts';
import { openDialog, useUi } from '../state/ui.ts';

/** True for Ctrl (or Cmd) with one letter and nothing else. */
export function isCommand(event: KeyboardEvent, key: string): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === key;
}

/** True while a dialog has the keyboard; shortcuts of the screen beneath rest then. */
export function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
}

/**
 * Listens to keys of the whole window while mounted; not while a dialog is open. `isFirst` comes before the control that
 * has the focus, for combinations that it would take for its own, such as Ctrl+Enter on a button.
 */
export function useWindowKeys(onKey: (event: KeyboardEvent) => void, isFirst = false): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && !isDialogOpen()) onKey(event);
    };
    window.addEventListener('keydown', listen, isFirst);
    return () => window.removeEventListener('keydown', listen, isFirst);
  }, [onKey, isFirst]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}

function onAppKey(event: KeyboardEvent): void {
  if (isCommand(event, 'f') || isCommand(event, 'k')) {
    event.preventDefault();
    useUi.setState({ pane: 'library' });
    requestAnimationFrame(() => {
      const search = document.querySelector<HTMLInputElement>('[data-search]');
      search?.focus();
      search?.select();
    });
  } else if (isCommand(event, 'n')) {
    event.preventDefault();
    startNewProfile();
  } else if (event.key === '?' && !isTyping(event.target)) {
    event.preventDefault();
    openDialog('shortcuts');
  }
}

/** The shortcuts that work everywhere: search, new profile, the list of shortcuts. */
export function useAppShortcuts(): void {
  useWindowKeys(onAppKey);
}
