/** The words of the command palette and of the list of shortcuts: what every command is called. */

export const palette = {
  title: 'Commands and profiles',
  search: 'Search commands and profiles',
  found: 'What was found',
  recent: 'Recent',
  commands: 'Commands',
  profiles: 'Profiles',
  nothing: 'Nothing matches.',
  more: (count: number) => `${count} more profiles match. Type on to narrow them down.`,
};

export const commands = {
  palette: 'Commands and profiles',
  search: 'Search profiles',
  new: 'New profile',
  detect: 'Find settings from an address',
  import: 'Import',
  practice: 'Practice server',
  trash: 'Trash',
  preferences: 'Preferences',
  shortcuts: 'Keyboard shortcuts',
  nextColumn: 'Next column',
  save: 'Save',
  check: 'Check connection',
  checkRelay: 'Check relay and senders',
  matrix: 'Find which port and security work',
  checkAndSave: 'Check and save',
  send: 'Send test message',
  cancel: 'Cancel a running test',
  revert: 'Revert unsaved changes',
  export: 'Export',
  duplicate: 'Duplicate the open profile',
  delete: 'Delete the open profile',
  fieldNames: 'What products call this field',
  switchStatus: 'Activate or deactivate the open profile',
  lightTheme: 'Light theme',
  darkTheme: 'Dark theme',
  systemTheme: 'Theme of the system',
  compact: 'Compact density',
  comfortable: 'Comfortable density',
};

export const shortcuts = {
  title: 'Keyboard shortcuts',
  anywhere: 'Anywhere',
  onProfile: 'On an open profile',
  inList: 'In the list of profiles',
  onlyOutside: 'The last one works outside of text fields only.',
};
