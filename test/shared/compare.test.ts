import { describe, expect, test } from 'vitest';
import { compareReports } from '../../shared/compare.ts';
import { emptySettings } from '../../shared/profile.ts';
import type { Stage, StageFacts, StageResult, TestReport } from '../../shared/report.ts';
import { fakeReport } from '../support/fake-report.ts';

function reportFor(host = 'mail.acme.example', action: 'check' | 'send' = 'check'): TestReport {
  const settings = emptySettings();
  return fakeReport({ ...settings, server: { ...settings.server, host } }, action);
}

function changed(report: TestReport, stage: Stage, change: (result: StageResult) => Partial<StageResult>): TestReport {
  return {
    ...report,
    stages: report.stages.map((each) => (each.stage === stage ? { ...each, ...change(each) } : each)),
  };
}

const withFacts = (report: TestReport, stage: Stage, facts: StageFacts) =>
  changed(report, stage, (result) => ({ facts: { ...result.facts, ...facts } }));

const stageOf = ({ stages }: ReturnType<typeof compareReports>, stage: Stage) =>
  stages.find((each) => each.stage === stage);

const warnings = (before: TestReport, after: TestReport) =>
  compareReports(before, after).hints.flatMap(({ severity, text }) => (severity === 'warning' ? [text] : []));

describe('two runs beside each other', () => {
  test('a run and itself have no difference', () => {
    const report = reportFor();
    const { stages, hints } = compareReports(report, report);
    expect(stages.some(({ differs }) => differs)).toBe(false);
    expect(stages.every(({ pace }) => pace === 'similar')).toBe(true);
    expect(hints).toEqual([]);
  });

  test('what changes with every run is no difference: ids, times, the order of addresses, days left', () => {
    const before = reportFor('mail.acme.example', 'send');
    let after = withFacts(before, 'data', {
      queueId: 'B1',
      messageId: '<other@desk>',
      reply: { code: 250, enhanced: '2.0.0', text: 'Ok: queued as 77AA01BB9' },
    });
    after = withFacts(after, 'greeting', { banner: '220 mail.acme.example ESMTP Postfix' });
    after = changed(after, 'dns', ({ facts }) => ({ facts: { addresses: [...(facts.addresses ?? [])].reverse() } }));
    after = changed(after, 'certificate', ({ facts }) => ({
      facts: { ...facts, chain: (facts.chain ?? []).map((each) => ({ ...each, daysLeft: each.daysLeft - 1 })) },
    }));
    expect(compareReports(before, after).stages.filter(({ differs }) => differs)).toEqual([]);
  });

  test('a fact that differs is shown with the values that only one side has', () => {
    const before = reportFor();
    const after = withFacts(before, 'ehlo', { capabilities: ['PIPELINING', 'SIZE 1000', 'CHUNKING'] });
    const ehlo = stageOf(compareReports(before, after), 'ehlo');
    expect(ehlo?.differs).toBe(true);
    const offers = ehlo?.facts.find(({ label }) => label === 'Offers');
    expect(offers).toMatchObject({ after: ['SIZE 1000'], inBoth: 2 });
    expect(offers?.before).toContain('SIZE 52428800');
    expect(offers?.before).not.toContain('PIPELINING');
  });

  test('a reply with another code or other words differs', () => {
    const before = reportFor();
    const after = withFacts(before, 'rcpt', { reply: { code: 550, enhanced: '5.7.1', text: 'Relay access denied' } });
    expect(stageOf(compareReports(before, after), 'rcpt')?.facts[0]).toEqual({
      label: 'Reply',
      before: ['250 2.1.5 Ok'],
      after: ['550 5.7.1 Relay access denied'],
      inBoth: 0,
    });
  });

  test('a stage that only one run has or reached differs by its state, not by its facts', () => {
    const compared = compareReports(reportFor(), reportFor('staging.acme.example'));
    expect(stageOf(compared, 'auth')).toMatchObject({ after: null, differs: true, facts: [] });
    expect(stageOf(compared, 'certificate')).toMatchObject({
      before: { status: 'passed' },
      after: { status: 'failed' },
    });
  });

  test.each([
    [20, 130, 'slower'],
    [130, 20, 'faster'],
    [1, 90, 'similar'],
    [1_000, 1_500, 'similar'],
  ] as const)('from %i to %i ms is %s', (was, is, pace) => {
    const before = changed(reportFor(), 'tcp', () => ({ ms: was }));
    const after = changed(reportFor(), 'tcp', () => ({ ms: is }));
    expect(stageOf(compareReports(before, after), 'tcp')?.pace).toBe(pace);
  });
});

describe('what stands out', () => {
  test('an offer of STARTTLS that is gone', () => {
    const before = withFacts(reportFor(), 'ehlo', { capabilities: ['STARTTLS', 'SIZE'] });
    const after = withFacts(reportFor(), 'ehlo', { capabilities: ['SIZE'] });
    expect(warnings(before, after)[0]).toMatch(/^Earlier this server offered STARTTLS; now it does not\./);
    expect(warnings(after, before)).toEqual([]);
  });

  test('no word about STARTTLS where the second run did not come to EHLO', () => {
    const before = withFacts(reportFor(), 'ehlo', { capabilities: ['STARTTLS'] });
    const after = changed(reportFor(), 'ehlo', () => ({ status: 'skipped', facts: {} }));
    expect(warnings(before, after)).toEqual([]);
  });

  test('a certificate of another issuer is a warning, a renewed one is not', () => {
    const before = reportFor();
    const leaf = (more: object) =>
      changed(before, 'certificate', ({ facts }) => ({
        facts: { ...facts, chain: (facts.chain ?? []).map((each, at) => (at === 0 ? { ...each, ...more } : each)) },
      }));
    expect(warnings(before, leaf({ fingerprint: 'AA', issuer: 'CN=Acme Antivirus' }))[0]).toContain('Acme Antivirus');
    expect(warnings(before, leaf({ fingerprint: 'AA' }))).toEqual([]);
    expect(compareReports(before, leaf({ fingerprint: 'AA' })).hints[0]?.text).toContain('was renewed');
  });

  test('weaker TLS, a sign-in that is gone, other software', () => {
    const before = withFacts(reportFor(), 'starttls', { capabilitiesAfterTls: ['AUTH PLAIN'] });
    expect(warnings(before, withFacts(before, 'starttls', { tlsVersion: 'TLSv1.2' }))[0]).toContain('TLS 1.2');
    expect(warnings(before, withFacts(before, 'starttls', { capabilitiesAfterTls: ['SIZE'] }))[0]).toContain('AUTH');
    expect(warnings(before, withFacts(before, 'greeting', { serverKind: 'Exchange' }))[0]).toContain('Exchange');
  });

  test('two servers are said to be two, and are not warned of being different', () => {
    const compared = compareReports(reportFor('one.example'), reportFor('two.example'));
    expect(compared.hints).toEqual([
      {
        severity: 'info',
        text: 'The runs are of different destinations: one.example:587 starttls and two.example:587 starttls.',
      },
    ]);
  });

  test('a run that passed and now fails', () => {
    const before = reportFor();
    const after = { ...changed(before, 'certificate', () => ({ status: 'failed' as const })), ok: false };
    expect(warnings(before, after)).toContain('It passed, and fails at Certificate now.');
    expect(compareReports(after, before).hints.map(({ text }) => text)).toContain(
      'It failed at Certificate and passes now.',
    );
  });
});
