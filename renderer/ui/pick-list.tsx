import { useId, useMemo, useState } from 'react';
import { many as text } from '../text.ts';
import { Button } from './button.tsx';
import styles from './pick-list.module.css';
import { Check } from './switch.tsx';

/** One thing that can be picked. */
export interface Pick {
  id: string;
  name: string;
  /** A few words beside the name, such as a host; searched too. */
  hint?: string;
}

/** A list to tick several things of, with a search and a way to tick all that it finds. */
export function PickList({
  label,
  items,
  picked,
  onPick,
}: {
  label: string;
  items: readonly Pick[];
  picked: ReadonlySet<string>;
  onPick: (picked: ReadonlySet<string>) => void;
}) {
  const id = useId();
  const [search, setSearch] = useState('');
  const shown = useMemo(() => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    return items.filter(({ name, hint = '' }) => {
      const own = `${name}\n${hint}`.toLowerCase();
      return words.every((word) => own.includes(word));
    });
  }, [items, search]);
  const isAll = shown.length > 0 && shown.every((item) => picked.has(item.id));
  const pickAll = () => {
    const next = new Set(picked);
    for (const item of shown) {
      if (isAll) next.delete(item.id);
      else next.add(item.id);
    }
    onPick(next);
  };
  const toggle = (item: Pick, isOn: boolean) => {
    const next = new Set(picked);
    if (isOn) next.add(item.id);
    else next.delete(item.id);
    onPick(next);
  };
  return (
    <fieldset className={styles.picker} aria-labelledby={id}>
      <div className={styles.head}>
        <h3 id={id}>{label}</h3>
        <span className={styles.count}>{text.picked(picked.size, items.length)}</span>
        <Button small kind="quiet" onPress={pickAll} isDisabled={shown.length === 0}>
          {isAll ? text.none : text.all}
        </Button>
      </div>
      {items.length > 8 && (
        <input
          type="search"
          className={styles.search}
          aria-label={text.search(label)}
          placeholder={text.search(label)}
          value={search}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      <ul className={styles.list}>
        {shown.map((item) => (
          <li key={item.id} className={styles.item}>
            <Check isOn={picked.has(item.id)} onChange={(isOn) => toggle(item, isOn)}>
              <bdi>{item.name}</bdi> {item.hint && <span className={styles.hint}>{item.hint}</span>}
            </Check>
          </li>
        ))}
        {shown.length === 0 && <li className={styles.hint}>{text.nothingFound}</li>}
      </ul>
    </fieldset>
  );
}
