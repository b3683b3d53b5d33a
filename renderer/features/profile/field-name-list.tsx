import { fieldNames } from '../../../shared/field-names/index.ts';
import { fieldNames as text } from '../../text.ts';
import styles from './field-names.module.css';

/** What each product calls a field; those that the profile is for come first. A file of its own, to be loaded late. */
export default function FieldNameList({ field, preferred }: { field: string; preferred: readonly string[] }) {
  const names = fieldNames(field, preferred);
  if (names.length === 0) return <p className={styles.none}>{text.none}</p>;
  return (
    <dl className={styles.list} tabIndex={0} aria-label={text.list}>
      {names.map(({ target, product, place, name }) => (
        <div key={target} className={preferred.includes(target) ? styles.preferred : undefined}>
          <dt>{product}</dt>
          <dd>
            <code>{name}</code>
            {place && <span className={styles.place}>{text.inside(place)}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
