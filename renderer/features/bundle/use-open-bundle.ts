import { useEffect, useRef, useState } from 'react';
import type { BundlePreview } from '../../../shared/bundle.ts';
import type { RequestInput } from '../../../shared/contract.ts';
import type { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { SecretStorage } from '../../../shared/secrets.ts';
import { useClient } from '../../state/client-context.ts';
import { type Incoming, takeIncoming, useIncoming } from '../../state/incoming.ts';
import { useRefresh } from '../../state/requests.ts';
import { toast } from '../../state/toasts.ts';
import { goTo } from '../../state/ui.ts';
import { importMany, bundles as text } from '../../text.ts';
import { useKeychain } from '../keychain/use-keychain.ts';
import { type BundleChoice, initialBundleChoices, toAccept } from './bundle-choices.ts';

type Source = RequestInput<'bundles.open'>['source'];
/** Where the secrets of a bundle go. */
export type Storage = SecretStorage | 'leave-out';

/** Opens a bundle, with its passphrase when it needs one, keeps what is chosen of it, and stores it. */
export function useOpenBundle(onClose: () => void) {
  const client = useClient();
  const refresh = useRefresh();
  const { canStore } = useKeychain();
  const incoming = useIncoming((state) => state.incoming);
  const [source, setSource] = useState<Source | null>(null);
  const [isOpening, setOpening] = useState(false);
  const [bundle, setBundle] = useState<BundlePreview | null>(null);
  const [choices, setChoices] = useState<BundleChoice[]>([]);
  const [storage, setStorage] = useState<Storage | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const where = storage ?? (canStore ? 'keychain' : 'session');

  const open = async (from: Source, passphrase: string | null) => {
    setSource(from);
    setOpening(true);
    const result = await client('bundles.open', { source: from, passphrase });
    setOpening(false);
    setError(result.ok ? null : result.error);
    if (!result.ok) return;
    setBundle(result.value);
    setChoices(initialBundleChoices(result.value));
  };
  const openLatest = useRef(open);
  openLatest.current = open;
  useEffect(() => {
    const taken = incoming && takeIncoming();
    if (!taken) return;
    void sourceOf(taken).then((from) => (from ? openLatest.current(from, null) : toast.say(importMany.tooLarge)));
  }, [incoming]);
  useForgetting(bundle?.bundleId ?? null);

  const accepted = bundle ? toAccept(bundle.profiles, choices, where) : [];
  const accept = async (into: Storage) => {
    if (!bundle) return;
    const result = await client('bundles.accept', {
      bundleId: bundle.bundleId,
      choices: toAccept(bundle.profiles, choices, into),
    });
    if (!result.ok) {
      setError(result.error);
      refresh('secrets.status');
      return;
    }
    const { added, replaced, notReplaced } = result.value;
    refresh('profiles.list', 'profiles.get', 'app.info');
    toast.say(`${text.done(added.length, replaced.length)}.`);
    for (const failed of notReplaced) toast.error(failed.error);
    const [only, second] = [...added, ...replaced];
    if (only && !second) goTo({ kind: 'profile', id: only.profile.id });
    onClose();
  };
  const restart = () => {
    setBundle(null);
    setSource(null);
    setError(null);
  };
  const isNamed = choices.every(({ action, name }) => action !== 'add' || name.trim() !== '');
  return {
    asksPassphrase: source !== null && (error?.code === 'PASSPHRASE_NEEDED' || error?.code === 'PASSPHRASE_WRONG'),
    open: (from: Source) => void open(from, null),
    unlock: (passphrase: string) => source && void open(source, passphrase),
    isOpening,
    /** A bundle that asks for its passphrase is no failure. */
    error: error?.code === 'PASSPHRASE_NEEDED' ? null : error,
    bundle,
    choices,
    setChoices,
    storage: where,
    setStorage,
    count: accepted.length,
    canAccept: accepted.length > 0 && isNamed,
    accept,
    restart,
  };
}

/** Lets the engine forget an opened bundle, and the secrets in it, when it is left. */
function useForgetting(bundleId: string | null): void {
  const client = useClient();
  useEffect(() => {
    if (bundleId === null) return;
    return () => void client('bundles.close', { bundleId });
  }, [client, bundleId]);
}

async function sourceOf(incoming: Incoming): Promise<Source | null> {
  if (incoming.kind === 'path') return { kind: 'file', token: incoming.token };
  const [first] = incoming.files;
  if (!first || first.file.size > LIMITS.bundleBytes) return null;
  return { kind: 'text', text: await first.file.text() };
}
