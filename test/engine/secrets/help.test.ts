import { describe, expect, it } from 'vitest';
import { keychainHelp } from '../../../engine/secrets/help.ts';
import type { KeychainStatus } from '../../../shared/secrets.ts';

const statusOf = (state: KeychainStatus['state']): KeychainStatus => ({ state, backend: 'The keychain', detail: 'x' });

const SYSTEMS: Record<string, [NodeJS.Platform, NodeJS.ProcessEnv]> = {
  GNOME: ['linux', { XDG_CURRENT_DESKTOP: 'ubuntu:GNOME', WAYLAND_DISPLAY: 'wayland-0' }],
  KDE: ['linux', { XDG_CURRENT_DESKTOP: 'KDE', DISPLAY: ':0' }],
  'another desktop': ['linux', { XDG_CURRENT_DESKTOP: 'Hyprland', WAYLAND_DISPLAY: 'wayland-1' }],
  'no desktop': ['linux', {}],
  SSH: ['linux', { SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22' }],
  WSL: ['linux', { WSL_DISTRO_NAME: 'Ubuntu', DISPLAY: ':0' }],
  macOS: ['darwin', {}],
  Windows: ['win32', {}],
};
const TROUBLES = ['locked', 'no-collection', 'unavailable', 'error'] as const;

describe.each(Object.entries(SYSTEMS))('help on %s', (_name, [platform, env]) => {
  it.each(TROUBLES)('says for %s what is the matter, what to do, and how to go on without', (state) => {
    const { what, steps } = keychainHelp(statusOf(state), platform, env);
    expect(what).toMatch(/^The keychain .+\.$/);
    expect(steps.length).toBeGreaterThanOrEqual(3);
    expect(steps.at(-1)).toContain('for this session only');
    for (const text of [what, ...steps]) {
      expect(text).toMatch(/^[A-Z]/);
      expect(text).not.toMatch(/[!\n]|please|oops/i);
    }
  });

  it('has other words for every state', () => {
    const words = TROUBLES.map((state) => JSON.stringify(keychainHelp(statusOf(state), platform, env)));
    expect(new Set(words).size).toBe(TROUBLES.length);
  });
});

it.each([
  ['GNOME', 'locked', /automatic login/],
  ['GNOME', 'unavailable', /gnome-keyring/],
  ['KDE', 'unavailable', /Use KWallet for the Secret Service interface/],
  ['KDE', 'locked', /KWalletManager/],
  ['another desktop', 'unavailable', /KeePassXC/],
  ['no desktop', 'unavailable', /dbus-run-session/],
  ['SSH', 'locked', /over SSH/],
  ['WSL', 'unavailable', /Linux on Windows/],
  ['macOS', 'locked', /Keychain Access/],
  ['Windows', 'error', /VaultSvc/],
] as const)('on %s, %s is met with %s', (system, state, expected) => {
  const [platform, env] = SYSTEMS[system] ?? ['linux', {}];
  expect(keychainHelp(statusOf(state), platform, env).steps.join('\n')).toMatch(expected);
});

it('never tells anyone to put a password where others see it', () => {
  for (const [platform, env] of Object.values(SYSTEMS)) {
    for (const state of TROUBLES) {
      const text = keychainHelp(statusOf(state), platform, env).steps.join('\n');
      expect(text).not.toMatch(/echo |--password[= ]|password-store=basic/);
    }
  }
});

it('has nothing to do for a keychain that works, and only the check for one that was not tried', () => {
  expect(keychainHelp(statusOf('ready'), 'linux', {}).steps).toEqual([]);
  const unchecked = keychainHelp(statusOf('unchecked'), 'linux', {});
  expect(unchecked.what).toContain('not tried');
  expect(unchecked.steps).toHaveLength(1);
});
