import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVault } from '../../../engine/secrets/vault.ts';
import { VAULT_CONTRACT } from './contract.ts';
import { type FakeState, fakeBackend } from './fake-backend.ts';

describe.each(VAULT_CONTRACT)('a vault $name', ({ run }) => {
  it('in memory', () => run(createVault({ backend: fakeBackend('windows') }), 'session'));

  it.each(['windows', 'secret-service'] as const)(
    'in a keychain like that of %s, leaving nothing behind',
    async (kind) => {
      const backend = fakeBackend(kind);
      await run(createVault({ backend }), 'keychain');
      expect([...backend.items.keys()]).toEqual([]);
    },
  );
});

describe('the session store', () => {
  it('never touches the keychain', async () => {
    const backend = fakeBackend('secret-service');
    const vault = createVault({ backend });
    const ref = randomUUID();
    await vault.put(ref, 'canary', 'session');
    await vault.get(ref, 'session');
    await vault.remove(ref, 'session');
    expect(backend.calls).toBe(0);
    expect(vault.status()).toEqual({ state: 'unchecked', backend: 'Fake keychain', detail: '' });
  });

  it('is apart from the keychain', async () => {
    const vault = createVault({ backend: fakeBackend('windows') });
    const ref = randomUUID();
    await vault.put(ref, 'in memory', 'session');
    expect(await vault.get(ref, 'keychain')).toEqual({ ok: true, value: null });
  });
});

describe('account names', () => {
  it('are refs and nothing else', async () => {
    const backend = fakeBackend('windows');
    const vault = createVault({ backend });
    const ref = randomUUID();
    await vault.put(ref, 'x'.repeat(5_000), 'keychain');
    expect([...backend.items.keys()].sort()).toEqual([ref, `${ref}#a0`, `${ref}#a1`, `${ref}#a2`]);
  });

  it('cannot be anything personal', async () => {
    const vault = createVault({ backend: fakeBackend('windows') });
    await expect(vault.put('jane@example.com', 'x', 'keychain')).rejects.toThrow('must be a UUID');
    await expect(vault.get('jane@example.com', 'keychain')).rejects.toThrow('must be a UUID');
    await expect(vault.remove('jane@example.com', 'keychain')).rejects.toThrow('must be a UUID');
  });
});

const CODES: [FakeState, string][] = [
  ['locked', 'KEYCHAIN_LOCKED'],
  ['no-collection', 'KEYCHAIN_NO_COLLECTION'],
  ['unavailable', 'KEYCHAIN_UNAVAILABLE'],
];

describe.each(CODES)('a keychain that is %s', (state, code) => {
  const error = expect.objectContaining({ code });

  it('is never taken for one without the secret', async () => {
    const backend = fakeBackend('secret-service');
    const vault = createVault({ backend });
    const ref = randomUUID();
    await vault.put(ref, 'canary', 'keychain');
    backend.state = state;
    expect(await vault.get(ref, 'keychain')).toEqual({ ok: false, error });
    expect(await vault.get(randomUUID(), 'keychain')).toEqual({ ok: false, error });
    expect(vault.status().state).toBe(state);
  });

  it('does not let a removal pass for done', async () => {
    const backend = fakeBackend('secret-service');
    const vault = createVault({ backend });
    backend.state = state;
    expect(await vault.remove(randomUUID(), 'keychain')).toEqual({ ok: false, error });
  });

  it('is found by the check, and found well again', async () => {
    const backend = fakeBackend('secret-service');
    const vault = createVault({ backend });
    backend.state = state;
    expect(await vault.check()).toEqual({ state, backend: 'Fake keychain', detail: expect.stringMatching(/\w/) });
    backend.state = 'ready';
    expect(await vault.check()).toEqual({ state: 'ready', backend: 'Fake keychain', detail: '' });
    expect([...backend.items.keys()]).toEqual([]);
  });
});

