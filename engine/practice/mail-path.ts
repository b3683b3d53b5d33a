/** What MAIL FROM or RCPT TO said. */
export interface MailPath {
  /** Address without its brackets; '' is the null sender of bounces. */
  readonly address: string;
  /** Parameters by upper-case keyword; '' where there is no value. */
  readonly parameters: ReadonlyMap<string, string>;
}

// One mailbox in angle brackets, its local part plain or quoted, after an old source route that is ignored
// (RFC 5321 4.1.2 and Appendix C). White space after the colon is wrong, but common.
const PATH = /^(FROM|TO):\s*<(?:@[^:<>\s]+:)?((?:"(?:[^"\\]|\\.)*"|[^\s<>"@]+)(?:@[^\s<>@]+)?)?>((?:\s+\S+)*)\s*$/i;

/** Reads the argument of MAIL or RCPT; null where it is not right. */
export function parsePath(argument: string, keyword: 'FROM' | 'TO'): MailPath | null {
  const match = PATH.exec(argument);
  if (!match || match[1]?.toUpperCase() !== keyword) return null;
  const address = match[2] ?? '';
  if (!validAddress(address, keyword)) return null;
  const parameters = new Map<string, string>();
  for (const parameter of (match[3] ?? '').split(/\s+/).filter(Boolean)) {
    const [name = '', ...value] = parameter.split('=');
    parameters.set(name.toUpperCase(), value.join('='));
  }
  return { address, parameters };
}

/** A full address; only MAIL may have none, and only RCPT may name the postmaster without a domain. */
function validAddress(address: string, keyword: 'FROM' | 'TO'): boolean {
  if (/\p{Cc}/u.test(address) || address.length > 320) return false;
  if (address === '') return keyword === 'FROM';
  if (address.includes('@')) return true;
  return keyword === 'TO' && address.toLowerCase() === 'postmaster';
}
