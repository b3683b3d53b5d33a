import { describe, expect, test } from 'vitest';
import { headline, outcomeOf } from '../../shared/outcome.ts';
import { emptySettings } from '../../shared/profile.ts';
import { factLines } from '../../shared/report-facts.ts';
import { reportText } from '../../shared/report-text.ts';
import { hasControlCharacter, hasInvisibleCharacter } from '../../shared/text.ts';
import { fakeReport } from '../support/fake-report.ts';

function reportFor(host: string) {
  const settings = emptySettings();
  return fakeReport({ ...settings, name: 'Acme', server: { ...settings.server, host } }, 'check');
}

describe('the report as text', () => {
  test('says how it ended, why, what to do, and what was not tested', () => {
    const text = reportText(reportFor('staging.example'));
    expect(text).toContain('Relaysmith: The check failed');
    expect(text).toContain('Server: staging.example:587, starttls');
    expect(text).toMatch(/^Certificate +Failed +1 ms$/m);
    expect(text).toMatch(/^Not tested: .*Sign-in/m);
    expect(text).toContain('Cause: The server’s certificate ran out');
    expect(text).toContain('Rule: CERT_EXPIRED, RFC 5280');
    expect(text).toContain(' S: 220 staging.example ESMTP Postfix');
    expect(text).toContain('+C: AUTH PLAIN [secret]');
  });

  test('has no control or hiding character but its line breaks, whatever the report holds', () => {
    const report = reportFor('mail.example');
    const bad = 'a\u001b[2Jb\u202ec\rd\u0000';
    const text = reportText({
      ...report,
      profileName: bad,
      stages: report.stages.map((stage) => ({ ...stage, note: bad, facts: { ...stage.facts, detail: bad } })),
      transcript: [{ ms: 0, from: 'server', text: bad, encrypted: false }],
    });
    expect(hasControlCharacter(text.replaceAll('\n', ''))).toBe(false);
    expect(hasInvisibleCharacter(text)).toBe(false);
  });

  test('shows every fact of a stage, also one that has no label yet', () => {
    const facts = { host: 'a.example', verified: false, notKnownYet: ['x', 'y'], detail: '' };
    expect(factLines(facts as Parameters<typeof factLines>[0])).toEqual([
      { key: 'host', label: 'Host', values: ['a.example'] },
      { key: 'verified', label: 'Verified', values: ['no'] },
      { key: 'notKnownYet', label: 'notKnownYet', values: ['x', 'y'] },
    ]);
  });
});

test('tells a passed run from one with warnings, a failed and a cancelled one', () => {
  const report = reportFor('mail.example');
  expect(outcomeOf(report)).toBe('passed');
  const [first, ...rest] = report.stages;
  if (!first) throw new Error('The report has no stages');
  expect(outcomeOf({ ...report, stages: [{ ...first, status: 'warned' }, ...rest] })).toBe('warned');
  expect(outcomeOf({ ...report, ok: false })).toBe('failed');
  expect(outcomeOf({ ...report, ok: false, cancelled: true })).toBe('cancelled');
  expect(headline({ ...report, action: 'send' })).toBe('The server took the message');
});