it('does one thing at a time, so that the user sees one prompt and values do not mix', async () => {
  const backend = fakeBackend('windows');
  let open = 0;
  let most = 0;
  const counted = {
    ...backend,
    async write(account: string, bytes: Uint8Array) {
      open += 1;
      most = Math.max(most, open);
      await new Promise(setImmediate);
      await backend.write(account, bytes);
      open -= 1;
    },
  };
  const vault = createVault({ backend: counted });
  const ref = randomUUID();
  const values = [text(9_000, 'a'), text(12_000, 'b'), 'short', text(5_000, 'c')];
  await Promise.all(values.map((value) => vault.put(ref, value, 'keychain')));
  expect(most).toBe(1);
  expect(await vault.get(ref, 'keychain')).toEqual({ ok: true, value: values.at(-1) });
});

it('reads again when confirming "missing" made the user unlock the store', async () => {
  const backend = fakeBackend('secret-service');
  const ref = randomUUID();
  const hidden = new Map([[ref, Buffer.from('canary')]]);
  const unlockedByWriting = {
    ...backend,
    async write(account: string, bytes: Uint8Array) {
      for (const [name, value] of hidden) backend.items.set(name, value);
      await backend.write(account, bytes);
    },
  };
  const vault = createVault({ backend: unlockedByWriting });
  expect(await vault.get(ref, 'keychain')).toEqual({ ok: true, value: 'canary' });
});

it.each([
  ['forgets what is written', { read: async () => null }],
  ['gives back something else', { read: async () => Uint8Array.of(1, 2, 3) }],
  ['cannot delete', { delete: async () => false }],
])('the check finds a keychain that %s', async (_name, fault) => {
  const vault = createVault({ backend: { ...fakeBackend('windows'), ...fault } });
  expect((await vault.check()).state).toBe('error');
});

it('says a failure without the secret, even if the keychain echoes it', async () => {
  const backend = fakeBackend('windows');
  const secret = 'canary-7f3a "quoted"';
  const echoing = {
    ...backend,
    write: async (_account: string, bytes: Uint8Array) => {
      throw new Error(`Cannot store ${Buffer.from(bytes).toString()} nor ${Buffer.from(bytes).toString('base64')}`);
    },
  };
  const vault = createVault({ backend: echoing });
  const put = await vault.put(randomUUID(), secret, 'keychain');
  expect(put).toEqual({
    ok: false,
    error: { code: 'KEYCHAIN_FAILED', facts: { detail: 'Cannot store ******** nor ********' } },
  });
  expect(JSON.stringify(vault.status())).not.toContain('canary-7f3a');
});

