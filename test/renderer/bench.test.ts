import { describe, expect, it } from 'vitest';
import { commonName } from '../../renderer/features/bench/certificate-chain.tsx';
import { diagnosedStage, expectedStages, gist, trackOf } from '../../renderer/features/bench/track-model.ts';
import { changeBy, type Run } from '../../renderer/state/runs.ts';
import { emptySettings, type ProfileSettings, type Security } from '../../shared/profile.ts';
import { replyLine } from '../../shared/report-facts.ts';
import { fakeReport } from '../support/fake-report.ts';

const settings = {
  ...emptySettings(),
  name: 'Staging',
  server: { ...emptySettings().server, host: 'staging.example' },
};
const passing = { ...settings, server: { ...settings.server, host: 'mail.example' } };

/** The settings with this protection and way to sign in. */
function using(security: Security, method: ProfileSettings['signIn']['method']): ProfileSettings {
  return {
    ...settings,
    server: { ...settings.server, security },
    signIn: { ...settings.signIn, method, oauth: { ...settings.signIn.oauth, grant: 'refresh-token' } },
  };
}

function runOf(part: Partial<Run>): Run {
  return {
    id: 1,
    action: 'check',
    startedAt: 0,
    running: false,
    tested: '',
    stages: [],
    current: null,
    transcript: [],
    report: null,
    error: null,
    cancel: () => undefined,
    ...part,
  };
}

describe('the stage track', () => {
  it('expects a token before a sign-in that asks for one', () => {
    expect(expectedStages(using('none', 'oauth2'), 'check').slice(4)).toEqual([
      'ehlo',
      'oauth',
      'auth',
      'mail',
      'rcpt',
      'quit',
    ]);
    expect(expectedStages(using('none', 'password'), 'check')).not.toContain('oauth');
  });

  it('expects the stages that these settings lead through, in their order', () => {
    expect(expectedStages(using('tls', 'password'), 'send')).toEqual([
      'config',
      'dns',
      'tcp',
      'tls',
      'certificate',
      'greeting',
      'ehlo',
      'auth',
      'mail',
      'rcpt',
      'data',
      'quit',
    ]);
    expect(expectedStages(using('none', 'none'), 'check')).toEqual([
      'config',
      'dns',
      'tcp',
      'greeting',
      'ehlo',
      'mail',
      'rcpt',
      'quit',
    ]);
  });

  it('shows nothing as passed before a run', () => {
    const nodes = trackOf(null, expectedStages(using('starttls', 'password'), 'check'));
    expect(nodes.every(({ state, reached }) => state === 'pending' && !reached)).toBe(true);
  });

  it('draws the line to the stage at work and leaves the rest to come', () => {
    const { stages } = fakeReport(passing, 'check');
    const run = runOf({ running: true, stages: stages.slice(0, 2), current: { stage: 'tcp', since: 5 } });
    const nodes = trackOf(run, expectedStages(using('starttls', 'password'), 'check'));
    expect(nodes.slice(0, 4).map(({ stage, state }) => [stage, state])).toEqual([
      ['config', 'passed'],
      ['dns', 'passed'],
      ['tcp', 'running'],
      ['greeting', 'pending'],
    ]);
    expect(nodes.filter(({ reached }) => reached)).toHaveLength(3);
  });

  it('never shows a stage as fine that was not tried', () => {
    const report = fakeReport(settings, 'send');
    const nodes = trackOf(
      runOf({ stages: report.stages, report }),
      expectedStages(using('starttls', 'password'), 'send'),
    );
    expect(diagnosedStage(nodes)).toBe('certificate');
    for (const stage of report.notTested) {
      expect(nodes.find((node) => node.stage === stage)).toMatchObject({ state: 'pending', reached: false });
    }
  });

  it('leaves out skipped stages that these settings do not have', () => {
    const skipped = {
      stage: 'starttls' as const,
      status: 'skipped' as const,
      ms: 0,
      facts: {},
      note: 'Not used',
      warnings: [],
    };
    const nodes = trackOf(runOf({ stages: [skipped] }), expectedStages(using('tls', 'password'), 'check'));
    expect(nodes.some(({ stage }) => stage === 'starttls')).toBe(false);
  });

  it('follows the events of a run', () => {
    const first = runOf({ running: true });
    const started = { ...first, ...changeBy({ type: 'stage-started', stage: 'dns' }, first) };
    expect(started.current?.stage).toBe('dns');
    const [result] = fakeReport(passing, 'check').stages;
    if (!result) throw new Error('The report has no stages');
    const finished = { ...started, ...changeBy({ type: 'stage-finished', result }, started) };
    expect(finished.current).toBeNull();
    expect(finished.stages).toEqual([result]);
  });

  it('sums up a finished stage in a few words', () => {
    const words = fakeReport(passing, 'send').stages.map((stage) => [stage.stage, gist(stage)]);
    expect(Object.fromEntries(words)).toMatchObject({
      dns: '2 addresses',
      tcp: '192.0.2.25',
      ehlo: '8 extensions',
      starttls: 'TLS 1.3',
      certificate: '72 days left',
      auth: 'PLAIN',
      data: '4F2B91A0C3',
    });
  });
});

describe('the report as text', () => {
  it('quotes a reply once, however much of its code the text repeats', () => {
    expect(replyLine({ code: 535, enhanced: '5.7.8', text: 'Bad credentials' })).toBe('535 5.7.8 Bad credentials');
    expect(replyLine({ code: 535, enhanced: '5.7.8', text: '5.7.8 Bad' })).toBe('535 5.7.8 Bad');
    expect(replyLine({ code: 0, enhanced: '', text: 'HTTP/1.1 400' })).toBe('HTTP/1.1 400');
  });

  it('reads the common name of a certificate', () => {
    expect(commonName('C=DE, O=Acme, CN=mail.example')).toBe('mail.example');
    expect(commonName('O=Acme')).toBe('O=Acme');
  });
});
