import { X } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import type { ProfileSummary } from '../../../shared/library.ts';
import { library as text } from '../../text.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { BATCH_ACTIONS, type BatchContext } from './batch-actions.ts';
import styles from './library.module.css';
import { select, stopSelecting, useLibraryView } from './library-view.ts';
import { chosen, stillThere } from './selection.ts';
import { useMany } from './use-many.ts';
import { useListOrder } from './use-profile-list.ts';

/** How many profiles are selected and what can be done with them; nothing while none are. */
export function BatchBar({ all, shown }: { all: readonly ProfileSummary[]; shown: readonly ProfileSummary[] }) {
  const ids = useLibraryView(({ selection }) => selection.ids);
  const isSelecting = useLibraryView((view) => view.isSelecting);
  const context: BatchContext = { ...useMany(), ...useListOrder() };
  const profiles = useMemo(() => (ids.size > 0 ? all.filter(({ id }) => ids.has(id)) : []), [all, ids]);
  // What was deleted is not selected any more.
  useEffect(() => {
    const there = new Set(all.map(({ id }) => id));
    select((selection) => stillThere(selection, (id) => there.has(id)));
  }, [all]);
  if (!isSelecting && ids.size === 0) return null;
  return (
    <section className={styles.batch} aria-label={text.batch}>
      <div className={styles.batchHead}>
        <p role="status">{profiles.length > 0 ? text.selected(profiles.length) : text.selectHelp}</p>
        <IconButton small icon={X} name={text.stopSelecting} onPress={stopSelecting} />
      </div>
      <div className={styles.batchActions}>
        {profiles.length < shown.length && (
          <Button
            small
            kind="quiet"
            onPress={() =>
              select(({ anchor }) =>
                chosen(
                  shown.map(({ id }) => id),
                  anchor,
                ),
              )
            }
          >
            {text.selectAll}
          </Button>
        )}
        {profiles.length > 0 &&
          BATCH_ACTIONS.filter(({ when }) => when?.(profiles, context) ?? true).map((action) => (
            <Button
              key={action.id}
              small
              icon={action.icon}
              kind={action.isDanger ? 'danger' : 'plain'}
              onPress={() => action.run(profiles, context)}
            >
              {action.name}
            </Button>
          ))}
      </div>
    </section>
  );
}
