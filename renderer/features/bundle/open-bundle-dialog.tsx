import { useEffect, useRef, useState } from 'react';
import type { BundlePreview } from '../../../shared/bundle.ts';
import type { RequestInput } from '../../../shared/contract.ts';
import type { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { SecretStorage } from '../../../shared/secrets.ts';
import { useClient } from '../../state/client-context.ts';
import { takeIncoming, useIncoming } from '../../state/incoming.ts';
import { useRefresh } from '../../state/requests.ts';
import { toast } from '../../state/toasts.ts';
import { goTo } from '../../state/ui.ts';
import { importMany, bundles as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { NotStored } from '../keychain/not-stored.tsx';
import { useKeychain } from '../keychain/use-keychain.ts';
import shared from '../many/many.module.css';
import { type BundleChoice, initialBundleChoices, toAccept } from './bundle-choices.ts';
import { BundleContents } from './bundle-contents.tsx';
import { BundleSource } from './bundle-source.tsx';

type Source = RequestInput<'bundles.open'>['source'];
type Storage = SecretStorage | 'leave-out';

/** Opens a bundle, asks for its passphrase when it needs one, and stores what is chosen of it. */
export function OpenBundleDialog({ onClose }: { onClose: () => void }) {
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
    if (!incoming) return;
    takeIncoming();
    void (async () => {
      const from = await sourceOf(incoming);
      if (from) await openLatest.current(from, null);
      else toast.say(importMany.tooLarge);
    })();
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

  return (
    <Dialog
      title={text.openTitle}
      intro={bundle ? undefined : text.openIntro}
      size={bundle ? 'large' : 'medium'}
      onClose={onClose}
      footer={
        bundle && (
          <>
            <Button onPress={restart}>{text.another}</Button>
            <Button
              kind="primary"
              isDisabled={
                accepted.length === 0 || choices.some(({ action, name }) => action === 'add' && name.trim() === '')
              }
              onPress={() => void accept(where)}
            >
              {text.accept(accepted.length)}
            </Button>
          </>
        )
      }
    >
      <div className={shared.stack}>
        {error && error.code !== 'PASSPHRASE_NEEDED' && (
          <NotStored error={error} onSession={bundle && (() => void accept('session'))} />
        )}
        {bundle ? (
          <BundleContents
            bundle={bundle}
            choices={choices}
            onChoices={setChoices}
            storage={where}
            onStorage={setStorage}
          />
        ) : (
          <BundleSource
            isOpening={isOpening}
            asksPassphrase={
              source !== null && (error?.code === 'PASSPHRASE_NEEDED' || error?.code === 'PASSPHRASE_WRONG')
            }
            onSource={(from) => void open(from, null)}
            onPassphrase={(passphrase) => source && void open(source, passphrase)}
          />
        )}
      </div>
    </Dialog>
  );
}

/** Lets the engine forget an opened bundle, and the secrets in it, when it is left. */
function useForgetting(bundleId: string | null): void {
  const client = useClient();
  useEffect(() => {
    if (bundleId === null) return;
    return () => void client('bundles.close', { bundleId });
  }, [client, bundleId]);
}

async function sourceOf(incoming: NonNullable<ReturnType<typeof takeIncoming>>): Promise<Source | null> {
  if (incoming.kind === 'path') return { kind: 'file', token: incoming.token };
  const [first] = incoming.files;
  if (!first || first.file.size > LIMITS.bundleBytes) return null;
  return { kind: 'text', text: await first.file.text() };
}
