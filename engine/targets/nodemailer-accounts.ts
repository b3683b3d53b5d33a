import type { JsonDocument } from './json/document.ts';
import { type Found, JsonSection } from './json/section.ts';

/** Names that people give to the same thing; the first one is nodemailer's own. */
export const HOST_KEYS = ['host', 'hostname', 'server', 'smtpHost', 'smtp_host', 'servidor'] as const;
export const PORT_KEYS = ['port', 'smtpPort', 'smtp_port', 'porta'] as const;
export const USER_KEYS = ['user', 'username', 'login', 'smtpUser', 'smtp_user', 'usuario'] as const;
export const PASS_KEYS = [
  'pass',
  'password',
  'smtpPass',
  'smtpPassword',
  'smtp_pass',
  'smtp_password',
  'senha',
] as const;

/** An object of a file that describes a mail account. */
export interface Account {
  /** Where it stands, such as `smtp` or `accounts.0`; '' for the whole file. */
  path: string;
  offset: number;
  /** Offset of the object or list that it stands in; its own for the whole file. */
  parent: number;
  /** From 2 (likely) up. */
  evidence: number;
}

// A configuration of an application is searched, not a data file: these end the search early in anything larger.
const MAX_DEPTH = 6;
const MAX_OBJECTS = 2_000;
const MAX_ACCOUNTS = 100;
const MAX_CHARACTERS = 262_144;

const MAIL_PORTS = new Set([25, 465, 587, 2465, 2525, 2587, 1025]);

/** The mail accounts of a file, in its order. An account inside another one is not looked for. */
export function findAccounts(document: JsonDocument): Account[] {
  const accounts: Account[] = [];
  let visited = 0;
  const visit = (offset: number, path: string, depth: number, parent: number): void => {
    if (depth > MAX_DEPTH || visited++ > MAX_OBJECTS || accounts.length >= MAX_ACCOUNTS) return;
    if (document.isArray(offset)) {
      for (const [index, element] of document.elements(offset).entries())
        visit(element, join(path, String(index)), depth + 1, offset);
      return;
    }
    if (!document.isObject(offset)) return;
    const evidence = evidenceOf(new JsonSection(document, [offset], ''), path);
    if (evidence >= 2) {
      accounts.push({ path, offset, parent, evidence });
      return;
    }
    for (const { key, valueStart, valueEnd } of document.members(offset)) {
      if (valueEnd - valueStart <= MAX_CHARACTERS) visit(valueStart, join(path, key), depth + 1, offset);
    }
  };
  if (document.text.length <= MAX_CHARACTERS * 4) visit(document.root, '', 0, document.root);
  return accounts;
}

/** The first of several keys that is there. */
export function firstOf(section: JsonSection, keys: readonly string[]): Found | undefined {
  for (const key of keys) {
    const found = section.get(key);
    if (found) return found;
  }
  return undefined;
}

/** How much speaks for a mail account: a database and a web server have host and port too. */
function evidenceOf(section: JsonSection, path: string): number {
  if (section.has('database', 'dbname', 'dialect', 'db', 'transport')) return 0;
  const host = firstOf(section, HOST_KEYS)?.value;
  const named = typeof host === 'string' || (section.has('service') && section.has('auth'));
  const url = section.get('url')?.value;
  const isUrl = typeof url === 'string' && /^smtps?:\/\//i.test(url);
  if (!named && !isUrl) return 0;
  const port = Number(firstOf(section, PORT_KEYS)?.value);
  let evidence = isUrl ? 3 : 0;
  if (/mail|smtp|transport/i.test(path.split('.').slice(-2).join('.'))) evidence += 2;
  if (section.has('requireTLS', 'ignoreTLS', 'secure', 'authMethod', 'tls')) evidence += 2;
  if (section.section('auth')?.has('user', 'pass', 'clientId')) evidence += 2;
  if (MAIL_PORTS.has(port)) evidence += 2;
  if (typeof host === 'string' && /^(smtp|mail)[.-]/i.test(host)) evidence += 2;
  if (section.has('from')) evidence += 1;
  return evidence;
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
