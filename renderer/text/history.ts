import type { ReportFormat } from '../../shared/report-formats.ts';
import { count } from '../ui/format.ts';

/** The words of the kept runs of a profile, of a comparison, and of saving a report. */

export const history = {
  title: 'Earlier runs',
  hint: (amount: number) => (amount === 1 ? '1 run' : `${count(amount)} runs`),
  kept: 'The last 20 runs of a profile are kept on this machine, without secrets.',
  states: { passed: 'Passed', warned: 'Warning', failed: 'Failed', cancelled: 'Cancelled' },
  sent: 'sent',
  unsaved: 'unsaved settings',
  compare: 'Compare',
  compareHelp: 'Choose two runs to compare.',
  compareFile: 'Compare with a file',
  fileHelp: 'A report saved as JSON, perhaps on the server: relaysmith test PROFILE --report there.json',
  report: (when: string) => `Report of ${when}`,
  clear: 'Forget all runs',
  clearTitle: 'Forget the runs of this profile?',
  clearIntro: 'The profile itself stays as it is.',
  cleared: 'Forgot the runs.',
  since: (when: string) => `Against the run of ${when}:`,
};

export const comparing = {
  title: 'Compare two runs',
  before: 'A',
  after: 'B',
  same: 'No stage differs.',
  onlyDifferences: 'Only what differs',
  stage: 'Stage',
  hasNot: 'not in this run',
  inBoth: (amount: number) => `${count(amount)} the same in both`,
  nothing: '–',
  pace: { slower: 'B is slower', faster: 'B is faster', similar: '' },
  differs: 'differs',
  table: 'Stages of both runs',
  stands: 'What stands out',
};

export const reporting = {
  button: 'Save report',
  title: 'Save the report',
  intro: 'Every stage, the certificate chain, the transcript and the diagnosis. Secrets are in none of the forms.',
  format: 'Form',
  formats: { html: 'Web page', text: 'Text', json: 'JSON' } satisfies Record<ReportFormat, string>,
  formatHelp: {
    html: 'One file that opens in any browser and prints. It runs nothing and fetches nothing.',
    text: 'To be pasted into a ticket.',
    json: 'For scripts, and to compare with another run later.',
  } satisfies Record<ReportFormat, string>,
  mask: 'Mask who it is about',
  maskHelp: 'Hosts, addresses, mail addresses, users and names become host-1.example, user-1 and so on, everywhere.',
  preview: 'What will be in it',
  copy: 'Copy',
};

export const saving = {
  save: 'Save',
  download: 'Download',
  replace: (name: string) => `${name} is there already.`,
  replaceButton: 'Replace it',
  link: (name: string, pointsTo: string) => `${name} is a link to ${pointsTo}.`,
  linkButton: 'Replace what it points to',
  done: (name: string) => `Saved ${name}.`,
};
