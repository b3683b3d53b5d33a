import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { keyringBackend } from '../../../engine/secrets/keyring-backend.ts';

const seen = vi.hoisted(() => ({ loads: 0, entries: [] as unknown[][] }));

vi.mock('@napi-rs/keyring', () => {
  seen.loads += 1;
  class AsyncEntry {
    constructor(...args: unknown[]) {
      seen.entries.push(args);
    }
    getSecret = async () => [104, 105];
    setSecret = async () => undefined;
    deleteCredential = async () => true;
  }
  return { AsyncEntry };
});

beforeEach(() => {
  seen.entries.length = 0;
});

describe('the keyring backend', () => {
  it('loads the native module at the first call, not before', async () => {
    const backend = keyringBackend('Relaysmith', 'linux', {});
    expect(seen.loads).toBe(0);
    await backend.read('ref');
    expect(seen.loads).toBe(1);
  });

  it('pins every entry to the Secret Service', async () => {
    const backend = keyringBackend('Relaysmith', 'linux', {});
    expect(await backend.read('one')).toEqual(Uint8Array.of(104, 105));
    await backend.write('two', Uint8Array.of(1));
    expect(await backend.delete('three')).toBe(true);
    const pin = { linux: { store: 'secret-service' } };
    expect(seen.entries).toEqual([
      ['Relaysmith', 'one', pin],
      ['Relaysmith', 'two', pin],
      ['Relaysmith', 'three', pin],
    ]);
  });

  it.each([
    ['linux', null, false],
    ['freebsd', null, false],
    ['darwin', null, true],
    ['win32', 2_400, true],
  ] as const)('knows the limits of %s', (platform, maxItemBytes, missingIsCertain) => {
    expect(keyringBackend('Relaysmith', platform, {})).toMatchObject({ maxItemBytes, missingIsCertain });
  });

  it.each([
    ['linux', { XDG_CURRENT_DESKTOP: 'ubuntu:GNOME', DISPLAY: ':0' }, 'Secret Service (GNOME Keyring)'],
    ['linux', { XDG_CURRENT_DESKTOP: 'KDE', WAYLAND_DISPLAY: 'wayland-0' }, 'Secret Service (KDE Wallet)'],
    ['linux', {}, 'Secret Service'],
    ['darwin', {}, 'macOS Keychain'],
    ['win32', {}, 'Windows Credential Manager'],
  ] as const)('is named on %s with %j as people know it', (platform, env, name) => {
    expect(keyringBackend('Relaysmith', platform, env).name).toBe(name);
  });
});

it('no other call of the library is used: the others list secrets in the clear, or write empty ones', () => {
  const directory = resolve(import.meta.dirname, '../../../engine');
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const users = files.filter((file) => {
    const text = readFileSync(join(directory, file), 'utf8');
    return /@napi-rs\/keyring'|findCredentials|withTarget|'keyutils'/.test(text);
  });
  expect(users).toEqual([join('secrets', 'keyring-backend.ts')]);
  expect(readFileSync(join(directory, users[0] ?? ''), 'utf8')).not.toMatch(/findCredentials|withTarget|'keyutils'/);
});
