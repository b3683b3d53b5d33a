import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDispatch, type Handlers } from '../../engine/dispatch.ts';
import { createEngine, type Engine } from '../../engine/index.ts';
import type { Logger } from '../../engine/ports.ts';
import { REQUEST_NAMES } from '../../shared/contract.ts';
import { appError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import { memoryClipboard } from '../support/memory-clipboard.ts';

const CANARY = 'Canary-dispatch-7Zq';
const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
let home: string;
let engine: Engine;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'relaysmith-dispatch-'));
  engine = await createEngine({
    version: '0.0.0-test',
    door: 'terminal',
    dataDirectory: home,
    clipboard: memoryClipboard(),
    files: { kind: 'typed-path', open: async () => null, folder: async () => null, save: async () => null },
    preferences: { get: () => ({ theme: 'system', density: 'comfortable' }), set: () => undefined },
    log: silent,
    now: () => new Date(),
  });
});
afterAll(async () => {
  await engine.close();
  rmSync(home, { recursive: true });
});

function expectWellFormed(result: Result<unknown>): void {
  if (result.ok) return;
  expect(appError.safeParse(result.error).success).toBe(true);
  expect(result.error.code).not.toBe('INTERNAL');
}

describe('the engine behind its contract', () => {
  // These act on what they are given or on the system, so random input is not for them alone.
  const quiet = REQUEST_NAMES.filter((name) => !['secrets.status', 'practice.start', 'practice.stop'].includes(name));

  it.each(quiet)('%s takes any input at all without a throw, a stack or an internal error', async (name) => {
    await fc.assert(
      fc.asyncProperty(fc.anything({ withNullPrototype: true }), async (input) => {
        expectWellFormed(await engine.dispatch(name, input));
      }),
      { numRuns: 25 },
    );
  });

  it('knows no request outside the contract', async () => {
    for (const name of ['secrets.get', '__proto__', 'toString', '']) {
      expect(await engine.dispatch(name, {})).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    }
  });
});

describe('a bug in a handler', () => {
  const handlers = (handler: () => Promise<unknown>) =>
    ({ 'library.state': handler, 'profiles.list': handler }) as unknown as Handlers;

  it('becomes an internal error with a reference; its text stays out of answer and log', async () => {
    const error = vi.fn();
    const dispatch = createDispatch(
      handlers(async () => {
        throw new Error(`could not use ${CANARY}`);
      }),
      { ...silent, error },
    );
    const result = await dispatch('library.state', {});
    expect(result).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(JSON.stringify([result, error.mock.calls])).not.toContain(CANARY);
    expect(error).toHaveBeenCalledOnce();
  });

  it('that adds a secret to an output is stopped at the contract', async () => {
    const dispatch = createDispatch(
      handlers(async () => ({ ok: true, value: [{ name: 'x', password: CANARY }] })),
      silent,
    );
    const result = await dispatch('profiles.list', {});
    expect(result).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(JSON.stringify(result)).not.toContain(CANARY);
  });
});
