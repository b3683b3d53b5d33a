import { defineCommand } from '../command.ts';
import { confirm } from '../confirm.ts';
import { type Check, checkClock, checkDataDirectory, checkNode, checkResolver, checkWindow } from '../doctor-checks.ts';
import { EXIT } from '../exit-codes.ts';
import { pad } from '../output/layout.ts';
import { safe } from '../output/safe.ts';

export const doctor = defineCommand({
  usage: '[--restore-backup NAME]',
  details: [
    'Looks at what Relaysmith stands on: Node, clock, resolver settings, data directory, library and keychain. The keychain is tried with a round trip, which may make the system prompt. Nothing goes over the network.',
    'A missing keychain is a warning: secrets can be asked for each time. Exit code 1 when something failed.',
  ],
  options: {
    'restore-backup': {
      kind: 'text',
      value: 'NAME',
      help: 'Put this backup in place of a damaged library; the damaged file is kept.',
    },
    yes: { kind: 'flag', help: 'Do not ask before restoring.' },
  },
  positionals: [0, 0],
  examples: ['relaysmith doctor', 'relaysmith doctor --json'],
  async run({ engine: start, values, io, dataDirectory, style, print, printJson }) {
    const checks: Check[] = [
      checkNode(),
      checkClock(io.now()),
      checkResolver(),
      checkWindow(),
      await checkDataDirectory(dataDirectory),
    ];
    const engine = await start();
    const backup = values['restore-backup'];
    if (backup !== undefined) {
      const sure = await confirm(io, `Put the backup ${safe(backup)} in place of the library?`, values.yes);
      if (!sure.ok) return sure;
      const restored = await engine.client('library.restore', { backup });
      if (!restored.ok) return restored;
    }
    const library = await engine.client('library.state', {});
    if (!library.ok) return library;
    const keychain = await engine.client('secrets.status', { check: true });
    if (!keychain.ok) return keychain;
    const { mode, detail, backups, quarantined } = library.value;
    checks.push({
      name: 'library',
      status: mode === 'ready' ? (quarantined.length > 0 ? 'warned' : 'passed') : 'failed',
      text:
        mode === 'ready'
          ? `ready${quarantined.length > 0 ? `, ${quarantined.length} unreadable profiles kept aside` : ''}`
          : `${mode}: ${detail}`,
      steps:
        mode === 'recovery'
          ? backups.map(
              ({ name, at, profiles }) => `relaysmith doctor --restore-backup ${name}   (${at}, ${profiles} profiles)`,
            )
          : [],
    });
    const ready = keychain.value.state === 'ready';
    checks.push({
      name: 'keychain',
      status: ready ? 'passed' : 'warned',
      text: ready ? keychain.value.backend : `${keychain.value.state}: ${keychain.value.what}`,
      steps: ready ? [] : [...keychain.value.steps],
    });

    const ok = checks.every(({ status }) => status !== 'failed');
    printJson({
      ok,
      dataDirectory,
      checks,
      library: library.value,
      keychain: { ...keychain.value, what: keychain.value.what, steps: keychain.value.steps },
    });
    for (const { name, status, text, steps } of checks) {
      print(`${style[status](style.icons[status])} ${pad(name, 15)} ${safe(text)}`);
      for (const step of steps) print(`    ${safe(step)}`);
    }
    return { ok: true, value: ok ? EXIT.ok : EXIT.failed };
  },
});
