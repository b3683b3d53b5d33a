/** The middle of some numbers, and the value that 95 in 100 stay under. */
export interface Summary {
  median: number;
  p95: number;
  min: number;
  max: number;
}

/** Sums up at least one measurement. */
export function summary(numbers: readonly number[]): Summary {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95), min: at(0), max: at(1) };
}

/** What a figure is held against: it must stay below, or reach at least, this value. */
export type Aim = { below: number } | { atLeast: number };

/** Prints one figure beside its aim. */
export function print(name: string, value: number, unit: string, aim?: Aim): void {
  console.log(
    `${name.padEnd(56)} ${value.toFixed(value < 10 ? 2 : 0).padStart(8)} ${unit}${verdict(value, unit, aim)}`,
  );
}

function verdict(value: number, unit: string, aim?: Aim): string {
  if (!aim) return '';
  if ('below' in aim) return `  aim < ${aim.below} ${unit}: ${value < aim.below ? 'met' : 'missed'}`;
  return `  aim >= ${aim.atLeast} ${unit}: ${value >= aim.atLeast ? 'met' : 'missed'}`;
}
