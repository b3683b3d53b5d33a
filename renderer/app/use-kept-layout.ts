import { useEffect, useRef } from 'react';
import { DEFAULT_LAYOUT, useLayout } from '../state/layout.ts';
import { useChangePreferences, usePreferences } from '../state/preferences.ts';

/** Milliseconds that an edge must have stood still before its place is kept. */
const SETTLED_MS = 400;

/**
 * Takes the layout from the preferences once they are known, and keeps it there from then on. Returns false until then:
 * columns that came late to their places would jump.
 */
export function useKeptLayout(): boolean {
  const { preferences, isKnown } = usePreferences();
  const change = useChangePreferences();
  const isTaken = useRef(false);
  if (isKnown && !isTaken.current) {
    isTaken.current = true;
    useLayout.setState(preferences.layout ?? DEFAULT_LAYOUT);
  }
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = useLayout.subscribe((layout, before) => {
      clearTimeout(timer);
      if (isTaken.current && layout !== before) timer = setTimeout(() => change({ layout }), SETTLED_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [change]);
  return isKnown;
}
