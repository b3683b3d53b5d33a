/** One assignment of an env file. */
export interface EnvEntry {
  key: string;
  value: string;
  /** From 1. */
  line: number;
  /** True when the value begins a text over several lines, which is not read. */
  open: boolean;
}

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/;

/** Reads the assignments of an env file, in order, comments and other lines skipped. Never fails. */
export function readEnv(text: string): EnvEntry[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((content, index) => {
      const match = ASSIGNMENT.exec(content);
      if (match?.[1] === undefined || match[2] === undefined) return [];
      return [{ key: match[1], line: index + 1, ...readValue(match[2]) }];
    });
}

/**
 * Writes a value so that systemd, Docker Compose and shells read the same text; null when there is no such form
 * (`docker run --env-file` has no quoting at all and takes only values that need none).
 */
export function quoteEnv(value: string): string | null {
  if (/[\0\r\n]/.test(value)) return null;
  if (/^[A-Za-z0-9_@%+=:,./-]*$/.test(value)) return value;
  if (!value.includes("'") && !value.endsWith('\\')) return `'${value}'`;
  // Compose leaves a backslash before a backtick standing, shells do not: no common form.
  if (value.includes('`')) return null;
  return `"${value.replace(/["\\$]/g, '\\$&')}"`;
}

/**
 * An env file with some keys changed: a key that is there is replaced where it stands, a new one is added at the end,
 * undefined removes. All else stays as it is.
 */
export function mergeEnv(existing: string, changes: Record<string, string | undefined>): string {
  const newline = existing.includes('\r\n') ? '\r\n' : '\n';
  const left = new Map(Object.entries(changes));
  const lines = existing.split(/\r?\n/).flatMap((content) => {
    const match = /^(\ufeff?\s*(?:export\s+)?)([A-Za-z_]\w*)\s*=/.exec(content);
    const key = match?.[2] ?? '';
    if (!Object.hasOwn(changes, key)) return [content];
    left.delete(key);
    const value = changes[key];
    return value === undefined ? [] : [`${match?.[1] ?? ''}${key}=${value}`];
  });
  const added = [...left].flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
  if (added.length === 0) return lines.join(newline);
  if (lines.at(-1) === '') lines.pop();
  return [...lines, ...added, ''].join(newline);
}

function readValue(raw: string): { value: string; open: boolean } {
  const quote = raw[0];
  if (quote === "'") {
    const end = raw.indexOf("'", 1);
    return end === -1 ? { value: '', open: true } : { value: raw.slice(1, end), open: false };
  }
  if (quote === '"') {
    const match = /^"((?:[^"\\]|\\.)*)"/.exec(raw);
    if (match?.[1] === undefined) return { value: '', open: true };
    return { value: match[1].replace(/\\(["\\$`])/g, '$1'), open: false };
  }
  return { value: raw.replace(/\s+#.*$/, ''), open: false };
}
