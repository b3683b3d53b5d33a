import { fieldLabel, editor as text } from '../../text.ts';
import { useEditor } from './editor-context.ts';
import { focusField } from './focus-field.ts';
import styles from './profile.module.css';

/** After a refused save: everything to correct, each leading to its field. */
export function ProblemSummary() {
  const { problems, attempted } = useEditor();
  if (!attempted || problems.length === 0) return null;
  return (
    <div className={styles.summary} role="alert">
      <p className={styles.summaryTitle}>{text.problems(problems.length)}</p>
      <ul>
        {problems.map(({ field, message }) => (
          <li key={field}>
            <button type="button" className={styles.link} onClick={() => focusField(field)}>
              {fieldLabel(field)}
            </button>
            : {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
