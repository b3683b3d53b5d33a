/** The words of the search for mechanisms, and of trusting a CA. */

export const mechanisms = {
  open: 'Which mechanisms work?',
  title: 'Which mechanisms work?',
  intro: (user: string) =>
    `Signs in as ${user} with one mechanism after the other, each on a connection of its own. Nothing is sent.`,
  risk: (tries: number) =>
    `Up to ${tries} sign-ins. A wrong password counts as a failed one each time, and servers lock accounts after a few.`,
  choose: 'Mechanisms to try',
  notOffered: 'not offered in the last run',
  atMost: (tries: number) => `At most ${tries} at a time.`,
  start: 'Sign in',
  again: 'Choose again',
  running: (mechanism: string) => `Trying ${mechanism}`,
  looking: 'Looking at what the server offers',
  caption: 'Mechanisms and what came of them',
  mechanism: 'Mechanism',
  result: 'Result',
  use: (mechanism: string) => `Use ${mechanism}`,
  used: (mechanism: string) => `Mechanism set to ${mechanism}.`,
  best: 'Best choice',
  none: 'None of those tried works.',
  cancelled: 'Cancelled.',
  serverSaid: 'The server said:',
};

export const trusting = {
  offer: 'Trust this CA',
  offerSelf: 'Trust this certificate',
  title: 'Trust this CA for this profile?',
  titleSelf: 'Trust this certificate for this profile?',
  intro:
    'Compare the fingerprint with the server’s administrator first. Whoever has the key behind it can read this profile’s mail and password.',
  subject: 'Subject',
  fingerprint: 'SHA-256',
  valid: 'Valid',
  scope: 'It counts for this profile only, beside the CAs that are trusted anyway. Save the profile to keep it.',
};
