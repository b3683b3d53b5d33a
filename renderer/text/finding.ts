/** The words of the port matrix, of finding settings, and of the relay check. */

export const matrix = {
  notSure: 'Not sure?',
  open: 'Find what works',
  title: 'Which port and security work',
  intro: (host: string) => `Tried at ${host}, without user name and password.`,
  running: (done: number) => (done === 1 ? '1 combination tried' : `${done} combinations tried`),
  caption: 'Ports and ways to secure the connection',
  port: 'Port',
  trying: 'Trying',
  inEveryWay: 'in any of these ways',
  use: (port: number, security: string) => `Use port ${port}, ${security}`,
  useShort: 'Use this',
  best: 'Safest',
  none: 'None of them works from here.',
  cancelled: 'Cancelled. What was known until then stands below.',
  again: 'Try again',
  used: (label: string) => `${label}: it is in the form now. Check the connection.`,
  mechanisms: (names: string) => `Sign-in: ${names}`,
};

export const detect = {
  open: 'Find settings from an address',
  title: 'Find the settings of a mail server',
  intro:
    'From a mail address, a domain or a host. Asks DNS and tries the servers that it names, without user name and password.',
  about: 'Address, domain or host',
  placeholder: 'alerts@acme.example',
  bad: 'Enter a mail address, a domain or a host, such as alerts@acme.example.',
  find: 'Find settings',
  steps: 'What was looked at',
  words: { found: 'Found', nothing: 'Nothing', failed: 'No answer', skipped: 'Not needed', running: 'Looking' },
  waiting: 'Waiting',
  proposal: 'Proposal',
  host: 'Host',
  security: 'Port and security',
  signIn: 'Sign-in',
  noSignIn: 'None',
  methods: { password: 'Password', oauth2: 'OAuth 2.0' },
  from: 'From',
  name: 'Name of the profile',
  nameBad: 'Give the profile a name.',
  alternatives: 'Other servers that answer',
  create: 'Create profile',
  created: (name: string) => `Created "${name}". Set its password, then check the connection.`,
  none: (about: string) => `No server for sending was found for ${about}.`,
  noneNext:
    'Ask whoever runs the mail for its host and port, or try from another network: a firewall may be in the way.',
  knowAddress: 'Only know a mail address?',
};

export const relay = {
  check: 'Check relay and senders',
  title: 'Relay and senders',
  hint: 'Asks to where, as whom and what the server lets you send. Nothing is sent.',
  choices: 'Which address programs end up with',
  noAnswer: 'does not answer',
  hints: 'What DNS says',
  aliases: 'Alias of',
};
