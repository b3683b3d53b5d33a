import { shortcuts as text } from '../../text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './settings.module.css';

type Key = keyof typeof text.keys;

const GROUPS: { title: string; rows: [Key, string[]][] }[] = [
  {
    title: text.anywhere,
    rows: [
      ['search', ['Ctrl K', 'Ctrl F']],
      ['new', ['Ctrl N']],
      ['save', ['Ctrl S']],
      ['check', ['Ctrl Enter']],
      ['duplicate', ['Ctrl D']],
      ['cancel', ['Esc']],
      ['sheet', ['?']],
    ],
  },
  {
    title: text.inList,
    rows: [
      ['move', ['↑', '↓', 'Home', 'End']],
      ['open', ['Enter']],
      ['delete', ['Del']],
    ],
  },
];

/** Every keyboard shortcut. On a Mac, Cmd works as Ctrl does. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={text.title} onClose={onClose}>
      {GROUPS.map(({ title, rows }) => (
        <section key={title} className={styles.group}>
          <h3>{title}</h3>
          <dl className={styles.keys}>
            {rows.map(([key, combinations]) => (
              <div key={key}>
                <dt>{text.keys[key]}</dt>
                <dd>
                  {combinations.map((each) => (
                    <kbd key={each}>{each}</kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
