/** Desktop of a Linux user, as far as it decides who keeps the secrets. */
export type LinuxDesktop = 'gnome' | 'kde' | 'other' | 'wsl' | 'ssh' | 'none';

/** Desktops that ship GNOME Keyring as their Secret Service. */
const GNOME_FAMILY = ['gnome', 'unity', 'x-cinnamon', 'cinnamon', 'mate', 'xfce', 'budgie', 'pantheon', 'pop'];

/** Tells the desktop from the environment variables that desktops, sshd and WSL set. */
export function linuxDesktop(env: NodeJS.ProcessEnv): LinuxDesktop {
  const names = (env.XDG_CURRENT_DESKTOP ?? '').toLowerCase().split(':');
  const hasDisplay = Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
  if (env.WSL_DISTRO_NAME) return 'wsl';
  if (!hasDisplay && (env.SSH_CONNECTION || env.SSH_TTY)) return 'ssh';
  if (names.includes('kde')) return 'kde';
  if (names.some((name) => GNOME_FAMILY.includes(name))) return 'gnome';
  return hasDisplay ? 'other' : 'none';
}

/** Name of the keychain for people. On Linux the desktop's usual provider is named; another one may serve instead. */
export function keychainName(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  if (platform === 'darwin') return 'macOS Keychain';
  if (platform === 'win32') return 'Windows Credential Manager';
  const desktop = linuxDesktop(env);
  if (desktop === 'gnome') return 'Secret Service (GNOME Keyring)';
  if (desktop === 'kde') return 'Secret Service (KDE Wallet)';
  return 'Secret Service';
}
