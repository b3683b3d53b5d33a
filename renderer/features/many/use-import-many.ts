import { useEffect, useRef, useState } from 'react';
import type { AppError } from '../../../shared/errors.ts';
import type { ImportSetPreview } from '../../../shared/import-set.ts';
import type { SecretStorage } from '../../../shared/secrets.ts';
import { useClient } from '../../state/client-context.ts';
import { droppedSource, type Incoming, takeIncoming, useIncoming } from '../../state/incoming.ts';
import { useLongWork } from '../../state/long-work.ts';
import { useRefresh } from '../../state/requests.ts';
import { toast } from '../../state/toasts.ts';
import { goTo } from '../../state/ui.ts';
import { importing, importMany as text } from '../../text.ts';
import { useKeychain } from '../keychain/use-keychain.ts';
import { initialSetChoices, type SetChoice, toAccept } from './import-set-choices.ts';

/** Where the secrets of an import go. */
export type Storage = SecretStorage | 'leave-out';

/** Reads what was dropped or chosen, keeps what is chosen of it, and stores it. `onClose` ends the dialog. */
export function useImportMany(onClose: () => void) {
  const client = useClient();
  const refresh = useRefresh();
  const { canStore } = useKeychain();
  const { working, run, cancel } = useLongWork();
  const incoming = useIncoming((state) => state.incoming);
  const [set, setSet] = useState<ImportSetPreview | null>(null);
  const [choices, setChoices] = useState<SetChoice[]>([]);
  const [storage, setStorage] = useState<Storage | null>(null);
  const [error, setError] = useState<AppError | null>(null);

  const read = async (from: Incoming) => {
    const source =
      from.kind === 'path' ? ({ kind: 'path', token: from.token } as const) : await droppedSource(from.files);
    if (!source) {
      toast.say(text.tooLarge);
      return onClose();
    }
    const result = await run('importSet.read', { source });
    if (result.ok) {
      setSet(result.value);
      setChoices(initialSetChoices(result.value));
    } else if (result.error.code === 'CANCELLED') return onClose();
    setError(result.ok ? null : result.error);
  };
  const latestRead = useRef(read);
  latestRead.current = read;
  const isReading = working !== null;
  useEffect(() => {
    // What comes while something is being read waits for its end.
    if (!incoming || isReading) return;
    const taken = takeIncoming();
    // Not within the effect: React's strict mode runs it twice, and leaving the first time would cancel the reading.
    if (taken) queueMicrotask(() => void latestRead.current(taken));
  }, [incoming, isReading]);

  const chosen = choices.filter(({ isIncluded }) => isIncluded);
  const accept = async (into: Storage) => {
    if (!set) return;
    const result = await client('imports.accept', { importId: set.importId, choices: toAccept(chosen, into) });
    if (!result.ok) {
      setError(result.error);
      refresh('secrets.status');
      return;
    }
    refresh('profiles.list', 'app.info');
    toast.say(importing.done(result.value.length, 0));
    const [only, second] = result.value;
    if (only && !second) goTo({ kind: 'profile', id: only.profile.id });
    onClose();
  };
  return {
    working,
    cancel,
    set,
    error,
    choices,
    change: (index: number, part: Partial<SetChoice>) =>
      setChoices((now) => now.map((choice) => (choice.index === index ? { ...choice, ...part } : choice))),
    chosen,
    storage: storage ?? (canStore ? ('keychain' as const) : ('session' as const)),
    setStorage,
    accept,
  };
}
