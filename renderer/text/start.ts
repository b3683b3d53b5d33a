/** The words of the first screen. */

export const start = {
  title: 'Set up outgoing mail, and see that it works',
  intro:
    'Describe a mail server once. Relaysmith tests it stage by stage and writes the file that your product expects.',
  tryTitle: 'Try it on this machine',
  tryText: 'Starts a practice mail server here. Nothing leaves this machine, and nothing needs to be set up.',
  detectTitle: 'Start from a mail address',
  detectText: 'Finds the server, port and security in DNS and by trying, without a password.',
  newTitle: 'Describe your mail server',
  newText: 'Host, port and sign-in. Presets know the usual providers.',
  importTitle: 'Read a file you have',
  importText: 'config.json, grafana.ini, a Keycloak realm and more. Drop it in this window, or paste it.',
  choose: 'Choose a profile on the left, or make a new one.',
  none: 'No profile is open',
};
