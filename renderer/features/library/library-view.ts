import { create } from 'zustand';
import { type Filters, NO_FILTERS } from './filters.ts';
import { type Folds, withFold } from './list-items.ts';
import { NOTHING, type Selection } from './selection.ts';

interface LibraryView {
  search: string;
  filters: Filters;
  folds: Folds;
  /** True while every row has a box to tick, and a click ticks it. */
  isSelecting: boolean;
  selection: Selection;
  /** The profile whose name is being typed in its row. */
  renaming: string | null;
}

/** How the list of profiles looks now; nobody misses it when the window is gone. */
export const useLibraryView = create<LibraryView>(() => ({
  search: '',
  filters: NO_FILTERS,
  folds: { all: false, except: new Set() },
  isSelecting: false,
  selection: NOTHING,
  renaming: null,
}));

/** Changes some of the filters. */
export function setFilters(part: Partial<Filters>): void {
  useLibraryView.setState(({ filters }) => ({ filters: { ...filters, ...part } }));
}

/** Shows every profile again. */
export function showAll(): void {
  useLibraryView.setState({ search: '', filters: NO_FILTERS });
}

/** Folds or unfolds one organisation. */
export function fold(title: string, folded: boolean): void {
  useLibraryView.setState(({ folds }) => ({ folds: withFold(folds, title, folded) }));
}

/** Folds or unfolds all of them. */
export function foldAll(all: boolean): void {
  useLibraryView.setState({ folds: { all, except: new Set() } });
}

/** Changes which profiles are chosen. */
export function select(change: (selection: Selection) => Selection): void {
  useLibraryView.setState(({ selection }) => ({ selection: change(selection) }));
}

/** Chooses nothing and takes the boxes away. */
export function stopSelecting(): void {
  useLibraryView.setState({ isSelecting: false, selection: NOTHING });
}
