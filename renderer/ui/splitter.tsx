import { useRef, useState } from 'react';
import { cx } from './cx.ts';
import styles from './splitter.module.css';

/** The edge of a column (WAI-ARIA window splitter). */
export interface SplitterProps {
  /** Accessible name: what it changes. */
  label: string;
  /** The side of its column that it is on. */
  side: 'left' | 'right';
  min: number;
  max: number;
  /** Px for one press of an arrow key. */
  step: number;
  /** Null gives the column the width that the window thinks right. */
  onResize: (width: number | null) => void;
  /** Folds the column away; Enter does. */
  onFold: () => void;
  /** Width as it was set; null while the window decides. */
  width: number | null;
}

/** Drag it, or focus it and use the arrow keys; Home and End go to the bounds, a double click to the usual width. */
export function Splitter({ label, side, min, max, step, onResize, onFold, width }: SplitterProps) {
  const element = useRef<HTMLDivElement>(null);
  // What the window decided is known once somebody comes to change it.
  const [measured, setMeasured] = useState(min);
  const column = () => element.current?.parentElement?.getBoundingClientRect();
  const sign = side === 'right' ? 1 : -1;
  const onKey = (event: React.KeyboardEvent) => {
    const now = column()?.width ?? min;
    const next = {
      ArrowRight: now + sign * step,
      ArrowLeft: now - sign * step,
      Home: min,
      End: max,
    }[event.key];
    if (event.key === 'Enter') onFold();
    else if (next !== undefined) onResize(next);
    else return;
    event.preventDefault();
  };
  const onMove = (event: React.PointerEvent) => {
    const at = column();
    if (!at || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onResize(side === 'right' ? event.clientX - at.left : at.right - event.clientX);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a window splitter (WAI-ARIA) that moves is no <hr>
    <div
      ref={element}
      className={cx(styles.splitter, styles[side])}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={Math.round(width ?? measured)}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onFocus={() => setMeasured(column()?.width ?? min)}
      onKeyDown={onKey}
      onDoubleClick={() => onResize(null)}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={onMove}
    />
  );
}
