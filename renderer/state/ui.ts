import { create } from 'zustand';
import type { ProfileSettings } from '../../shared/profile.ts';

/** What the middle of the window shows. */
export type Place =
  | { kind: 'home' }
  | { kind: 'profile'; id: string }
  | { kind: 'new'; key: string; seed: ProfileSettings }
  /** `ids` are the profiles that were chosen for it. */
  | { kind: 'batch'; ids: readonly string[] | null }
  | { kind: 'practice' }
  | { kind: 'trash' };

/** A dialog that is not part of one screen. */
export type AppDialog =
  | 'detect'
  | 'import'
  | 'importMany'
  | 'exportMany'
  | 'saveBundle'
  | 'openBundle'
  | 'palette'
  | 'preferences'
  | 'shortcuts'
  | 'recovery';

/** Which part is in view where the window is too narrow for all. */
export type Pane = 'library' | 'main' | 'bench';

interface UiState {
  place: Place;
  dialog: AppDialog | null;
  /** What was last chosen in the palette, latest first. */
  recent: readonly string[];
  pane: Pane;
  /** Ids of the profiles that a dialog about several begins with. */
  picked: readonly string[];
  /** A file that was dropped on the window and waits for the import dialog. */
  dropped: File | null;
}

/** The state of the window that nobody misses when it is gone. */
export const useUi = create<UiState>(() => ({
  place: { kind: 'home' },
  dialog: null,
  recent: [],
  pane: 'library',
  picked: [],
  dropped: null,
}));

/** Shows a place, and the pane that it is in. */
export function goTo(place: Place): void {
  useUi.setState({ place, pane: place.kind === 'home' ? 'library' : 'main' });
}

/** Opens or closes a dialog. */
export function openDialog(dialog: AppDialog | null): void {
  useUi.setState({ dialog });
}

/** Opens a dialog about several profiles, beginning with these. */
export function openFor(dialog: 'exportMany' | 'saveBundle', picked: readonly string[]): void {
  useUi.setState({ dialog, picked });
}
