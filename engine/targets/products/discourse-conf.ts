import { ok, type Result } from '../../../shared/result.ts';
import { editLines, type LineSyntax } from '../lines/edit.ts';
import type { LineReading } from '../lines/entry.ts';
import { splitLines } from '../lines/lines.ts';
import { refusal } from '../product.ts';

const ASSIGNMENT = /^\ufeff?\s*(?<mark>#+\s*)?(?<key>[a-z]\w*)\s*=\s*(?<value>.*?)\s*$/d;

/** True for a discourse.conf rather than the app.yml of a container. */
export function isConf(text: string): boolean {
  return (
    /^\s*smtp_address\s*=/m.test(text) &&
    /^\s*(?:smtp_port|smtp_domain|smtp_user_name|db_pool|hostname|redis_host)\s*=/m.test(text)
  );
}

/** Reads discourse.conf: `key = value`, one pair of quotes around it taken off; comments at the beginning of a line. */
export function readConf(text: string): LineReading {
  const reading: LineReading = { entries: [], sections: [], hints: [], fault: null };
  for (const { start, end, next, number: line } of splitLines(text)) {
    const match = ASSIGNMENT.exec(text.slice(start, end));
    const { mark, key, value: raw } = match?.groups ?? {};
    const place = match?.indices?.groups?.value;
    if (key === undefined || raw === undefined || !place) continue;
    const value = raw.replace(/^(["'])(.*)\1$/, '$2');
    const found = {
      section: '',
      key,
      value,
      line,
      start,
      end: next,
      valueStart: start + place[0],
      valueEnd: start + place[1],
    };
    (mark === undefined ? reading.entries : reading.hints).push(found);
  }
  return reading;
}

const SYNTAX: LineSyntax = {
  sameKey: (found, wanted) => found === wanted,
  group: 'smtp_',
  write: (value) => written(value) ?? '',
  delimiter: ' = ',
  head: () => '',
  mayFollow: () => true,
};

/** A value as it stands in the file; null when it has no form that every version reads alike. */
function written(value: string): string | null {
  if (/^[\w@.:+/-]*$/.test(value)) return value;
  // Versions differ in whether a # or a blank outside of quotes ends a value, and whether the file is a template first.
  if (/[\r\n]|<%|^\s|\s$/.test(value)) return null;
  if (!value.includes('"')) return `"${value}"`;
  return value.includes("'") ? null : `'${value}'`;
}

/**
 * Changes keys of a discourse.conf, or writes a new one.
 * @param wanted Values by the names of the variables, such as `DISCOURSE_SMTP_ADDRESS`; undefined removes one.
 * Error: TARGET_REFUSES for a value that the file cannot hold.
 */
export function writeConf(
  existing: string,
  wanted: Readonly<Record<string, string | number | boolean | undefined>>,
): Result<string> {
  const changes = Object.entries(wanted).map(([name, value]) => ({
    section: '',
    key: name.replace(/^DISCOURSE_/, '').toLowerCase(),
    value: value === undefined ? undefined : String(value),
  }));
  const unwritable = changes.find(({ value }) => value !== undefined && written(value) === null);
  if (unwritable) {
    const reason = 'discourse.conf has no form for blanks at its ends, line breaks, both kinds of quotes, or <%.';
    return refusal('Discourse', unwritable.key, reason);
  }
  return ok(editLines(existing, readConf(existing), changes, SYNTAX));
}
