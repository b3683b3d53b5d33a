import type { ApplyStep } from '../../../shared/target.ts';
import { exporting as text } from '../../text.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import styles from './export-dialog.module.css';

/** How a running server takes the file: each command copyable by itself. */
export function ApplySteps({ steps }: { steps: readonly ApplyStep[] }) {
  if (steps.length === 0) return null;
  return (
    <section className={styles.apply}>
      <h3>{text.apply}</h3>
      <ol>
        {steps.map(({ title, command }) => (
          <li key={`${title}${command}`}>
            <p>{title}</p>
            {command && (
              <div className={styles.command}>
                <code>{command}</code>
                <CopyButton iconOnly name={text.copyCommand} text={() => command} />
              </div>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
