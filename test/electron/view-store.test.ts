import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openViewStore, visibleBounds } from '../../electron/view-store.ts';

const SCREEN = { x: 0, y: 0, width: 1920, height: 1080 };
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'relaysmith-view-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('the view store', () => {
  it('keeps bounds and preferences across starts, readable by their owner only', () => {
    const store = openViewStore(directory);
    store.saveBounds({ x: 1, y: 2, width: 1000, height: 700 });
    store.preferences.set({ theme: 'dark', density: 'compact' });
    const again = openViewStore(directory);
    expect(again.bounds()).toEqual({ x: 1, y: 2, width: 1000, height: 700 });
    expect(again.preferences.get()).toEqual({ theme: 'dark', density: 'compact' });
    expect(statSync(join(directory, 'view.json')).mode & 0o777).toBe(0o600);
  });

  it('begins anew when its file is damaged', () => {
    writeFileSync(join(directory, 'view.json'), '{"bounds": {');
    expect(openViewStore(directory).preferences.get()).toEqual({ theme: 'system', density: 'comfortable' });
  });

  it('ignores preferences that no version of ours wrote', () => {
    writeFileSync(join(directory, 'view.json'), JSON.stringify({ preferences: { theme: 'neon', density: 'compact' } }));
    expect(openViewStore(directory).preferences.get().theme).toBe('system');
  });

  it('never writes in place, not even in a snap', () => {
    process.env.SNAP = '/snap/relaysmith';
    const store = openViewStore(directory);
    expect(process.env.SNAP).toBeUndefined();
    store.saveBounds({ x: 1, y: 2, width: 1000, height: 700 });
    expect(readFileSync(join(directory, 'view.json'), 'utf8')).toContain('1000');
  });
});

describe('earlier bounds', () => {
  it('are used when they lie on a screen', () => {
    expect(visibleBounds({ x: 100, y: 100, width: 1200, height: 800 }, [SCREEN])).toEqual({
      x: 100,
      y: 100,
      width: 1200,
      height: 800,
    });
  });

  it('are dropped when less than 100 px of them would be seen', () => {
    expect(visibleBounds({ x: 1900, y: 100, width: 1200, height: 800 }, [SCREEN])).toBeNull();
    expect(visibleBounds({ x: 100, y: 100, width: 1200, height: 800 }, [])).toBeNull();
  });

  it('grow to the smallest size that the window supports', () => {
    expect(visibleBounds({ x: 0, y: 0, width: 200, height: 200 }, [SCREEN])).toEqual({
      x: 0,
      y: 0,
      width: 900,
      height: 600,
    });
  });

  it('may be anything at all without harm', () => {
    fc.assert(fc.property(fc.anything(), (value) => visibleBounds(value, [SCREEN]) === null));
  });
});
