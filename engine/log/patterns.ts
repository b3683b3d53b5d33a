/** What stands where a secret stood. */
export const REDACTED = '********';

const MECHANISMS = 'PLAIN|LOGIN|CRAM-MD5|DIGEST-MD5|XOAUTH2|OAUTHBEARER|NTLM|GSSAPI|EXTERNAL|SCRAM-[A-Z0-9-]+';

/** Not the `pass` of compass and bypass. */
const SECRET_NAMES =
  '(?<!com|by|sur|tres|over|under)pass(?:word|wd|phrase|code)?|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|client[_-]?key|credentials?';

/** True for the name of a setting that holds a secret, such as `SMTPPassword` or `client_secret`. */
export function namesSecret(name: string): boolean {
  return /passw|passphrase|pwd|secret|token|api[_-]?key|private[_-]?key|client[_-]?key|credential|authorization/i.test(
    name,
  );
}

/** Shapes in which secrets travel although nobody told us their value. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN ([A-Z ]{0,40}PRIVATE KEY)-----[\s\S]*?(?:-----END \1-----|$)/g, REDACTED],
  // The initial response of AUTH (RFC 4954 4); a list of mechanisms, as EHLO answers it, is left alone.
  [
    new RegExp(`\\b(AUTH[ \\t]+(?:${MECHANISMS})[ \\t]+)(?!(?:${MECHANISMS})\\b)(?=[^\\s"']*[A-Z0-9=])[^\\s"']+`, 'gi'),
    `$1${REDACTED}`,
  ],
  [
    /\b((?:proxy-)?authorization["']?\s{0,8}[:=]\s{0,8}["']?)(?:[a-z0-9_-]{1,20}[ \t]{1,8})?[^\s"',;}]+/gi,
    `$1${REDACTED}`,
  ],
  [/\b(bearer[ \t]{1,8})[\w.~+/=-]{8,}/gi, `$1${REDACTED}`],
  [
    new RegExp(
      `((?:${SECRET_NAMES})\\\\?["']?\\s{0,8}(?:=>|[:=])\\s{0,8})` +
        `(?!(?:true|false|null|undefined)\\b)(?:\\\\?"(?:\\\\.|[^"\\\\])*\\\\?"?|'(?:\\\\.|[^'\\\\])*'?|[^\\s,;&"'}\\])]+)`,
      'gi',
    ),
    `$1${REDACTED}`,
  ],
  [/(\/\/[^\s/:@]{0,256}:)[^\s/]{1,1024}@/g, `$1${REDACTED}@`],
  // JSON web tokens, and the tokens of Google and SendGrid, which are used as they are for SMTP.
  [/\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, REDACTED],
  [/\b(?:ya29\.[\w-]{8,}|GOCSPX-[\w-]{8,}|SG\.[\w-]{8,}\.[\w-]{8,})/g, REDACTED],
];

/** Replaces what looks like a secret by its surroundings. It is the second net: known secrets are replaced by value. */
export function redactPatterns(text: string): string {
  return PATTERNS.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), text);
}
