import { SaxesParser } from 'saxes';
import { appErrorOf } from '../../../shared/errors.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { SHOWN_MASK } from '../json/mask.ts';
import type { JenkinsAccount } from './jenkins-import.ts';

const MAILER = 'hudson.tasks.Mailer_-DescriptorImpl';
const EXTENDED = 'hudson.plugins.emailext.ExtendedEmailPublisherDescriptor';

/** Elements inside each other; the files have five at most. */
const MAX_DEPTH = 50;

/** True for hudson.tasks.Mailer.xml and hudson.plugins.emailext.ExtendedEmailPublisher.xml. */
export function isJenkinsXml(text: string): boolean {
  return (
    /^\ufeff?\s*</.test(text) &&
    /<hudson\.(?:tasks\.Mailer_-DescriptorImpl|plugins\.emailext\.ExtendedEmailPublisherDescriptor)[\s>]/.test(
      text.slice(0, 8_192),
    )
  );
}

interface Leaf {
  text: string;
  line: number;
}

type Leaves = Map<string, Leaf>;

/** Reads the accounts of either file. Errors: PARSE_FAILED. Entities of a DTD are not followed. */
export function readJenkinsXml(text: string): Result<JenkinsAccount[]> {
  const found: Leaves[] = [];
  /** What counts for all accounts of the file. */
  const common: Leaves = new Map();
  const open: string[] = [];
  let current = { text: '', line: 1 };
  let fault: { line: number; column: number } | null = null;
  const parser = new SaxesParser();
  parser.on('error', () => {
    fault ??= { line: parser.line, column: parser.column + 1 };
  });
  parser.on('opentag', ({ name }) => {
    open.push(name);
    if (open.length > MAX_DEPTH) fault ??= { line: parser.line, column: parser.column + 1 };
    current = { text: '', line: parser.line };
    if (isAccount(open)) found.push(new Map());
  });
  parser.on('text', (part) => {
    current.text += part;
  });
  parser.on('closetag', ({ name }) => {
    open.pop();
    if (isAccount(open) || (open[0] === MAILER && open.at(-1) === 'authentication')) found.at(-1)?.set(name, current);
    if (open.length === 1 && open[0] === EXTENDED && name === 'defaultReplyTo') common.set(name, current);
    current = { text: '', line: parser.line };
  });
  parser.write(text).close();
  if (fault) {
    const place: { line: number; column: number } = fault;
    return fail(appErrorOf('PARSE_FAILED', { format: 'XML', ...place, detail: 'This is no valid XML.' }));
  }
  const accounts = found.filter((leaves) => leaves.has('smtpHost') || leaves.has('smtpPort'));
  return ok(accounts.map((leaves) => accountOf(new Map([...common, ...leaves]))));
}

/** The element that holds one account: the mailer's root, or an account of the other plugin. */
function isAccount(open: readonly string[]): boolean {
  if (open[0] === MAILER) return open.length === 1;
  if (open[0] !== EXTENDED) return false;
  const last = open.at(-1);
  return (open.length === 2 && last === 'mailAccount') || (open.length === 3 && open[1] === 'addAccounts');
}

function accountOf(leaves: Leaves): JenkinsAccount {
  const names: Record<string, string[]> = {
    smtpUsername: ['smtpUsername', 'smtpAuthUsername', 'username'],
    smtpPassword: ['smtpPassword', 'smtpAuthPassword', 'smtpAuthPasswordSecret', 'password'],
    replyToAddress: ['replyToAddress', 'defaultReplyTo'],
  };
  const get = (key: string) => {
    const name = (names[key] ?? [key]).find((candidate) => leaves.has(candidate));
    const leaf = name === undefined ? undefined : leaves.get(name);
    return leaf && name !== undefined ? { value: leaf.text, origin: { key: name, line: leaf.line } } : undefined;
  };
  const password = get('smtpPassword');
  const id = get('credentialsId');
  const stored = password && {
    // Encrypted with the key of that one server.
    elsewhere: /^\{[\w+/=]{20,}\}$/.test(password.value),
    text: password.value,
    origin: password.origin,
  };
  return {
    detail: leaves.has('address') || leaves.has('defaultAccount') ? 'Email Extension' : '',
    has: (key) => leaves.has(key),
    get,
    password: stored ?? (id && id.value !== '' ? { text: id.value, origin: id.origin, elsewhere: true } : undefined),
  };
}

/** A part of such a file with its passwords masked. Keeps the number of lines. */
export function maskJenkinsXml(text: string, from = 0, to = text.length): string {
  return text
    .slice(from, to)
    .replace(
      /(<(\w*(?:[Pp]assword|[Ss]ecret)\w*)>)([^<]*)(<\/\2>)/g,
      (_all, start: string, _name, value: string, end: string) => {
        return start + (value === '' ? '' : SHOWN_MASK + '\n'.repeat(value.split('\n').length - 1)) + end;
      },
    );
}
