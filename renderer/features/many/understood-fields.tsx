import { fieldValue } from '../../../shared/fix.ts';
import type { ImportPreview } from '../../../shared/target.ts';
import { fieldLabel, secretLabels, importing as text } from '../../text.ts';
import { understoodFields } from '../import/import-choices.ts';
import { shownValue } from '../profile/shown-value.ts';
import styles from './many.module.css';

/** What was understood of one file: each value with the key and line that it came from, secrets as a word. */
export function UnderstoodFields({ preview }: { preview: ImportPreview }) {
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
        {preview.profiles.flatMap((settings, index) => [
          ...understoodFields(preview, index).map(({ field, key, line }) => (
            <tr key={`${index} ${field}`}>
              <th scope="row">{fieldLabel(field)}</th>
              <td>
                <bdi>{shownValue(field, fieldValue(settings, field)) || '–'}</bdi>
              </td>
              <td className={styles.path}>{text.at(key, line)}</td>
            </tr>
          )),
          ...preview.secrets
            .filter(({ profile }) => profile === index)
            .map(({ kind, key, line, state }) => (
              <tr key={`${index} ${kind} ${key}`}>
                <th scope="row">{secretLabels[kind]}</th>
                <td>{text.secretStates[state]}</td>
                <td className={styles.path}>{text.at(key, line)}</td>
              </tr>
            )),
        ])}
      </tbody>
    </table>
  );
}
