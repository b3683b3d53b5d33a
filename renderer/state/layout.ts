import { create } from 'zustand';
import type { Preferences } from '../../shared/contract.ts';
import { useUi } from './ui.ts';

/** Sizes of the columns and which of them are folded away; kept in the preferences. */
export type Layout = NonNullable<Preferences['layout']>;

/** A column whose width can be changed. */
export type SideColumn = 'library' | 'bench';

/** Narrowest and widest columns, and how far one key press moves an edge; CSS px. */
export const COLUMN_WIDTH = {
  library: { min: 240, max: 480 },
  bench: { min: 320, max: 960 },
  step: 16,
} as const;

/** At most this wide the window shows one column at a time; also at 200 % zoom of a small window. As in shell.module.css. */
export const ONE_COLUMN = '(max-width: 799px)';
/** At most this wide it shows two: the library, and form or bench. As in shell.module.css. */
export const TWO_COLUMNS = '(max-width: 1099px)';

/** Columns as wide as the window thinks right, none folded away. */
export const DEFAULT_LAYOUT: Layout = { library: null, bench: null, isLibraryOpen: true, isBenchOpen: true };

/** The layout of this window. */
export const useLayout = create<Layout>(() => DEFAULT_LAYOUT);

/** Sets the width of a column, within its bounds; null leaves it to the window again. */
export function setColumnWidth(column: SideColumn, width: number | null): void {
  const { min, max } = COLUMN_WIDTH[column];
  useLayout.setState({ [column]: width === null ? null : Math.min(max, Math.max(min, Math.round(width))) });
}

/** Folds the library away or brings it back. Where there is one column at a time, goes to it or away from it. */
export function toggleLibrary(): void {
  if (matches(ONE_COLUMN)) {
    useUi.setState(({ pane }) => ({ pane: pane === 'library' ? 'main' : 'library' }));
    return;
  }
  useLayout.setState(({ isLibraryOpen }) => ({ isLibraryOpen: !isLibraryOpen }));
  keepFocusInView('library');
}

/** Folds the test bench away or brings it back. Where it shares its place with the form, switches between them. */
export function toggleBench(): void {
  if (matches(TWO_COLUMNS)) {
    useUi.setState(({ pane }) => ({ pane: pane === 'bench' ? 'main' : 'bench' }));
    return;
  }
  useLayout.setState(({ isBenchOpen }) => ({ isBenchOpen: !isBenchOpen }));
  keepFocusInView('bench');
}

/** Brings the library into view. */
export function showLibrary(): void {
  useUi.setState({ pane: 'library' });
  useLayout.setState({ isLibraryOpen: true });
}

/** Brings the test bench into view. */
export function showBench(): void {
  useUi.setState({ pane: 'bench' });
  useLayout.setState({ isBenchOpen: true });
}

function matches(query: string): boolean {
  return window.matchMedia(query).matches;
}

/** A control that was folded away leaves the focus to the button that brings its column back, and the other way round. */
function keepFocusInView(column: SideColumn): void {
  const hadFocus = document.activeElement?.closest(`[data-column="${column}"]`) !== null;
  if (!hadFocus) return;
  requestAnimationFrame(() => {
    const place = document.querySelector(`[data-column="${column}"]`);
    const buttons = [...(place?.querySelectorAll<HTMLElement>('[data-fold]') ?? [])];
    if (!document.activeElement?.checkVisibility() || document.activeElement === document.body) {
      buttons
        .find((button) => button.checkVisibility())
        ?.querySelector('button')
        ?.focus();
    }
  });
}
