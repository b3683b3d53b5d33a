import { common, many as text } from '../text.ts';
import { Button } from './button.tsx';
import styles from './progress.module.css';

/** Long work: how far it is, what is at work now, and a way to end it. */
export function Progress({
  label,
  done,
  total,
  isCancelling,
  onCancel,
}: {
  label: string;
  done: number;
  /** 0 while it is not known. */
  total: number;
  isCancelling: boolean;
  onCancel: () => void;
}) {
  return (
    <div className={styles.progress}>
      <div className={styles.words}>
        <span className={styles.label}>
          <bdi>{isCancelling ? text.cancelling : label}</bdi>
        </span>
        <span className={styles.count}>{text.progress(done, total)}</span>
      </div>
      <progress aria-label={label} max={total > 0 ? total : undefined} value={total > 0 ? done : undefined} />
      <Button onPress={onCancel} isDisabled={isCancelling} autoFocus>
        {common.cancel}
      </Button>
    </div>
  );
}
