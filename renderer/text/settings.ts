/** The words of preferences and recovery. */

export const settings = {
  title: 'Preferences',
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  density: 'Density',
  densities: { comfortable: 'Comfortable', compact: 'Compact' },
  keychain: 'Keychain',
  keychainStates: {
    unchecked: 'Not checked yet',
    ready: 'Ready',
    locked: 'Locked',
    'no-collection': 'No default keyring',
    unavailable: 'Not available',
    error: 'Answered with an error',
  },
  about: 'About',
  version: (version: string) => `Relaysmith ${version}`,
  data: 'Data directory',
};

export const recovery = {
  banner: {
    recovery: 'The library is damaged and cannot be changed.',
    'newer-version': 'The library was written by a newer Relaysmith. It can be read, not changed.',
    'read-only': 'The library cannot be written, so changes cannot be saved.',
    ready: '',
  },
  quarantined: (count: number) =>
    count === 1
      ? 'One profile could not be read. Its data is kept.'
      : `${count} profiles could not be read. Their data is kept.`,
  details: 'Details',
  restore: 'Restore a backup',
  title: 'State of the library',
  backups: 'Backups',
  noBackups: 'There is no backup to restore.',
  restoreOne: (when: string) => `Restore the backup of ${when}`,
  restoreShort: 'Restore',
  profiles: (count: number) => (count === 1 ? '1 profile' : `${count} profiles`),
  kept: 'The damaged file is kept beside the restored one.',
  unreadable: 'Profiles that could not be read',
  restored: 'The backup was restored.',
};
