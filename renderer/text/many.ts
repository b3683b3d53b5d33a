/** The words of exports and imports of many, and of bundles. */
import { plural } from '../ui/format.ts';

const files = (count: number) => plural(count, 'file', 'files');
const profiles = (count: number) => plural(count, 'profile', 'profiles');

export const many = {
  profiles: 'Profiles',
  products: 'Products',
  search: (what: string) => `Search ${what.toLowerCase()}`,
  all: 'Select all',
  none: 'Select none',
  picked: (count: number, all: number) => `${count} of ${all}`,
  nothingFound: 'Nothing matches.',
  cancelling: 'Cancelling',
  progress: (done: number, total: number) => (total > 0 ? `${done} of ${total}` : `${done}`),
  more: (count: number) => `and ${count} more`,
  folder: 'Path of the folder on this machine',
};

export const exportMany = {
  title: 'Export several',
  intro: 'A file for each profile and product, in one folder, and a manifest.',
  options: (product: string) => `Options of ${product}`,
  combine: 'One file for several profiles, where the product reads several from one',
  combineOff: 'Not with references to the environment: all profiles would point to the same variable.',
  files: 'Files',
  pick: 'Select profiles and products to see the files.',
  loading: 'Making the list',
  count: files,
  limits: { refused: (count: number) => `${count} would not work`, lossy: (count: number) => `${count} not taken` },
  none: (profile: string, product: string) => `No file of ${profile} for ${product}`,
  choose: 'Choose a folder',
  write: 'Export here',
  folder: (name: string, entries: number) =>
    entries === 0 ? `Into ${name}` : `Into ${name}, which holds ${entries} things`,
  replace: 'Replace them',
  working: (name: string) => `Writing ${name}`,
  done: (written: number, folder: string) => `Wrote ${files(written)} and manifest.json to ${folder}.`,
  cancelled: (written: number, all: number) =>
    `Cancelled after ${written} of ${files(all)}. What was written is whole, and the manifest says what is missing.`,
  partly: (written: number, all: number) => `Wrote ${written} of ${files(all)}. The manifest says which.`,
  backups: 'The files that were replaced are kept beside the new ones.',
  secrets: 'Files that hold a secret can be read by you alone.',
  failed: 'Not written',
};

export const importMany = {
  title: 'Import several',
  intro: 'Each file is recognised by its content. Nothing is stored until you accept.',
  reading: 'Reading',
  count: (read: number, all: number) => `${read} of ${files(all)} understood`,
  refused: (count: number) => (count === 1 ? '1 file was not read' : `${count} files were not read`),
  details: 'What was understood',
  from: (product: string) => `from ${product}`,
  nameOf: (path: string) => `Name of the profile from ${path}`,
  keep: 'Keep secrets',
  accept: (count: number) => `Import ${profiles(count)}`,
  nothing: 'No file was understood.',
  folder: 'Choose a folder',
  tooLarge: 'This is too large to be dropped. Choose it with the button instead.',
};

export const bundles = {
  saveTitle: 'Save a bundle',
  saveIntro: 'One file for another Relaysmith: a colleague’s, a new machine’s. Without secrets, unless you say so.',
  withSecrets: 'With secrets, encrypted under a passphrase',
  withSecretsHelp: 'Without the passphrase they cannot be had back. It is kept nowhere.',
  passphrase: 'Passphrase',
  again: 'The same again',
  differ: 'The two are not the same.',
  strengths: {
    'too-short': 'Use 8 characters or more. Several words are best.',
    weak: 'Weak: a program can guess it. Several words that do not belong together are better.',
    fair: 'Fair: it takes a program a long time to guess it. Another word makes it strong.',
    strong: 'Strong, as far as can be told by length and variety.',
  },
  save: 'Save bundle',
  path: 'Path to write to',
  saving: 'Encrypting',
  saved: (file: string, count: number) => `Saved ${profiles(count)} to ${file}.`,
  savedSecrets: (count: number) =>
    count === 0 ? 'No secret is inside.' : `${plural(count, 'secret is', 'secrets are')} inside, encrypted.`,
  backup: (file: string) => `The old file is kept as ${file}.`,
  replace: (name: string) => `${name} exists already. Replacing it keeps a backup.`,
  replaceButton: 'Replace the file',
  lacking: (secret: string, name: string) => `Not in it: the ${secret.toLowerCase()} of ${name}.`,
  lackingWhy: {
    ask: 'It is asked for each time.',
    elsewhere: 'It was saved for another server, port, security or user.',
    gone: 'It is not at hand any more.',
  },
  openTitle: 'Open a bundle',
  openIntro: 'A file that Relaysmith saved. Nothing is stored until you accept.',
  drop: 'Drop a bundle here',
  choose: 'Choose a bundle',
  passphraseOf: 'Passphrase of the bundle',
  open: 'Open',
  opening: 'Opening',
  made: (when: string) => `Saved ${when}`,
  encrypted: 'encrypted',
  plain: 'without secrets',
  changed: (when: string, by: string) => `Changed ${when} by ${by}`,
  holds: (kinds: string) => `With ${kinds.toLowerCase()}`,
  include: (name: string) => `Take ${name}`,
  actions: { add: 'Keep both', replace: 'Replace', skip: 'Skip' },
  action: (name: string) => `What to do with ${name}`,
  sameId: (name: string) => `It was saved from your profile ${name}.`,
  sameName: (name: string) => `You have another profile named ${name}.`,
  which: 'Beside',
  same: 'All settings are the same.',
  differs: (count: number) => (count === 1 ? '1 field differs' : `${count} fields differ`),
  field: 'Field',
  yours: 'Yours',
  theirs: 'In the bundle',
  empty: '–',
  newName: 'Name of the new one',
  bound: 'A secret that is stored for yours is not sent to another server, port, security or user.',
  keep: 'Keep secrets',
  accept: (count: number) => `Take ${profiles(count)}`,
  nothing: 'Nothing is chosen',
  refused: (count: number) => `${profiles(count)} of the bundle cannot be read`,
  done: (added: number, replaced: number) =>
    [added > 0 && `Added ${profiles(added)}`, replaced > 0 && `Replaced ${profiles(replaced)}`]
      .filter(Boolean)
      .join('. ') || 'Nothing was changed',
  notReplaced: 'Not replaced',
  another: 'Open another',
};
