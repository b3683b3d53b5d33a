import { shownKeys } from '../../app/keys.ts';
import { listKeys, shortcuts as text } from '../../text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { LIST_KEYS } from '../library/list-keys.ts';
import { COMMANDS } from '../palette/commands.ts';
import styles from './settings.module.css';

interface Row {
  name: string;
  keys: readonly string[];
}

const rowsOf = (place: 'anywhere' | 'profile'): Row[] =>
  COMMANDS.flatMap((each) => (each.place === place && each.keys ? [{ name: each.name, keys: [each.keys] }] : []));

const GROUPS: { title: string; rows: Row[] }[] = [
  { title: text.anywhere, rows: rowsOf('anywhere') },
  { title: text.onProfile, rows: rowsOf('profile') },
  { title: text.inList, rows: [...LIST_KEYS, { name: listKeys.letters, keys: [listKeys.anyLetter] }] },
];

/** Every keyboard shortcut, from the tables that make them work. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={text.title} size="medium" isText onClose={onClose}>
      <div className={styles.sheet}>
        {GROUPS.map(({ title, rows }) => (
          <section key={title} className={styles.group}>
            <h3>{title}</h3>
            <dl className={styles.keys}>
              {rows.map(({ name, keys }) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>
                    {keys.map((each) => (
                      <kbd key={each}>{shownKeys(each)}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
