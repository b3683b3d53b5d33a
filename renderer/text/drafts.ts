/** The words about unsaved edits that outlive their window. */

export const drafts = {
  landmark: 'Unsaved changes',
  kept: (name: string, at: string) => `Unsaved changes of ${name} from ${at}`,
  keptNew: (name: string, at: string) => `${name}, a new profile that was not saved, from ${at}`,
  unnamed: 'a profile without a name',
  restore: 'Restore',
  restoreOne: (name: string) => `Restore the changes of ${name}`,
  discard: 'Discard',
  discardOne: (name: string) => `Discard the changes of ${name}`,
  discardAll: (count: number) => `Discard all ${count}`,
  others: (count: number) => (count === 1 ? 'and 1 more' : `and ${count} more`),
  typeAgain: (secrets: string) => `The ${secrets} typed then was not kept. Enter it again.`,
  restored: (name: string) => `Restored the changes of ${name}. They are not saved yet.`,
  replaced: 'What was typed here before was replaced.',
  gone: (name: string) => `${name} is not in the library any more. Its changes were restored as a new profile.`,
  waiting: (name: string) => `${name} is not saved yet.`,
  open: 'Open',
  openOne: (name: string) => `Open ${name}`,
};
