import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleForNode } from '../../support/bundle-child.ts';
import { canRunKeyring, createKeyringHome, type KeyringState, runUnderKeyring } from '../../support/keyring.ts';
import { VAULT_CONTRACT } from './contract.ts';

describe.skipIf(!canRunKeyring())('the vault over GNOME Keyring', () => {
  const ref = randomUUID();
  /** A home whose keyring holds `canary-kept` under the ref. */
  const used = createKeyringHome();
  let child = '';

  beforeAll(async () => {
    child = await bundleForNode(join(import.meta.dirname, 'keyring-child.ts'));
    expect(await run('unlocked', 'put', used.home)).toEqual({ ok: true });
  });
  afterAll(async () => {
    used.remove();
    await rm(dirname(child), { recursive: true, force: true });
  });

  async function run(state: KeyringState, task: string, home?: string): Promise<unknown> {
    const { code, stdout, stderr } = await runUnderKeyring(state, [process.execPath, child, task, ref], home);
    if (code !== 0) throw new Error(`${task} ended with ${code}: ${stderr}`);
    expect(stderr).not.toContain('canary');
    return JSON.parse(stdout);
  }

  const failed = (code: string) => ({ ok: false, error: { code, facts: { detail: expect.stringMatching(/\w/) } } });

  it('does all that a vault must do when unlocked', async () => {
    expect(await run('unlocked', 'contract')).toEqual({ cases: VAULT_CONTRACT.length, failed: [] });
  });

  it('keeps values from one session to the next', async () => {
    expect(await run('unlocked', 'get', used.home)).toEqual({ ok: true, value: 'canary-kept' });
  });

  it('reports an unlocked keyring as ready', async () => {
    expect(await run('unlocked', 'probe', used.home)).toEqual({
      before: 'unchecked',
      existing: { ok: true, value: 'canary-kept' },
      missing: { ok: true, value: null },
      put: { ok: true },
      remove: { ok: true },
      check: { state: 'ready', backend: expect.stringContaining('Secret Service'), detail: '' },
    });
  });

  it('says of a locked keyring that it is locked, never that a secret is missing or removed', async () => {
    const error = failed('KEYCHAIN_LOCKED');
    expect(await run('locked', 'probe', used.home)).toMatchObject({
      existing: error,
      missing: error,
      put: error,
      remove: error,
      check: { state: 'locked', detail: expect.stringContaining('prompt') },
    });
  });

  it('has lost nothing after the keyring was locked', async () => {
    expect(await run('unlocked', 'get', used.home)).toEqual({ ok: true, value: 'canary-kept' });
  });

  it('says that there is no collection in a fresh home', async () => {
    const error = failed('KEYCHAIN_NO_COLLECTION');
    expect(await run('no-collection', 'probe')).toMatchObject({
      existing: error,
      missing: error,
      put: error,
      remove: error,
      check: { state: 'no-collection' },
    });
  });

  it('is unavailable without a bus, and does not fall back to the keyring of the kernel', async () => {
    const error = failed('KEYCHAIN_UNAVAILABLE');
    expect(await run('absent', 'probe')).toMatchObject({
      existing: error,
      missing: error,
      put: error,
      remove: error,
      check: { state: 'unavailable' },
    });
  });

  it('fails and loses nothing when the daemon dies under it', async () => {
    const home = createKeyringHome();
    try {
      const answers = (await run('unlocked', 'dying', home.home)) as Record<string, { ok: boolean }>;
      expect(answers).toMatchObject({ existing: { ok: false }, missing: { ok: false }, remove: { ok: false } });
      expect(answers.check).not.toMatchObject({ state: 'ready' });
      expect(await run('unlocked', 'get', home.home)).toEqual({ ok: true, value: 'canary-kept' });
    } finally {
      home.remove();
    }
  });

  it('shows other programs the ref and our name, nothing else', async () => {
    const { item } = (await run('unlocked', 'attributes')) as { item: string };
    expect(item).toContain(`'username': '${ref}'`);
    expect(item).toContain("'service': 'Relaysmith'");
    expect(item).toContain(`'Label': <'keyring:${ref}@Relaysmith'>`);
    expect(item).not.toContain('canary');
  });
});
