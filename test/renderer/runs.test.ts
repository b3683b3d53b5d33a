import { beforeEach, describe, expect, it } from 'vitest';
import { moveRun, type RunRequest, startRun, useRuns } from '../../renderer/state/runs.ts';
import { stateOfRun } from '../../renderer/state/sessions.ts';
import type { Client } from '../../shared/client.ts';
import { emptySettings } from '../../shared/profile.ts';
import { createFakeClient } from '../support/fake-client.ts';

const CANARY = 'canary-run-secret';
const settings = { ...emptySettings(), name: 'A', server: { ...emptySettings().server, host: 'mail.example' } };
const request: RunRequest = { key: 'a', action: 'check', settings, secretsOf: null, secrets: {}, recipient: null };
const known = { ...request, secrets: { password: CANARY } };

beforeEach(() => useRuns.setState({ runs: {}, prompts: {} }));

/** Resolves when the state of the runs fulfils a condition. */
function until(isThere: (state: ReturnType<typeof useRuns.getState>) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isThere(useRuns.getState())) return;
      stop();
      resolve();
    };
    const stop = useRuns.subscribe(look);
    look();
  });
}

describe('a test run in the window', () => {
  it('keeps its stages as they come and its report at the end', async () => {
    const result = startRun(createFakeClient({ stageMs: 1 }), known);
    await until(({ runs }) => (runs.a?.stages.length ?? 0) > 2);
    expect(stateOfRun(useRuns.getState().runs.a)).toBe('running');
    const report = await result;
    const run = useRuns.getState().runs.a;
    expect(run?.report).toEqual(report);
    expect(run?.stages).toEqual(report?.stages);
    expect(stateOfRun(run)).toBe('passed');
  });

  it('asks for a secret that is not at hand, goes on with it, and does not keep it', async () => {
    const result = startRun(createFakeClient({ stageMs: 1 }), request);
    await until(({ prompts }) => prompts.a !== undefined);
    expect(useRuns.getState().prompts.a?.facts.kinds).toEqual(['password']);
    useRuns.getState().prompts.a?.answer({ password: CANARY });
    expect((await result)?.ok).toBe(true);
    expect(useRuns.getState().prompts).toEqual({});
    expect(JSON.stringify(useRuns.getState())).not.toContain(CANARY);
  });

  it('counts as not tested when the user gives no secret', async () => {
    const result = startRun(createFakeClient(), request);
    await until(({ prompts }) => prompts.a !== undefined);
    useRuns.getState().prompts.a?.answer(null);
    expect(await result).toBeNull();
    expect(stateOfRun(useRuns.getState().runs.a)).toBe('untested');
  });

  it('ends as cancelled, with the stages that were done', async () => {
    const result = startRun(createFakeClient({ stageMs: 1 }), known);
    await until(({ runs }) => runs.a?.stages.length === 2);
    useRuns.getState().runs.a?.cancel();
    expect((await result)?.cancelled).toBe(true);
    expect(stateOfRun(useRuns.getState().runs.a)).toBe('cancelled');
  });

  it('gives way to a newer run of the same profile, whose result alone counts', async () => {
    const client = createFakeClient({ stageMs: 1 });
    const older = startRun(client, known);
    await until(({ runs }) => runs.a?.stages.length === 1);
    const newer = startRun(client, { ...known, action: 'send' });
    expect(await older).toBeNull();
    expect((await newer)?.action).toBe('send');
    expect(useRuns.getState().runs.a?.report?.action).toBe('send');
  });

  it('follows a new profile to the id that it gets', async () => {
    await startRun(createFakeClient({ stageMs: 1 }), known);
    moveRun('a', 'b');
    expect(Object.keys(useRuns.getState().runs)).toEqual(['b']);
  });

  it('counts as failed when the engine cannot run it', async () => {
    const broken = (async () => ({ ok: false, error: { code: 'INTERNAL', facts: { reference: 'r' } } })) as Client;
    expect(await startRun(broken, known)).toBeNull();
    expect(stateOfRun(useRuns.getState().runs.a)).toBe('failed');
  });
});
