import { fieldValue } from '../../../shared/fix.ts';
import type { ImportPreview } from '../../../shared/target.ts';
import { fieldLabel, secretLabels, importing as text } from '../../text.ts';
import { shownValue } from '../profile/shown-value.ts';
import { understoodFields } from './import-choices.ts';
import styles from './import-dialog.module.css';

/** What was understood of one profile of a file: each value with the key and line that it came from, secrets as a word. */
export function UnderstoodTable({ preview, index }: { preview: ImportPreview; index: number }) {
  const settings = preview.profiles[index];
  if (!settings) return null;
  const secrets = preview.secrets.filter(({ profile }) => profile === index);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{text.field}</th>
          <th scope="col">{text.value}</th>
          <th scope="col">{text.from}</th>
        </tr>
      </thead>
      <tbody>
        {understoodFields(preview, index).map(({ field, key, line }) => (
          <tr key={field}>
            <th scope="row">{fieldLabel(field)}</th>
            <td className={styles.value}>
              <bdi>{shownValue(field, fieldValue(settings, field)) || '–'}</bdi>
            </td>
            <td className={styles.origin}>{text.at(key, line)}</td>
          </tr>
        ))}
        {secrets.map(({ kind, key, line, state, reference }) => (
          <tr key={`${kind} ${key}`}>
            <th scope="row">{secretLabels[kind]}</th>
            <td className={styles.value}>
              {text.secretStates[state]}
              {reference && (
                <>
                  : <code>{reference}</code>
                </>
              )}
            </td>
            <td className={styles.origin}>{text.at(key, line)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
