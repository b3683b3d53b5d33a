import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { library as text } from '../../text.ts';
import { count } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import type { ListItem } from './list-items.ts';
import { PINNED } from './profile-index.ts';
import styles from './rows.module.css';

/** What a group is called in the window. */
export function titleOf(title: string): string {
  return title === PINNED ? text.pinned : title || text.noOrganization;
}

/** The line of an organisation: folds its profiles away and says how many there are. */
export const GroupRow = memo(function GroupRow({
  item,
  isTabStop,
  onToggle,
  onFocus,
}: {
  item: ListItem & { kind: 'group' };
  isTabStop: boolean;
  onToggle: (title: string, folded: boolean) => void;
  onFocus: (key: string) => void;
}) {
  const { key, title, isOpen, position, of } = item;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys of all its rows
    <div
      role="treeitem"
      className={styles.group}
      aria-level={1}
      aria-expanded={isOpen}
      aria-selected={false}
      aria-posinset={position}
      aria-setsize={of}
      tabIndex={isTabStop ? 0 : -1}
      data-row={key}
      onClick={() => onToggle(title, isOpen)}
      onFocus={() => onFocus(key)}
    >
      <Icon of={isOpen ? ChevronDown : ChevronRight} size={14} />
      <span className={styles.groupTitle} dir="auto">
        {titleOf(title)}
      </span>
      <span className={styles.groupCount}>{count(item.count)}</span>
    </div>
  );
});
