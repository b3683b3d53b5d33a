import { useEffect } from 'react';

/** What only the screen on view can do: commands and shortcuts find it here. */
export type OfferId =
  | 'save'
  | 'check'
  | 'checkRelay'
  | 'matrix'
  | 'checkAndSave'
  | 'send'
  | 'cancel'
  | 'revert'
  | 'export'
  | 'duplicate'
  | 'delete'
  | 'switchStatus'
  | 'fieldNames';

const offers = new Map<OfferId, () => void>();

/** Offers something while the component is mounted; null takes it back, for as long as there is nothing to do. */
export function useOffer(id: OfferId, run: (() => void) | null): void {
  useEffect(() => {
    if (!run) return;
    offers.set(id, run);
    return () => {
      if (offers.get(id) === run) offers.delete(id);
    };
  }, [id, run]);
}

/** What is offered now under this id; null when it makes no sense at the moment. */
export function offered(id: OfferId): (() => void) | null {
  return offers.get(id) ?? null;
}
