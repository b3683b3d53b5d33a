import type { Command } from './command.ts';

/** A command as the list of commands knows it: its code is loaded only when it runs, to keep the start short. */
export interface CommandEntry {
  summary: string;
  group: 'Profiles' | 'Testing' | 'Files' | 'Secrets' | 'Running';
  load(): Promise<Command>;
}

/** Every command, in the order of the help. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  list: {
    summary: 'List the profiles',
    group: 'Profiles',
    load: async () => (await import('./commands/list.ts')).list,
  },
  show: {
    summary: 'Show one profile',
    group: 'Profiles',
    load: async () => (await import('./commands/show.ts')).show,
  },
  create: {
    summary: 'Make a profile',
    group: 'Profiles',
    load: async () => (await import('./commands/create.ts')).create,
  },
  edit: {
    summary: 'Change fields of a profile',
    group: 'Profiles',
    load: async () => (await import('./commands/edit.ts')).edit,
  },
  duplicate: {
    summary: 'Copy a profile',
    group: 'Profiles',
    load: async () => (await import('./commands/duplicate.ts')).duplicate,
  },
  activate: {
    summary: 'Mark a profile as active',
    group: 'Profiles',
    load: async () => (await import('./commands/status.ts')).activate,
  },
  deactivate: {
    summary: 'Mark a profile as inactive',
    group: 'Profiles',
    load: async () => (await import('./commands/status.ts')).deactivate,
  },
  delete: {
    summary: 'Move a profile to the trash',
    group: 'Profiles',
    load: async () => (await import('./commands/delete.ts')).deleteProfile,
  },
  trash: {
    summary: 'List the trash, or remove from it for good',
    group: 'Profiles',
    load: async () => (await import('./commands/trash.ts')).trash,
  },
  restore: {
    summary: 'Take a profile back out of the trash',
    group: 'Profiles',
    load: async () => (await import('./commands/restore.ts')).restore,
  },
  test: {
    summary: 'Check a connection stage by stage',
    group: 'Testing',
    load: async () => (await import('./commands/test.ts')).test,
  },
  send: {
    summary: 'Send one real test message',
    group: 'Testing',
    load: async () => (await import('./commands/send.ts')).send,
  },
  history: {
    summary: 'List the kept runs of a profile',
    group: 'Testing',
    load: async () => (await import('./commands/history.ts')).history,
  },
  detect: {
    summary: 'Find the settings for an address or a domain',
    group: 'Testing',
    load: async () => (await import('./commands/detect.ts')).detect,
  },
  certificate: {
    summary: 'Show a server’s certificate chain, or trust its CA',
    group: 'Testing',
    load: async () => (await import('./commands/certificate.ts')).certificate,
  },
  mechanisms: {
    summary: 'Find out which ways to sign in work',
    group: 'Testing',
    load: async () => (await import('./commands/mechanisms.ts')).mechanisms,
  },
  matrix: {
    summary: 'Find which port and security work',
    group: 'Testing',
    load: async () => (await import('./commands/matrix.ts')).matrix,
  },
  report: {
    summary: 'Show or save the report of a kept run',
    group: 'Testing',
    load: async () => (await import('./commands/report.ts')).report,
  },
  compare: {
    summary: 'Put two runs beside each other',
    group: 'Testing',
    load: async () => (await import('./commands/compare.ts')).compare,
  },
  explain: {
    summary: 'Explain an error text or a log excerpt',
    group: 'Testing',
    load: async () => (await import('./commands/explain.ts')).explain,
  },
  practice: {
    summary: 'Run the practice mail server',
    group: 'Testing',
    load: async () => (await import('./commands/practice.ts')).practice,
  },
  targets: {
    summary: 'List the products to export to and import from',
    group: 'Files',
    load: async () => (await import('./commands/targets.ts')).targets,
  },
  export: {
    summary: 'Write a profile as the file of a product',
    group: 'Files',
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  import: {
    summary: 'Read the file of a product into profiles',
    group: 'Files',
    load: async () => (await import('./commands/import.ts')).importCommand,
  },
  convert: {
    summary: 'Turn the file of one product into that of another',
    group: 'Files',
    load: async () => (await import('./commands/convert.ts')).convert,
  },
  bundle: {
    summary: 'Save profiles to a bundle, or open one',
    group: 'Files',
    load: async () => (await import('./commands/bundle.ts')).bundle,
  },
  entry: {
    summary: 'Show what to enter into a product’s form, and copy it',
    group: 'Files',
    load: async () => (await import('./commands/entry.ts')).entry,
  },
  secret: {
    summary: 'Set, clear or look up what is stored of a secret',
    group: 'Secrets',
    load: async () => (await import('./commands/secret.ts')).secret,
  },
  serve: {
    summary: 'Open Relaysmith in a browser window',
    group: 'Running',
    load: async () => (await import('./commands/serve.ts')).serve,
  },
  doctor: {
    summary: 'Check data directory, library and keychain',
    group: 'Running',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  demo: {
    summary: 'See the whole job once, on the practice server',
    group: 'Running',
    load: async () => (await import('./commands/demo.ts')).demo,
  },
};

/** Names of all commands. */
export const COMMAND_NAMES: readonly string[] = Object.keys(COMMANDS);
