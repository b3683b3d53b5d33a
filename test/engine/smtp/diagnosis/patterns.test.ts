import { describe, expect, it } from 'vitest';
import { NETWORK_WORDINGS } from '../../../../engine/smtp/diagnosis/explain/network-wordings.ts';
import { PROTOCOL_WORDINGS } from '../../../../engine/smtp/diagnosis/explain/protocol-wordings.ts';
import { TLS_WORDINGS } from '../../../../engine/smtp/diagnosis/explain/tls-wordings.ts';
import { diagnose, explain, type Match, RULES } from '../../../../engine/smtp/diagnosis/index.ts';
import { alternatives } from '../../../../engine/smtp/diagnosis/match.ts';
import { LIMITS } from '../../../../shared/limits.ts';

const WIDE = 20;

const inRules = RULES.flatMap((rule) =>
  alternatives(rule).flatMap((match) =>
    (['text', 'banner', 'ehlo', 'message', 'issuer', 'host'] as const).flatMap((key) => named(rule.id, match, key)),
  ),
);
const inWordings = [...NETWORK_WORDINGS, ...PROTOCOL_WORDINGS, ...TLS_WORDINGS].map(
  ({ pattern }) => [pattern.source.slice(0, 60), pattern] as const,
);
const patterns = [...inRules, ...inWordings];

function named(id: string, match: Match, key: 'text' | 'banner' | 'ehlo' | 'message' | 'issuer' | 'host') {
  const pattern = match[key];
  return pattern ? [[`${id} ${key}`, pattern] as const] : [];
}

/** The source with escapes and classes as one letter, so that what is left is structure. */
function skeleton({ source }: RegExp): string {
  return source.replace(/\\./g, 'x').replace(/\[(?:[^\]])*\]/g, 'x');
}

/** True when a repeated group itself repeats something, such as (a+)+. */
function hasNestedRepetition(pattern: RegExp): boolean {
  let rest = skeleton(pattern).replace(/\(\?(?:[:=!]|<[=!])/g, '(');
  for (;;) {
    const group = /\(([^()]*)\)([*+{]?)/.exec(rest);
    if (!group) return false;
    const [whole, inner = '', repeated] = group;
    const repeats = /[*+{]/.test(inner);
    if (repeats && repeated) return true;
    // A group that repeats stays visible to the groups around it.
    rest = rest.replace(whole, () => (repeats ? `r{1}${repeated}` : `g${repeated}`));
  }
}

/** The most that one start of the pattern can try, as the largest product of wide repetitions in one alternative. */
function wideRepetitions(pattern: RegExp): number {
  const alternativesOf = skeleton(pattern).split('|');
  const wide = (text: string) => [...text.matchAll(/\{\d+,(\d+)\}/g)].filter(([, max]) => Number(max) >= WIDE).length;
  return Math.max(...alternativesOf.map(wide));
}

describe('the check itself', () => {
  it.each([/(a+)+/, /(?:a{1,5}b)*/, /((a*)b)+/, /(?:(?:x\d+)y){2}/])('sees through %s', (pattern) => {
    expect(hasNestedRepetition(pattern)).toBe(true);
  });

  it.each([/a{0,200}b/, /(?:ab)+/, /(?:a+|b)c/])('lets %s pass', (pattern) => {
    expect(hasNestedRepetition(pattern)).toBe(false);
  });
});

// Each start of such a pattern costs at most a fixed number of steps, so the whole is linear in the text.
describe.each(patterns)('pattern %s', (_name, pattern) => {
  it('is linear by its form', () => {
    expect(hasNestedRepetition(pattern)).toBe(false);
    expect(skeleton(pattern)).not.toMatch(/[*+]|\{\d+,\}/);
    expect(wideRepetitions(pattern)).toBeLessThanOrEqual(1);
    expect(pattern.flags).toMatch(/^im?$/);
  });
});

it('patterns for enhanced codes are anchored at both ends', () => {
  const codes = RULES.flatMap((rule) => alternatives(rule).flatMap(({ enhanced }) => enhanced ?? []));
  for (const code of codes) {
    if (code instanceof RegExp) expect(code.source).toMatch(/^\^.*\$$/);
    else expect(code).toMatch(/^[245]\.\d{1,3}\.\d{1,3}$/);
  }
});

describe('64 KB of hostile text', () => {
  const fill = (piece: string) =>
    piece.repeat(Math.ceil(LIMITS.explainChars / piece.length)).slice(0, LIMITS.explainChars);
  const hostile = [
    'a',
    ' ',
    '\n',
    '\\n',
    '5',
    '535 ',
    '535-',
    '535-5.7.8 ',
    '550 5.7.1 x\n',
    "(535, b'",
    '"550 ',
    '220 ',
    '220-*',
    '250-XXXX',
    'X',
    '*',
    'HTTP/1',
    'EHLO ',
    'RCPT TO',
    'issuer: ',
    'port: ',
    'a.b:25 ',
    'a.',
    '.',
    '@',
    'lookup ',
    'dial tcp',
    ':53: ',
    'could not connect to SMTP host',
    'HELO/EHLO argument ',
    'Domain of sender address ',
    'sender ',
    'exceeded ',
    'SSL routines:',
    'SSL routines:a:',
    'STARTTLS command first',
    'TLS connection',
    'ERR_SSL_A ',
    'ECONNRESET ',
    '334 eyJ',
    'A',
    '\u0000',
    '\ud800',
    'é',
    'certificate has expired',
    'smtp.gmail.com ',
    '5.7.',
  ];

  it.each(hostile)('made of %j is explained without harm', (piece) => {
    const text = fill(piece);
    expect(() => explain(text, { host: text, port: 25, security: text, stage: null })).not.toThrow();
    const all = { reply: text, banner: text, ehlo: text, message: text, issuer: text, host: text };
    expect(() => diagnose({ stage: 'any', ...all, code: text, facts: {} }, null)).not.toThrow();
  });
});
