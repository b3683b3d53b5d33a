import { describe, expect, it } from 'vitest';
import { diagnose, warningsFor } from '../../../../engine/smtp/diagnosis/index.ts';
import { matches } from '../../../../engine/smtp/diagnosis/match.ts';
import { normalise } from '../../../../engine/smtp/diagnosis/normalise.ts';
import type { Match, Rule } from '../../../../engine/smtp/diagnosis/rule.ts';

const rule = (match: Rule['match']): Rule => ({
  id: 'X',
  stage: 'any',
  match,
  cause: 'C.',
  remedy: 'R.',
  reference: 'https://example.com',
  priority: 50,
  transient: false,
  example: {},
});

const hit = (match: Match, observed: object) =>
  matches(rule(match), normalise({ stage: 'any', facts: {}, ...observed }));

describe('a match', () => {
  it('needs all its keys, and of a list one entry', () => {
    const match: Match = { reply: ['550', '554'], text: /relay/i };
    expect(hit(match, { reply: '554 Relay denied' })).toBe(true);
    expect(hit(match, { reply: '553 Relay denied' })).toBe(false);
    expect(hit(match, { reply: '554 No' })).toBe(false);
  });

  it('may be one of several', () => {
    const either = rule([{ code: ['A'] }, { code: ['B'] }]);
    expect(matches(either, normalise({ stage: 'any', code: 'B', facts: {} }))).toBe(true);
    expect(matches(either, normalise({ stage: 'any', code: 'C', facts: {} }))).toBe(false);
  });

  it('takes 5xx for every code of that class', () => {
    expect(hit({ reply: ['5xx'] }, { reply: '571 No' })).toBe(true);
    expect(hit({ reply: ['5xx'] }, { reply: '471 No' })).toBe(false);
    expect(hit({ reply: ['5xx'] }, { reply: 'No' })).toBe(false);
  });

  it('compares an enhanced code as a whole', () => {
    expect(hit({ enhanced: ['5.7.3'] }, { reply: '535 5.7.3 No' })).toBe(true);
    expect(hit({ enhanced: ['5.7.3'] }, { reply: '535 5.7.30 No' })).toBe(false);
  });

  it.each([
    [true, { a: true }, true],
    [true, {}, false],
    [[null, 'x'], {}, true],
    [[null, 'x'], { a: 'y' }, false],
    [{ gt: 5 }, { a: 6 }, true],
    [{ gt: 5 }, { a: 5 }, false],
    [{ lt: 5 }, { a: 4 }, true],
    [{ lt: 5 }, { a: '4' }, false],
    [{ between: [1, 3] }, { a: 3 }, true],
    [{ between: [1, 3] }, { a: 4 }, false],
    [{ gt: 5 }, {}, false],
  ] as const)('asks a fact to be %j of %j: %s', (wanted, facts, expected) => {
    expect(hit({ when: { a: wanted } }, { facts })).toBe(expected);
  });

  it('finds no pattern in what is not there', () => {
    expect(hit({ banner: /^/ }, {})).toBe(false);
  });
});

describe('diagnose', () => {
  it('lists weaker candidates, at most five, no text twice and no fallback', () => {
    const found = diagnose(
      { stage: 'auth', reply: '535 5.7.8 Authentication failed', host: 'smtp.zoho.eu', facts: { failedStage: 'auth' } },
      null,
    );
    expect(found?.rule).toBe('ZOHO_AUTH');
    const rules = found?.alsoPossible.map((other) => other.rule);
    expect(rules).toContain('AUTH_BAD_CREDENTIALS_578');
    expect(rules).not.toContain('FALLBACK_5XX');
    expect(rules?.length).toBeLessThanOrEqual(5);
    expect(new Set(found?.alsoPossible.map(({ cause }) => cause)).size).toBe(rules?.length);
  });

  it('says nothing when no rule matches', () => {
    expect(diagnose({ stage: 'quit', facts: {} }, null)).toBeNull();
  });

  it('prefers a provider’s rule on its own host and doubts it elsewhere', () => {
    const reply = '535 5.7.3 Authentication unsuccessful';
    const at = (host: string) => diagnose({ stage: 'auth', reply, host, facts: { failedStage: 'auth' } }, null)?.rule;
    expect(at('smtp.office365.com')).toBe('M365_535_573');
    expect(at('mail.acme.example')).toBe('AUTH_EXCHANGE_573');
    expect(at('smtp.gmail.com')).not.toBe('M365_535_573');
  });

  it('takes loopback for any provider, as a tunnel or the practice server stands there', () => {
    const reply = '553 5.7.1 Sender address rejected: not owned by auth user.';
    const at = (host: string) => diagnose({ stage: 'mail', reply, host, facts: {} }, null)?.rule;
    expect(at('127.0.0.1')).toBe('YANDEX_FROM');
    expect(at('mail.acme.example')).toBe('SENDER_NOT_OWNED');
  });

  it('does not blame a lasting setting for a later failure', () => {
    const facts = {
      port: 465,
      security: 'none',
      credentialsSet: true,
      hostIsLoopback: false,
      failedStage: 'rcpt',
      certHasSan: false,
      certKeyBits: 1024,
      certDaysLeft: 3,
      ipv4Ok: true,
      ipv6Ok: false,
    };
    const found = diagnose({ stage: 'rcpt', reply: '550 5.1.1 User unknown', facts }, null);
    expect([found?.rule, ...(found?.alsoPossible ?? []).map(({ rule: id }) => id)]).toEqual([
      'RCPT_UNKNOWN',
      'RCPT_UNKNOWN_TEXT',
    ]);
  });

  it('takes a reply as it is, whatever bytes it holds', () => {
    const reply = '550 \u0000\u001b[31m\u202e\ud800 blocked using zen.spamhaus.org';
    expect(diagnose({ stage: 'rcpt', reply, facts: {} }, null)?.rule).toBe('GREET_554_RBL');
  });
});

describe('warningsFor', () => {
  it('tells only warnings, heaviest first', () => {
    const facts = { certKeyBits: 1024, certDaysLeft: 3, failedStage: null };
    const found = warningsFor({ stage: 'certificate', code: 'CERT_HAS_EXPIRED', facts });
    expect(found.map(({ rule: id }) => id)).toEqual(['CERT_WEAK_KEY_WARN', 'CERT_EXPIRES_SOON']);
  });

  it('does not call an expired certificate one that ends soon', () => {
    expect(warningsFor({ stage: 'certificate', facts: { certDaysLeft: -1 } })).toEqual([]);
  });

  it('does not wonder that localhost leads to this machine', () => {
    const facts = { resolvedLoopback: true, hostIsLoopback: true };
    expect(warningsFor({ stage: 'dns', facts })).toEqual([]);
    expect(warningsFor({ stage: 'dns', facts: { ...facts, hostIsLoopback: false } })).toHaveLength(1);
  });
});
