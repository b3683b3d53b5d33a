import { X } from 'lucide-react';
import { listFilter as text } from '../../text.ts';
import { IconButton } from '../../ui/button.tsx';
import styles from './filter.module.css';
import { activeFilters } from './filter-labels.ts';
import { setFilters, useLibraryView } from './library-view.ts';

/** The filters that are on, each with a button that takes it away, so that nobody wonders where the rest is. */
export function FilterChips() {
  const filters = useLibraryView((view) => view.filters);
  const active = activeFilters(filters);
  return (
    <ul className={styles.chips} aria-label={text.button}>
      {active.map(({ label, off }) => (
        <li key={label} className={styles.chip}>
          <span>
            <bdi>{label}</bdi>
          </span>
          <IconButton small icon={X} name={text.off(label)} onPress={() => setFilters(off)} />
        </li>
      ))}
    </ul>
  );
}
