import { bundles as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { NotStored } from '../keychain/not-stored.tsx';
import shared from '../many/many.module.css';
import { BundleContents } from './bundle-contents.tsx';
import { BundleSource } from './bundle-source.tsx';
import { useOpenBundle } from './use-open-bundle.ts';

/** Opens a bundle, asks for its passphrase when it needs one, and stores what is chosen of it. */
export function OpenBundleDialog({ onClose }: { onClose: () => void }) {
  const state = useOpenBundle(onClose);
  const { bundle, error } = state;
  return (
    <Dialog
      title={text.openTitle}
      intro={bundle ? undefined : text.openIntro}
      size={bundle ? 'large' : 'medium'}
      onClose={onClose}
      footer={
        bundle && (
          <>
            <Button onPress={state.restart}>{text.another}</Button>
            <Button kind="primary" isDisabled={!state.canAccept} onPress={() => void state.accept(state.storage)}>
              {text.accept(state.count)}
            </Button>
          </>
        )
      }
    >
      <div className={shared.stack}>
        {error && <NotStored error={error} onSession={bundle && (() => void state.accept('session'))} />}
        {bundle ? (
          <BundleContents
            bundle={bundle}
            choices={state.choices}
            onChoices={state.setChoices}
            storage={state.storage}
            onStorage={state.setStorage}
          />
        ) : (
          <BundleSource
            isOpening={state.isOpening}
            asksPassphrase={state.asksPassphrase}
            onSource={state.open}
            onPassphrase={state.unlock}
          />
        )}
      </div>
    </Dialog>
  );
}
