import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { SecretVault, VaultStorage } from '../../../engine/secrets/vault.ts';

/** One thing that a vault must do, wherever it keeps its values. Written with node:assert, since it also runs outside of vitest. */
export interface ContractCase {
  name: string;
  run(vault: SecretVault, storage: VaultStorage): Promise<void>;
}

const VALUES: Record<string, string> = {
  'one character': 'x',
  'spaces at both ends': '  pass word ',
  'quotes, backslashes and line breaks': `"a'b\\c"\r\n\t\n$HOME %PATH% \`ls\``,
  emoji: '🔑👩‍👩‍👧 пароль 密码',
  'decomposed accents': 'e\u0301 and \u00e9',
  'a leading byte order mark': '\ufeffsecret',
  JSON: '{"v":1,"n":3}',
  'the mark of our own format': 'relaysmith:parts:{"v":1}',
  'the other mark of our own format': 'relaysmith:text:relaysmith:',
  'the largest item that is not cut': 'm'.repeat(2_400),
  'the smallest item that is cut': 'm'.repeat(2_401),
  '48 KB': 'k'.repeat(49_152),
  '48 KB of characters that are cut in the middle of their bytes': `a${'密'.repeat(16_383)}`,
};

const REFUSED: Record<string, [value: string, code: string]> = {
  'an empty value': ['', 'INVALID_INPUT'],
  'a NUL character': ['a\0b', 'INVALID_INPUT'],
  'half of a surrogate pair': ['a\ud800', 'INVALID_INPUT'],
  'more than 48 KB': ['k'.repeat(49_153), 'SECRET_TOO_LONG'],
  'more than 48 KB in UTF-8 only': ['密'.repeat(16_385), 'SECRET_TOO_LONG'],
};

/** What every vault must do. */
export const VAULT_CONTRACT: readonly ContractCase[] = [
  {
    name: 'answers null for what was never stored',
    async run(vault, storage) {
      assert.deepEqual(await vault.get(randomUUID(), storage), { ok: true, value: null });
    },
  },
  ...Object.entries(VALUES).map(([name, value]) => ({
    name: `gives back unchanged: ${name}`,
    async run(vault: SecretVault, storage: VaultStorage) {
      const ref = randomUUID();
      assert.deepEqual(await vault.put(ref, value, storage), { ok: true, value: undefined });
      const got = await vault.get(ref, storage);
      assert.ok(got.ok && got.value === value, 'the value came back changed');
      assert.equal((await vault.remove(ref, storage)).ok, true);
    },
  })),
  ...Object.entries(REFUSED).map(([name, [value, code]]) => ({
    name: `refuses and keeps the earlier value: ${name}`,
    async run(vault: SecretVault, storage: VaultStorage) {
      const ref = randomUUID();
      await vault.put(ref, 'earlier', storage);
      const put = await vault.put(ref, value, storage);
      assert.equal(put.ok ? 'ok' : put.error.code, code);
      assert.deepEqual(await vault.get(ref, storage), { ok: true, value: 'earlier' });
      await vault.remove(ref, storage);
    },
  })),
  {
    name: 'replaces a value, long by short and short by long',
    async run(vault, storage) {
      const ref = randomUUID();
      for (const value of ['short', 'l'.repeat(9_000), 'm'.repeat(7_000), 'n'.repeat(12_000), 'short again']) {
        assert.equal((await vault.put(ref, value, storage)).ok, true);
        assert.deepEqual(await vault.get(ref, storage), { ok: true, value });
      }
      await vault.remove(ref, storage);
    },
  },
  {
    name: 'removes one value and no other, and may do so twice',
    async run(vault, storage) {
      const [gone, kept] = [randomUUID(), randomUUID()];
      await vault.put(gone, 'g'.repeat(5_000), storage);
      await vault.put(kept, 'kept', storage);
      assert.equal((await vault.remove(gone, storage)).ok, true);
      assert.equal((await vault.remove(gone, storage)).ok, true);
      assert.deepEqual(await vault.get(gone, storage), { ok: true, value: null });
      assert.deepEqual(await vault.get(kept, storage), { ok: true, value: 'kept' });
      await vault.remove(kept, storage);
    },
  },
  {
    name: 'keeps calls at the same time apart',
    async run(vault, storage) {
      const refs = Array.from({ length: 8 }, () => randomUUID());
      await Promise.all(refs.map((ref, index) => vault.put(ref, `${index}`.repeat(3_000), storage)));
      const got = await Promise.all(refs.map((ref) => vault.get(ref, storage)));
      assert.deepEqual(
        got.map((result) => result.ok && result.value),
        refs.map((_, index) => `${index}`.repeat(3_000)),
      );
      await Promise.all(refs.map((ref) => vault.remove(ref, storage)));
    },
  },
];
