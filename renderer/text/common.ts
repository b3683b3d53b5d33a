/** Words that stand in several places, and those of the window as a whole. */

export const common = {
  close: 'Close',
  cancel: 'Cancel',
  dismiss: 'Dismiss',
  undo: 'Undo',
  copied: 'Copied.',
  notCopied: 'The clipboard did not take it. Select the text and copy it by hand.',
  loading: 'Loading',
  show: (what: string) => `Show ${what.toLowerCase()}`,
  hide: (what: string) => `Hide ${what.toLowerCase()}`,
  tryAgain: 'Try again',
  was: (value: string) => `Was ${value}`,
  wasEmpty: 'Was empty',
  putBack: 'Put back',
  remove: (what: string) => `Remove ${what}`,
  browse: 'Choose file',
  path: 'Path of the file on this machine',
  open: 'Open',
};

export const panes = {
  label: 'View',
  library: 'Profiles',
  main: 'Settings',
  bench: 'Test bench',
  resize: { library: 'Width of the library', bench: 'Width of the test bench' },
  fold: { library: 'Hide the library', bench: 'Hide the test bench' },
  unfold: { library: 'Show the library', bench: 'Show the test bench' },
};

export const offline = {
  lostTitle: 'Relaysmith does not answer',
  lost: 'The program behind this window has stopped or cannot be reached. What you typed is still here.',
  lostNext:
    'Start it again, then press Try again. If it was started with relaysmith serve, open the address that it prints.',
  noSessionTitle: 'This window was not let in',
  noSession: 'The address in the terminal lets in one window, once. Reloading the page ends its session.',
  noSessionNext:
    'Run relaysmith serve again and open the address that it prints. Unsaved changes are offered there again, without typed passwords.',
};
