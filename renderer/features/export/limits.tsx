import type { TargetLimit } from '../../../shared/target.ts';
import { fieldLabel, exporting as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import styles from './export-dialog.module.css';

/** What the product cannot take, each with the way to its field; what would not work comes first. */
export function Limits({ limits, onField }: { limits: readonly TargetLimit[]; onField: (field: string) => void }) {
  if (limits.length === 0) return null;
  const isRefused = ({ severity }: TargetLimit) => severity === 'refused';
  const inOrder = [...limits.filter(isRefused), ...limits.filter((each) => !isRefused(each))];
  return (
    <section className={styles.limits}>
      <h3>{text.limits}</h3>
      {inOrder.map((limit) => (
        <Note
          key={`${limit.field}${limit.text}`}
          tone={isRefused(limit) ? 'failed' : 'warning'}
          action={
            <Button
              small
              kind="quiet"
              label={text.toFieldOf(fieldLabel(limit.field))}
              onPress={() => onField(limit.field)}
            >
              {text.toField}
            </Button>
          }
        >
          <strong>
            {fieldLabel(limit.field)}
            {isRefused(limit) ? `: ${text.refused.toLowerCase()}.` : '.'}
          </strong>{' '}
          {limit.text}
        </Note>
      ))}
    </section>
  );
}
