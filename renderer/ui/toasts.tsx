import { CircleX, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { type Toast, toast, useToasts } from '../state/toasts.ts';
import { common } from '../text.ts';
import { Button, IconButton } from './button.tsx';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';
import styles from './toasts.module.css';

/**
 * Where short messages float. The region is always there, so that screen readers hear what comes; as a top layer it
 * stays within reach while a dialog is open.
 */
export function ToastRegion() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <div className={styles.region} role="status" aria-live="polite" data-react-aria-top-layer="true">
      {toasts.map((each) => (
        <ToastCard key={each.id} of={each} />
      ))}
    </div>
  );
}

function ToastCard({ of }: { of: Toast }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => toast.dismiss(of.id), of.lasts);
    return () => clearTimeout(timer);
  }, [held, of]);
  const { action } = of;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only holds it in place
    <div
      className={cx(styles.toast, of.tone === 'failed' && styles.failed)}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {of.tone === 'failed' && <Icon of={CircleX} />}
      <div className={styles.words}>
        <p>{of.text}</p>
        {of.detail && <p className={styles.detail}>{of.detail}</p>}
      </div>
      {action && (
        <Button
          small
          onPress={() => {
            toast.dismiss(of.id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton small icon={X} name={common.dismiss} onPress={() => toast.dismiss(of.id)} />
    </div>
  );
}
