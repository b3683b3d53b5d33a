const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const NUMBER = new Intl.NumberFormat('en-GB');

/** `12 ms`, `0.84 s` or `12.3 s`. Takes milliseconds. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

/** `3 May 2026`. Takes ISO 8601. */
export const day = (iso: string): string => safely(DAY, iso);

/** `14:02`. Takes ISO 8601 or milliseconds since 1970. */
export const time = (at: string | number): string => safely(TIME, at);

/** `3 May 2026, 14:02`. Takes ISO 8601. */
export const moment = (iso: string): string => safely(MOMENT, iso);

/** `1,024`. */
export const count = (value: number): string => NUMBER.format(value);

/** `820 bytes` or `12.4 KB`. */
export function bytes(value: number): string {
  return value < 1_024 ? `${value} bytes` : `${(value / 1_024).toFixed(1)} KB`;
}

/** `1 profile`, `3 profiles`. */
export function plural(value: number, one: string, many: string): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

// A date from a certificate or a file may be no date; it is then shown as it came.
function safely(format: Intl.DateTimeFormat, at: string | number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : format.format(date);
}
