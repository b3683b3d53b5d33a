import { keychain as text } from '../../text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { KeychainHelp } from './keychain-help.tsx';
import { useKeychain } from './use-keychain.ts';

/** What is the matter with the keychain of this machine, and the steps that mend it. */
export function KeychainDialog({ onClose }: { onClose: () => void }) {
  const keychain = useKeychain();
  return (
    <Dialog title={text.steps} onClose={onClose}>
      <KeychainHelp keychain={keychain} />
    </Dialog>
  );
}
