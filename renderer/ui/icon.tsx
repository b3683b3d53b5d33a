import type { LucideIcon } from 'lucide-react';
import { cx } from './cx.ts';

/** A lucide icon in the house size. It carries no name: a word stands beside it, or its button has one. */
export function Icon({
  of: Drawing,
  size = 16,
  className,
}: {
  of: LucideIcon;
  size?: number;
  className?: string | undefined;
}) {
  return <Drawing size={size} strokeWidth={1.75} aria-hidden="true" className={cx(className)} />;
}
