/** The words about the keychain of this machine. */

export const keychain = {
  check: 'Check the keychain',
  checking: 'Checking',
  goesTo: (backend: string) => `On save it goes to ${backend || 'the keychain'}, never into a file of Relaysmith.`,
  untried: (backend: string) =>
    `On save it goes to ${backend || 'the keychain'}. That was not tried yet; the system may ask to unlock it.`,
  noStore: 'The keychain cannot be used now, so this is kept until Relaysmith closes and is not written to disk.',
  steps: 'How to store secrets on this machine',
};
