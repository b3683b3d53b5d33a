import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeychainReport } from '../../../shared/secrets.ts';
import { useAct, useRequest } from '../../state/requests.ts';

/** The state of the keychain, and a way to try it. */
export interface Keychain {
  /** Null until it is known. */
  report: KeychainReport | null;
  /** True when secrets can be stored, as far as is known without trying. */
  canStore: boolean;
  isChecking: boolean;
  /** Writes, reads and removes an entry; the system may ask to unlock the keychain. */
  check: () => Promise<void>;
}

/** Watches the state of this machine's keychain. */
export function useKeychain(): Keychain {
  const act = useAct();
  const queries = useQueryClient();
  const status = useRequest('secrets.status', { check: false });
  const [isChecking, setChecking] = useState(false);
  const check = async () => {
    setChecking(true);
    const next = await act('secrets.status', { check: true });
    setChecking(false);
    if (next) queries.setQueryData(['secrets.status', { check: false }], next);
  };
  const state = status.data?.state ?? 'unchecked';
  return { report: status.data ?? null, canStore: state === 'ready' || state === 'unchecked', isChecking, check };
}
