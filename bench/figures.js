/** The middle of some numbers, and the value that 95 in 100 stay under. */
export function summary(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { median: at(0.5), p95: at(0.95), min: sorted[0], max: sorted.at(-1) };
}

/** Prints one figure beside its aim. */
export function print(name, value, unit, aim) {
  const verdict = aim === undefined ? '' : `  aim < ${aim} ${unit}: ${value < aim ? 'met' : 'missed'}`;
  console.log(`${name.padEnd(44)} ${value.toFixed(value < 10 ? 2 : 0).padStart(8)} ${unit}${verdict}`);
}
