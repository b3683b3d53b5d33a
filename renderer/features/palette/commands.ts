import type { Preferences } from '../../../shared/contract.ts';
import { isDesktop, type Keys } from '../../app/keys.ts';
import { showLibrary, toggleBench, toggleLibrary } from '../../state/layout.ts';
import { type OfferId, offered } from '../../state/offers.ts';
import { goTo, openDialog, openFor, useUi } from '../../state/ui.ts';
import { commands as text } from '../../text.ts';
import { startNewProfile } from '../library/actions.ts';
import { foldAll, useLibraryView } from '../library/library-view.ts';
import { focusNextColumn, focusSearch } from './focus.ts';

/** What commands may use besides the window's stores. */
export interface CommandContext {
  changePreferences: (part: Partial<Preferences>) => void;
}

/** Something that can be asked for by palette or shortcut. */
export interface Command {
  id: keyof typeof text;
  /** As the palette and the list of shortcuts call it. */
  name: string;
  /** Heading of the list of shortcuts that it stands under. */
  place: 'anywhere' | 'profile';
  /** Absent: by palette only. */
  keys?: Keys;
  /** True when it makes sense now; absent for always. */
  when?: () => boolean;
  run: (context: CommandContext) => void;
}

/** Opens the palette, and closes it. */
export const PALETTE_KEYS: Keys = 'Mod+K';
/** A browser never gives Ctrl+N to a page: it opens a window of its own. */
const NEW_PROFILE: Keys = isDesktop ? 'Mod+N' : 'Alt+N';

/**
 * Every command of the window, in the order of the list of shortcuts. Palette, key presses and that list are all made
 * from it; keys that are not in a table do nothing.
 */
export const COMMANDS: readonly Command[] = [
  command('palette', PALETTE_KEYS, () => openDialog('palette')),
  command('search', 'Mod+F', focusSearch),
  command('new', NEW_PROFILE, startNewProfile),
  command('nextColumn', 'F6', focusNextColumn),
  command('toggleLibrary', 'Mod+B', toggleLibrary),
  command('toggleBench', 'Mod+J', toggleBench),
  command('shortcuts', '?', () => openDialog('shortcuts')),
  command('detect', null, () => openDialog('detect')),
  command('selectSeveral', null, () => {
    showLibrary();
    useLibraryView.setState({ isSelecting: true });
  }),
  command('foldAll', null, () => foldAll(true)),
  command('unfoldAll', null, () => foldAll(false)),
  command('import', null, () => openDialog('import')),
  command('exportMany', null, () => openFor('exportMany', openProfile())),
  command('saveBundle', null, () => openFor('saveBundle', openProfile())),
  command('openBundle', null, () => openDialog('openBundle')),
  command('batch', null, () => goTo({ kind: 'batch', ids: null })),
  command('practice', null, () => goTo({ kind: 'practice' })),
  command('trash', null, () => goTo({ kind: 'trash' })),
  command('preferences', null, () => openDialog('preferences')),
  command('lightTheme', null, ({ changePreferences }) => changePreferences({ theme: 'light' })),
  command('darkTheme', null, ({ changePreferences }) => changePreferences({ theme: 'dark' })),
  command('systemTheme', null, ({ changePreferences }) => changePreferences({ theme: 'system' })),
  command('compact', null, ({ changePreferences }) => changePreferences({ density: 'compact' })),
  command('comfortable', null, ({ changePreferences }) => changePreferences({ density: 'comfortable' })),
  onProfile('save', 'Mod+S'),
  onProfile('check', 'Mod+Enter'),
  onProfile('cancel', 'Escape'),
  onProfile('duplicate', 'Mod+D'),
  onProfile('fieldNames', 'F1'),
  onProfile('checkRelay', null),
  onProfile('matrix', null),
  onProfile('checkAndSave', null),
  onProfile('send', null),
  onProfile('revert', null),
  onProfile('export', null),
  onProfile('switchStatus', null),
  onProfile('delete', null),
];

/** The key combination of a command; '' when it has none. */
export function keysOf(id: Command['id']): Keys {
  return COMMANDS.find((each) => each.id === id)?.keys ?? '';
}

/** The commands that make sense now. */
export function commandsNow(): Command[] {
  return COMMANDS.filter(({ when }) => when?.() ?? true);
}

/** The profile on view, to begin with. */
function openProfile(): string[] {
  const { place } = useUi.getState();
  return place.kind === 'profile' ? [place.id] : [];
}

function command(id: Command['id'], keys: Keys | null, run: Command['run']): Command {
  return { id, name: text[id], place: 'anywhere', ...(keys && { keys }), run };
}

function onProfile(id: OfferId, keys: Keys | null): Command {
  return {
    id,
    name: text[id],
    place: 'profile',
    ...(keys && { keys }),
    when: () => offered(id) !== null,
    run: () => offered(id)?.(),
  };
}
