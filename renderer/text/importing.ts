/** The words of the import. */

export const importing = {
  title: 'Import',
  intro: 'Reads the mail settings of a product’s file. Nothing is stored until you accept.',
  drop: 'Drop a file, several, or an archive here',
  choose: 'Choose a file',
  paste: 'Or paste its text',
  pastePlaceholder: 'config.json, grafana.ini, environment variables, a Keycloak realm, …',
  read: 'Read it',
  reading: 'Reading the file',
  storing: 'Importing',
  pastedName: 'Pasted text',
  target: 'Read as',
  field: 'Field',
  value: 'Value',
  from: 'From',
  at: (key: string, line: number) => (line > 0 ? `${key}, line ${line}` : key),
  ignored: (count: number) => (count === 1 ? '1 key was not taken over' : `${count} keys were not taken over`),
  secrets: 'Secrets in the file',
  secretStates: {
    value: 'Found, not shown',
    mask: 'Only stars instead of the value',
    reference: 'Kept elsewhere',
    empty: 'Empty',
  },
  keep: 'Keep secrets',
  storages: {
    keychain: 'In the keychain',
    session: 'For this session only',
    ask: 'Ask each time',
    'leave-out': 'Leave out',
  },
  warnings: 'Look at this',
  include: (name: string) => `Import ${name}`,
  nameOf: 'Name',
  importAs: 'Import as',
  newProfile: 'A new profile',
  update: (name: string) => `Update of ${name}`,
  comparing: 'Comparing',
  noChanges: 'The profile says all this already.',
  now: 'Now',
  inFile: 'In the file',
  byProduct: 'What the product does by itself',
  secretAsked: (secret: string) =>
    `${secret}: what is stored belongs to the server as it was. It is not sent to the new one; you are asked for it.`,
  accept: (count: number, updates: number) => {
    const what = count === 1 ? '1 profile' : `${count} profiles`;
    if (updates === 0) return `Import ${what}`;
    return updates === count ? `Update ${what}` : `Import and update ${what}`;
  },
  back: 'Read another',
  done: (count: number, updates: number) => {
    const what = count === 1 ? '1 profile' : `${count} profiles`;
    if (updates === 0) return `Imported ${what}.`;
    return updates === count ? `Updated ${what}.` : `Imported and updated ${what}.`;
  },
  sessionInstead: 'Keep them for this session and import',
  tooLarge: 'This file is too large to be dropped. Choose it with the button instead.',
};
