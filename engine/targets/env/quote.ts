import { DIALECTS, type DialectId } from './dialects.ts';
import { scanEnv } from './scan.ts';

/** Readers that take quotes off; what they all read alike is safe nearly everywhere. */
export const COMMON_DIALECTS: readonly DialectId[] = ['compose', 'node', 'ruby', 'python', 'systemd', 'sh'];

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]*$/;

/**
 * Writes a value so that each of the named programs reads exactly it back; null when there is no such form. Nothing is
 * trusted to be right by construction: each candidate is read again by the rules of every program.
 */
export function quoteFor(value: string, dialects: readonly DialectId[]): string | null {
  return candidates(value).find((written) => dialects.every((id) => readsBack(written, value, id))) ?? null;
}

/** True when a program reads a written value back as it is, also with other assignments after it. */
export function readsBack(written: string, value: string, id: DialectId): boolean {
  const { entries } = scanEnv(`A=${written}\nB='b'\nC="c"\n`, DIALECTS[id]);
  const [first, second, third] = entries;
  if (entries.length !== 3 || second?.key !== 'B' || third?.key !== 'C') return false;
  return first?.value === value && !first.dynamic && !first.broken;
}

function candidates(value: string): string[] {
  const escaped = (characters: RegExp) => value.replace(characters, '\\$&');
  return [
    ...(PLAIN.test(value) ? [value] : []),
    `'${value}'`,
    `"${escaped(/["\\$]/g)}"`,
    `"${value}"`,
    `"${escaped(/["\\$`]/g)}"`,
    `"${escaped(/["\\]/g)}"`,
    `"${escaped(/["\\$]/g)
      .replaceAll('\n', '\\n')
      .replaceAll('\r', '\\r')}"`,
    `"${escaped(/["\\]/g).replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`,
    `'${escaped(/'/g)}'`,
    `'${escaped(/['\\]/g)}'`,
    `\`${value}\``,
    `'${value.replaceAll("'", "'\\''")}'`,
    // Last: without quotes, for programs that know none.
    ...(value.includes('\n') ? [] : [value, escaped(/[^A-Za-z0-9_]/g)]),
  ];
}
