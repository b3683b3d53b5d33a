import { useId } from 'react';
import { showProduct } from '../../state/products.ts';
import { useRequest } from '../../state/requests.ts';
import { fieldNames as text } from '../../text.ts';
import { Select } from '../../ui/select.tsx';
import { useEditor } from './editor-context.ts';
import { useProductView } from './product-view.tsx';
import styles from './profile.module.css';

const byName = new Intl.Collator('en');

/** Chooses the product whose names and limits stand beside the fields; those that the profile is for come first. */
export function ProductChoice() {
  const { key } = useEditor();
  const { target, preferred } = useProductView();
  const targets = useRequest('targets.list', {});
  const id = useId();
  const rank = (each: string) => (preferred.includes(each) ? preferred.indexOf(each) : preferred.length);
  const products = [...(targets.data ?? [])].sort((a, b) => rank(a.id) - rank(b.id) || byName.compare(a.name, b.name));
  return (
    <div className={styles.productChoice}>
      <label htmlFor={id}>{text.show}</label>
      <Select
        id={id}
        choices={[
          { value: '', label: text.nobody },
          ...products.map(({ id: value, name: label }) => ({ value, label })),
        ]}
        value={target}
        onChange={(next) => showProduct(key, next)}
      />
    </div>
  );
}
