import type { Environment } from '../../../shared/profile.ts';
import { form as text } from '../../text.ts';
import { cx } from '../../ui/cx.ts';
import styles from './environment-badge.module.css';

/** What a profile is used for, as a word on a ground; that of production stands out. */
export function EnvironmentBadge({ environment }: { environment: Environment }) {
  return (
    <span className={cx(styles.badge, environment === 'production' && styles.production)}>
      {text.environments[environment]}
    </span>
  );
}