describe('a keychain that breaks off', () => {
  const size = fc.oneof(
    fc.integer({ min: 0, max: 50_000 }),
    fc.constantFrom(0, 1, 2_400, 2_401, 4_800, 4_801, 49_152, 49_153),
  );
  const fault = { failEvery: fc.integer({ min: 1, max: 40 }), failAfterEffect: fc.boolean() };

  it('holds the earlier value or the new one, never a mix, and can be cleared', async () => {
    await fc.assert(
      fc.asyncProperty(
        size,
        size,
        fc.record(fault),
        fc.constantFrom('windows', 'secret-service'),
        async (a, b, { failEvery, failAfterEffect }, kind) => {
          const backend = fakeBackend(kind);
          const vault = createVault({ backend });
          const ref = randomUUID();
          const [earlier, later] = [text(a, 'e'), text(b, 'l')];
          const first = await vault.put(ref, earlier, 'keychain');
          const before = first.ok ? earlier : null;

          Object.assign(backend, { failEvery, failAfterEffect, calls: 0 });
          const put = await vault.put(ref, later, 'keychain');
          const faulty = await vault.get(ref, 'keychain');
          backend.failEvery = 0;
          const got = await vault.get(ref, 'keychain');

          if (!got.ok) throw new Error(`healed, but ${got.error.code}`);
          const allowed = put.ok ? [later] : [before, later];
          expect(allowed.some((value) => value === got.value)).toBe(true);
          // While it breaks off, an answer is an error or the truth.
          if (faulty.ok) expect(faulty.value === got.value).toBe(true);
          else expect(faulty.error.code).toBe('KEYCHAIN_FAILED');

          Object.assign(backend, { failEvery, calls: 0 });
          await vault.remove(ref, 'keychain');
          backend.failEvery = 0;
          expect(await vault.remove(ref, 'keychain')).toEqual({ ok: true, value: undefined });
          // What is left can only be the canary of a round trip that broke off; nothing of the secret.
          expect([...backend.items.keys()].filter((account) => account.startsWith(ref))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('clears up after failed writes with the next good one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(size, fc.record(fault)), { maxLength: 4 }), size, async (failed, last) => {
        const backend = fakeBackend('windows');
        const vault = createVault({ backend });
        const ref = randomUUID();
        for (const [bytes, faults] of failed) {
          Object.assign(backend, { ...faults, calls: 0 });
          await vault.put(ref, text(bytes, 'f'), 'keychain');
        }
        backend.failEvery = 0;
        const put = await vault.put(ref, text(last, 'z'), 'keychain');
        fc.pre(put.ok);
        const parts = last <= 2_400 ? 0 : Math.ceil(last / 2_400);
        expect(backend.items.size).toBe(1 + parts);
      }),
    );
  });
});

it('reads again when another program replaces the value between its header and its parts', async () => {
  const backend = fakeBackend('windows');
  const other = createVault({ backend });
  const ref = randomUUID();
  await other.put(ref, text(9_000, 'o'), 'keychain');
  let interrupted = false;
  const slow = {
    ...backend,
    async read(account: string) {
      if (account === `${ref}#a1` && !interrupted) {
        interrupted = true;
        await other.put(ref, text(7_000, 'n'), 'keychain');
      }
      return backend.read(account);
    },
  };
  const got = await createVault({ backend: slow }).get(ref, 'keychain');
  expect(got).toEqual({ ok: true, value: text(7_000, 'n') });
  expect(interrupted).toBe(true);
});

describe('a value in parts of which something is wrong', () => {
  const corrupt = { ok: false, error: { code: 'SECRET_CORRUPT', facts: { kind: 'refreshToken' } } };

  async function stored() {
    const backend = fakeBackend('windows');
    const vault = createVault({ backend });
    const ref = randomUUID();
    await vault.put(ref, text(9_000, 's'), 'keychain');
    return { backend, vault, ref, read: () => vault.get(ref, 'keychain', 'refreshToken') };
  }

  it.each([0, 1, 2, 3])('is corrupt without part %i, never shorter', async (index) => {
    const { backend, ref, read } = await stored();
    expect(backend.items.delete(`${ref}#a${index}`)).toBe(true);
    expect(await read()).toEqual(corrupt);
  });

  it('is corrupt with one bit changed', async () => {
    const { backend, ref, read } = await stored();
    const part = backend.items.get(`${ref}#a1`) ?? new Uint8Array();
    part[5] = (part[5] ?? 0) ^ 1;
    expect(await read()).toEqual(corrupt);
  });

  it('is corrupt with two parts exchanged', async () => {
    const { backend, ref, read } = await stored();
    const [one, two] = [backend.items.get(`${ref}#a0`), backend.items.get(`${ref}#a1`)];
    backend.items.set(`${ref}#a0`, two ?? new Uint8Array()).set(`${ref}#a1`, one ?? new Uint8Array());
    expect(await read()).toEqual(corrupt);
  });

  it.each([
    ['of another version', 'relaysmith:parts:{"v":2,"n":4}'],
    ['that is no JSON', 'relaysmith:parts:{'],
    ['of an unknown kind', 'relaysmith:other:x'],
  ])('is corrupt with a header %s', async (_name, header) => {
    const { backend, ref, read } = await stored();
    backend.items.set(ref, Buffer.from(header));
    expect(await read()).toEqual(corrupt);
  });

  it('is corrupt when the item is not text', async () => {
    const { backend, ref, read } = await stored();
    backend.items.set(ref, Uint8Array.of(0xff, 0xfe, 0x80));
    expect(await read()).toEqual(corrupt);
  });

  it('can be set again', async () => {
    const { backend, vault, ref, read } = await stored();
    backend.items.delete(`${ref}#a0`);
    await vault.put(ref, 'new', 'keychain');
    expect(await read()).toEqual({ ok: true, value: 'new' });
  });
});

/** ASCII text of a size, different at every place, so that a mix shows. */
function text(size: number, mark: string): string {
  let out = '';
  for (let index = 0; out.length < size; index += 1) out += `${mark}${index},`;
  return out.slice(0, size);
}
