import { showLibrary } from '../../state/layout.ts';

/** Goes to the search field above the profiles and selects what is in it. */
export function focusSearch(): void {
  showLibrary();
  // The field is there once the column is in view.
  requestAnimationFrame(() => {
    const search = document.querySelector<HTMLInputElement>('[data-search]');
    search?.focus();
    search?.select();
  });
}

const COLUMNS = '[data-column], main';
const STOPS = 'input, select, textarea, button, a[href], summary, [tabindex]';

const lastIn = new WeakMap<Element, HTMLElement>();

/** Remembers where in its column the focus is, so that it can come back there. */
export function rememberFocus({ target }: { target: EventTarget | null }): void {
  const column = target instanceof HTMLElement ? target.closest(COLUMNS) : null;
  if (column && target instanceof HTMLElement) lastIn.set(column, target);
}

/** Goes from column to column: to what was last in focus there, else to the first control. */
export function focusNextColumn(): void {
  const columns = [...document.querySelectorAll<HTMLElement>(COLUMNS)].filter((column) => column.checkVisibility());
  const at = columns.findIndex((column) => column.contains(document.activeElement));
  const next = columns[(at + 1) % columns.length];
  if (!next) return;
  const last = lastIn.get(next);
  const stop = last?.isConnected && last.checkVisibility() ? last : firstStop(next);
  stop?.focus();
}

function firstStop(column: HTMLElement): HTMLElement | undefined {
  return [...column.querySelectorAll<HTMLElement>(STOPS)].find(
    (each) => each.tabIndex >= 0 && each.checkVisibility() && !each.matches(':disabled, [role="separator"]'),
  );
}
