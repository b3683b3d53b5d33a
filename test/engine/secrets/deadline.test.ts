import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createVault } from '../../../engine/secrets/vault.ts';
import { fakeBackend } from './fake-backend.ts';

/** A keychain whose first read does not answer until it is told to. */
function silentVault() {
  const backend = fakeBackend('windows');
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  let reads = 0;
  const vault = createVault({
    deadlineMs: 15,
    backend: {
      ...backend,
      async read(account: string) {
        reads += 1;
        if (reads === 1) await promise;
        return backend.read(account);
      },
    },
  });
  return { vault, answer: () => resolve(), backend, reads: () => reads };
}

it('gives up on a call that is not answered in time', async () => {
  const { vault, answer } = silentVault();
  const got = await vault.get(randomUUID(), 'keychain');
  expect(got).toEqual({ ok: false, error: { code: 'KEYCHAIN_FAILED', facts: { detail: 'no answer within 1 s' } } });
  expect(vault.status().state).toBe('error');
  answer();
});

it('asks nothing more while an answer is overdue, and goes on once it came', async () => {
  const { vault, answer, reads, backend } = silentVault();
  const ref = randomUUID();
  backend.items.set(ref, Buffer.from('canary'));
  await vault.get(ref, 'keychain');
  const refused = await vault.get(ref, 'keychain');
  expect(refused.ok || refused.error.code).toBe('KEYCHAIN_FAILED');
  expect(reads()).toBe(1);
  answer();
  await new Promise(setImmediate);
  expect(await vault.get(ref, 'keychain')).toEqual({ ok: true, value: 'canary' });
});
