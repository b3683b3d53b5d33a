import { BENCH_WIDTH, setBenchWidth, useUi } from '../../state/ui.ts';
import { panes } from '../../text.ts';
import styles from './bench.module.css';

/** The edge between form and bench: drag it, or focus it and use the arrow keys. */
export function Splitter() {
  const width = useUi((state) => state.benchWidth);
  const onKey = (event: React.KeyboardEvent) => {
    const next = {
      ArrowLeft: width + BENCH_WIDTH.step,
      ArrowRight: width - BENCH_WIDTH.step,
      Home: BENCH_WIDTH.min,
      End: BENCH_WIDTH.max,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setBenchWidth(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a window splitter (WAI-ARIA) that moves is no <hr>
    <div
      className={styles.splitter}
      role="separator"
      aria-orientation="vertical"
      aria-label={panes.resize}
      aria-valuenow={width}
      aria-valuemin={BENCH_WIDTH.min}
      aria-valuemax={BENCH_WIDTH.max}
      tabIndex={0}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) setBenchWidth(window.innerWidth - event.clientX);
      }}
    />
  );
}
