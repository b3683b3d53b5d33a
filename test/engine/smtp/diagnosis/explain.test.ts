import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain, type Known } from '../../../../engine/smtp/diagnosis/index.ts';
import * as report from '../../../../shared/report.ts';
import { EXCERPTS } from './excerpts.ts';

const NOTHING: Known = { host: null, port: null, security: null, stage: null };

describe('explain', () => {
  const cases = EXCERPTS.map(([who, rule, text, known]) => ({ who, rule, text, known: { ...NOTHING, ...known } }));

  it.each(cases)('$who: $rule', ({ rule, text, known }) => {
    expect(explain(text, known)?.rule).toBe(rule);
  });

  it.each([
    ['nothing', ''],
    ['a greeting', 'Hello, how are you'],
    ['a web server log', '10.0.0.1 - - [12/Nov/2024:10:25:01] "POST /api HTTP/1.1" 500 512'],
    ['a line number', 'File "/usr/lib/python3.11/x.py", line 535, in login'],
    ['a duration', 'done in 450 ms, 554 bytes'],
    ['a success', '250 2.0.0 Ok: queued as 4XnB'],
    ['a version', 'Server version: 5.7.8 Source distribution'],
    ['a clock', 'at 10:25:01 the job began'],
  ])('finds no fault in %s', (_what, text) => {
    expect(explain(text, NOTHING)).toBeNull();
  });

  it('knows where a reply came from by the command before it', () => {
    expect(explain('C: RCPT TO:<a@example.com>\nS: 550 mailbox unavailable', NOTHING)?.rule).toBe('RCPT_UNKNOWN_TEXT');
    expect(explain('550 mailbox unavailable', { ...NOTHING, stage: 'rcpt' })?.rule).toBe('RCPT_UNKNOWN_TEXT');
    expect(explain('550 mailbox unavailable', NOTHING)?.rule).toBe('FALLBACK_5XX');
  });

  it('reads replies that a log wrote with escaped line breaks', () => {
    const text = '"response":"550-5.7.26 Your email has been blocked\\r\\n550 5.7.26 SPF did not pass - gsmtp"';
    expect(explain(text, NOTHING)?.rule).toBe('GMAIL_UNAUTHENTICATED_MAIL');
  });

  it('does not take the domain of a mailbox for the server', () => {
    const found = explain('535 5.7.8 authentication failed for info@gmail.com at mail.example.com', NOTHING);
    expect(found?.rule).toBe('AUTH_BAD_CREDENTIALS_578');
  });

  it('never throws and always fits the schema, whatever the text', () => {
    const pieces = EXCERPTS.flatMap(([, , text]) => text.split(/(?<=\s)/));
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 2_000 }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((words) => words.join('')),
    );
    const known = fc.record({
      host: fc.option(fc.string()),
      port: fc.option(fc.integer()),
      security: fc.option(fc.constantFrom('none', 'starttls-if-offered', 'starttls', 'tls', 'other')),
      stage: fc.option(fc.constantFrom(...report.STAGES)),
    });
    fc.assert(
      fc.property(text, known, (told, context) => {
        const found = explain(told, context);
        if (found) expect(report.diagnosis.safeParse(found).success).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('gives no word of the text back', () => {
    const canary = 'c4nary-5ecret';
    const found = explain(`535 5.7.8 ${canary} authentication failed, AUTH PLAIN ${btoa(canary)}`, NOTHING);
    expect(JSON.stringify(found)).not.toContain(canary);
    expect(found?.rule).toBe('AUTH_BAD_CREDENTIALS_578');
  });
});
