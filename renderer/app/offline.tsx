import { Unplug } from 'lucide-react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTransport } from '../state/client-context.ts';
import { common, offline as text } from '../text.ts';
import type { ConnectionState } from '../transport/connection.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './offline.module.css';

/** Covers the window while the host does not answer. The form beneath keeps what was typed. */
export function Offline({ state }: { state: Exclude<ConnectionState, 'open'> }) {
  const { client, connection } = useTransport();
  const again = async () => {
    const answer = await client('app.info', {});
    if (answer.ok) connection.setState({ state: 'open' });
  };
  const isLost = state === 'lost';
  return (
    <ModalOverlay className={cx(styles.cover)} isOpen isKeyboardDismissDisabled>
      <Modal className={cx(styles.card)}>
        <Dialog role="alertdialog" className={cx(styles.dialog)}>
          <Icon of={Unplug} size={20} />
          <Heading slot="title" level={2} className={cx(styles.title)}>
            {isLost ? text.lostTitle : text.noSessionTitle}
          </Heading>
          <p>{isLost ? text.lost : text.noSession}</p>
          <p>{isLost ? text.lostNext : text.noSessionNext}</p>
          {isLost && (
            <div>
              <Button kind="primary" autoFocus onPress={() => void again()}>
                {common.tryAgain}
              </Button>
            </div>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
