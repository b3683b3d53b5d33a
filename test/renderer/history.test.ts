import { describe, expect, it } from 'vitest';
import { pairOf, runBefore, runWords, toggled } from '../../renderer/features/history/run-words.ts';
import type { RunSummary } from '../../shared/history.ts';

function run(runId: string, more: Partial<RunSummary> = {}): RunSummary {
  const destination = { host: 'mail.acme.example', port: 587, security: 'starttls' };
  const base = { at: '2026-11-21T09:00:00.000Z', ms: 840, action: 'check' as const, outcome: 'passed' as const };
  return { runId, ...base, stage: null, rule: '', destination, unsaved: false, ...more };
}

describe('earlier runs', () => {
  it('are summed up by where they failed, what was special, and how long they took', () => {
    expect(runWords(run('a'))).toBe('840 ms');
    expect(runWords(run('a', { stage: 'auth', action: 'send', unsaved: true }))).toBe(
      'Sign-in, sent, unsaved settings, 840 ms',
    );
  });

  it('are compared in pairs, the older one first; a third choice takes the place of the first', () => {
    const runs = [run('new'), run('middle'), run('old')];
    expect(pairOf(['new'], runs)).toBeNull();
    expect(pairOf(['new', 'old'], runs)?.map(({ runId }) => runId)).toEqual(['old', 'new']);
    expect(toggled(['new', 'old'], 'middle')).toEqual(['old', 'middle']);
    expect(toggled(['new', 'old'], 'new')).toEqual(['old']);
  });

  it('have as the run before the newest older one that says something about the stored settings', () => {
    const runs = [run('new'), run('cancelled', { outcome: 'cancelled' }), run('edited', { unsaved: true }), run('old')];
    expect(runBefore(runs, 'new')?.runId).toBe('old');
    expect(runBefore(runs, 'old')).toBeNull();
    expect(runBefore(runs, 'cancelled')).toBeNull();
    expect(runBefore(runs, 'unknown')).toBeNull();
  });
});
