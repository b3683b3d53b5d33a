import type { TargetOption } from '../../shared/target.ts';

/** An option with a fixed set of values; the first one is the default. */
export function choice(
  key: string,
  label: string,
  help: string,
  values: [value: string, label: string][],
): TargetOption {
  return {
    key,
    label,
    help,
    values: values.map(([value, text]) => ({ value, label: text })),
    default: values[0]?.[0] ?? '',
  };
}

/** An option that takes any text; empty by default. */
export function freeText(key: string, label: string, help: string): TargetOption {
  return { key, label, help, values: [], default: '' };
}
