import Store from 'electron-store';
import type { Preferences } from '../shared/contract.ts';
import { preferences } from '../shared/contract.ts';

/** Where the window was, in screen pixels. */
export interface WindowBounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

const DEFAULT_PREFERENCES: Preferences = { theme: 'system', density: 'comfortable' };
const SMALLEST = { width: 900, height: 600 };

/**
 * What may be lost: window bounds and view preferences. A damaged file is simply begun anew, which would be wrong for
 * profiles and is right here. `SNAP` makes the library write in place, so it is hidden from it.
 */
export function openViewStore(directory: string) {
  delete process.env.SNAP;
  const store = new Store<{ bounds?: WindowBounds; preferences?: Preferences }>({
    cwd: directory,
    name: 'view',
    clearInvalidConfig: true,
    accessPropertiesByDotNotation: false,
    configFileMode: 0o600,
  });
  return {
    bounds: (): WindowBounds | undefined => store.get('bounds'),
    saveBounds: (bounds: WindowBounds) => store.set('bounds', bounds),
    preferences: {
      get: (): Preferences => {
        const parsed = preferences.safeParse(store.get('preferences'));
        return parsed.success ? parsed.data : DEFAULT_PREFERENCES;
      },
      set: (next: Preferences) => store.set('preferences', next),
    },
  };
}

/** Earlier bounds if at least 100 px of them still lie on a screen; else null, and the window is centred. */
export function visibleBounds(bounds: unknown, screens: readonly WindowBounds[]): WindowBounds | null {
  if (!isBounds(bounds)) return null;
  const seen = screens.some((screen) => overlap(bounds, screen).width >= 100 && overlap(bounds, screen).height >= 100);
  if (!seen) return null;
  return { ...bounds, width: Math.max(bounds.width, SMALLEST.width), height: Math.max(bounds.height, SMALLEST.height) };
}

function isBounds(value: unknown): value is WindowBounds {
  if (typeof value !== 'object' || value === null) return false;
  const { x, y, width, height } = value as Record<string, unknown>;
  return [x, y, width, height].every((number) => Number.isSafeInteger(number));
}

function overlap(a: WindowBounds, b: WindowBounds): { width: number; height: number } {
  return {
    width: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
    height: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
  };
}
