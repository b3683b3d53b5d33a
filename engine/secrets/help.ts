import type { KeychainStatus } from '../../shared/secrets.ts';
import { type LinuxDesktop, linuxDesktop } from './keychain-name.ts';

/** What is the matter with the keychain, and what the user can do about it, in this order. */
export interface KeychainHelp {
  what: string;
  steps: string[];
}

type Trouble = Exclude<KeychainStatus['state'], 'ready' | 'unchecked'>;
type Steps = Record<Trouble, string[]>;

/** True on every system, so it always comes last. */
const WITHOUT = 'Or go on without it: keep the secret for this session only, or let Relaysmith ask each time.';
const AGAIN = 'Then run the keychain check again.';

/**
 * Says what a keychain status means on this system and how to get to a working keychain. Takes the platform and
 * environment as Node gives them (`process.platform`, `process.env`); touches nothing.
 */
export function keychainHelp(status: KeychainStatus, platform: NodeJS.Platform, env: NodeJS.ProcessEnv): KeychainHelp {
  const { state, backend } = status;
  if (state === 'ready') return { what: `${backend} works. Secrets can be stored in it.`, steps: [] };
  if (state === 'unchecked') {
    return {
      what: `${backend} was not tried yet.`,
      steps: ['Run the keychain check. Your system may ask you to unlock it.'],
    };
  }
  const steps = stepsOn(platform, env)[state];
  return { what: WHAT[state](backend), steps: [...steps, AGAIN, WITHOUT] };
}

const WHAT: Record<Trouble, (backend: string) => string> = {
  locked: (backend) => `${backend} is locked, or access to it was refused. What is stored in it is still there.`,
  'no-collection': (backend) => `${backend} runs, but has no default keyring to store secrets in.`,
  unavailable: (backend) => `${backend} cannot be reached, so secrets cannot be stored on this system.`,
  error: (backend) => `${backend} answered with an error.`,
};

function stepsOn(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Steps {
  if (platform === 'darwin') return MACOS;
  if (platform === 'win32') return WINDOWS;
  return LINUX[linuxDesktop(env)];
}

const MACOS: Steps = {
  locked: [
    'When macOS asks whether Relaysmith may use the item, choose Allow.',
    'If it does not ask: open Keychain Access, select the login keychain, and choose File > Unlock Keychain.',
    'Over SSH, unlock it for this connection: security unlock-keychain',
  ],
  'no-collection': ['Open Keychain Access and choose File > Make Keychain "login" Default.'],
  unavailable: ['Sign in to a desktop session of macOS: background services have no login keychain.'],
  error: ['Open Keychain Access and look whether the login keychain opens.', 'Sign out of macOS and in again.'],
};

const WINDOWS: Steps = {
  locked: [
    'Sign in with your own account: services and remote commands may have no access to Credential Manager.',
    'Ask your administrator whether the policy "Do not allow storage of passwords and credentials for network authentication" is on.',
  ],
  'no-collection': ['Open Control Panel > Credential Manager and look whether it opens.'],
  unavailable: ['Open Services and start "Credential Manager" (VaultSvc).'],
  error: [
    'Open Services and look whether "Credential Manager" (VaultSvc) runs.',
    'Open Control Panel > Credential Manager and remove entries that are not needed: there is room for a limited number.',
  ],
};

const GNOME: Steps = {
  locked: [
    'Enter your login password when the desktop asks to unlock the keyring.',
    'If it does not ask: open Passwords and Keys (seahorse), select the Login keyring, and choose Unlock.',
    'With automatic login the keyring stays locked at start. Sign in with your password to have it opened for you.',
  ],
  'no-collection': [
    'Open Passwords and Keys (seahorse), add a password keyring named Login, and choose Set as default.',
    'Give it your login password, so that it opens when you sign in.',
  ],
  unavailable: ['Install GNOME Keyring: the package gnome-keyring of your distribution.', 'Sign out and in again.'],
  error: ['Open Passwords and Keys (seahorse) and look whether the Login keyring opens.', 'Sign out and in again.'],
};

const KDE: Steps = {
  locked: [
    'Enter the wallet password when KDE asks for it.',
    'If it does not ask: open KWalletManager and open the wallet.',
  ],
  'no-collection': ['Open KWalletManager, create a wallet, and choose it as default in System Settings > KDE Wallet.'],
  unavailable: [
    'Open System Settings > KDE Wallet and tick "Enable the KDE wallet subsystem" and "Use KWallet for the Secret Service interface".',
    'If the second one is not there: install the package gnome-keyring, which serves KDE too.',
    'Sign out and in again.',
  ],
  error: ['Open KWalletManager and look whether the wallet opens.', 'Sign out and in again.'],
};

const OTHER_DESKTOP: Steps = {
  locked: ['Unlock the keyring in your password manager (Passwords and Keys, KWalletManager, or KeePassXC).'],
  'no-collection': [
    'Make a default keyring in your password manager (Passwords and Keys, KWalletManager).',
    'With KeePassXC: open a database and tick "Expose entries under this group" in its Secret Service settings.',
  ],
  unavailable: [
    'Install a program that serves the Secret Service: gnome-keyring, or KeePassXC with "Secret Service Integration" on.',
    'Let it start when you sign in, and sign in again.',
  ],
  error: ['Look whether your password manager opens its keyring.', 'Sign out and in again.'],
};

/** A shell without a desktop: no prompt can be shown. `read -s` and `printf` keep the password off screen and process list. */
const START_KEYRING = [
  'Start a shell with a bus: dbus-run-session -- bash',
  'In it, unlock a keyring with a password of your choice: read -rs P; printf %s "$P" | gnome-keyring-daemon --unlock --components=secrets; unset P',
  'Run Relaysmith from that shell.',
];

const NO_DESKTOP: Steps = {
  locked: ['Nobody can be asked to unlock the keyring here, since there is no desktop.', ...START_KEYRING],
  'no-collection': START_KEYRING,
  unavailable: ['Install the packages dbus and gnome-keyring.', ...START_KEYRING],
  error: START_KEYRING,
};

const SSH: Steps = {
  ...NO_DESKTOP,
  locked: ['Signing in over SSH does not unlock the keyring, and there is no screen to ask on.', ...START_KEYRING],
};

const WSL: Steps = {
  ...NO_DESKTOP,
  locked: ['Linux on Windows does not unlock a keyring when you open a terminal.', ...START_KEYRING],
  unavailable: [
    'Linux on Windows has no keyring of its own. Install the packages dbus and gnome-keyring.',
    ...START_KEYRING,
    'Or use Relaysmith for Windows, which stores secrets in Credential Manager.',
  ],
};

const LINUX: Record<LinuxDesktop, Steps> = {
  gnome: GNOME,
  kde: KDE,
  other: OTHER_DESKTOP,
  ssh: SSH,
  wsl: WSL,
  none: NO_DESKTOP,
};
