import { useEffect, useState } from 'react';
import type { TrashedProfile } from '../../../shared/library.ts';
import { useAct, useRefresh, useRequest } from '../../state/requests.ts';
import { common, trash as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { day } from '../../ui/format.ts';
import { Screen } from '../../ui/screen.tsx';
import { useProfileActions } from '../library/actions.ts';
import { Pending } from '../states/pending.tsx';
import styles from './trash.module.css';

/** Deleted profiles, to be restored or removed for good. */
export function TrashScreen() {
  const trashed = useRequest('profiles.trash', {});
  const { restore } = useProfileActions();
  const [purging, setPurging] = useState<TrashedProfile | null>(null);
  useEffect(() => {
    document.title = `${text.title} · Relaysmith`;
  }, []);
  const items = trashed.data ?? [];
  return (
    <Screen title={text.title} intro={text.intro}>
      <Pending query={trashed} />
      {trashed.data?.length === 0 && <p>{text.empty}</p>}
      <ul className={styles.list} aria-label={text.list}>
        {items.map((item) => (
          <li key={item.id} className={styles.item}>
            <div className={styles.words}>
              <p className={styles.name}>
                <bdi>{item.name}</bdi>
              </p>
              <p className={styles.soft}>
                <code>{item.host}</code> · {text.deleted(day(item.deletedAt))} · {text.until(day(item.purgeAt))}
              </p>
            </div>
            <Button label={text.restore(item.name)} onPress={() => void restore(item.id, item.name)}>
              {text.restoreShort}
            </Button>
            <Button kind="danger" label={text.purge(item.name)} onPress={() => setPurging(item)}>
              {text.purgeShort}
            </Button>
          </li>
        ))}
      </ul>
      {purging && <PurgeDialog item={purging} onClose={() => setPurging(null)} />}
    </Screen>
  );
}

function PurgeDialog({ item, onClose }: { item: TrashedProfile; onClose: () => void }) {
  const act = useAct();
  const refresh = useRefresh();
  const purge = async () => {
    await act('profiles.purge', { id: item.id });
    refresh('profiles.trash');
    onClose();
  };
  return (
    <Dialog
      title={text.purgeTitle}
      onClose={onClose}
      footer={
        <>
          <Button autoFocus onPress={onClose}>
            {common.cancel}
          </Button>
          <Button kind="danger" onPress={() => void purge()}>
            {text.purge(item.name)}
          </Button>
        </>
      }
    >
      <p>{text.purgeIntro(item.name)}</p>
    </Dialog>
  );
}
