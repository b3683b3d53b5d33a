import { SlidersHorizontal } from 'lucide-react';
import { Suspense } from 'react';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import type { ProfileSummary } from '../../../shared/library.ts';
import { FilterForm } from '../../app/lazy-parts.ts';
import { listFilter as text } from '../../text.ts';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import styles from './filter.module.css';
import { countFilters } from './filters.ts';
import { useLibraryView } from './library-view.ts';

/** The button above the list that opens everything by which it can be narrowed, sorted and grouped. */
export function FilterPopover({ all }: { all: readonly ProfileSummary[] }) {
  const on = useLibraryView(({ filters }) => countFilters(filters));
  return (
    <DialogTrigger>
      <span className={cx(styles.filterButton, on > 0 && styles.filterOn)}>
        <IconButton icon={SlidersHorizontal} name={on > 0 ? text.buttonOn(on) : text.button} />
      </span>
      <Popover className={cx(styles.popover)} placement="bottom start" offset={4}>
        <Dialog className={cx(styles.popoverDialog)} aria-label={text.title}>
          <Suspense fallback={<div className={styles.filtersToCome} />}>
            <FilterForm all={all} />
          </Suspense>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
