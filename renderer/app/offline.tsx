import { Unplug } from 'lucide-react';
import { useTransport } from '../state/client-context.ts';
import { common, offline as text } from '../text.ts';
import type { ConnectionState } from '../transport/connection.ts';
import { Button } from '../ui/button.tsx';
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
    <div className={styles.cover} role="alertdialog" aria-modal="true" aria-labelledby="offline-title">
      <div className={styles.card}>
        <Icon of={Unplug} size={20} />
        <h2 id="offline-title" className={styles.title}>
          {isLost ? text.lostTitle : text.noSessionTitle}
        </h2>
        <p>{isLost ? text.lost : text.noSession}</p>
        <p>{isLost ? text.lostNext : text.noSessionNext}</p>
        {isLost && (
          <div>
            <Button kind="primary" autoFocus onPress={() => void again()}>
              {common.tryAgain}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
