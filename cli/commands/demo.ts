import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineCommand } from '../command.ts';
import { runDemo } from '../demo-run.ts';
import { EXIT } from '../exit-codes.ts';
import { usage } from '../failure.ts';
import { cliPorts } from '../ports.ts';

export const demo = defineCommand({
  usage: '',
  details: [
    'Does the whole job once, from nothing, with real connections on this machine: starts the practice server, makes a profile, checks it, reproduces a fault and explains it, sends a test message, reads it in the inbox, and exports Mattermost’s config.json.',
    'Uses a temporary data directory that goes afterwards. Exit code 0 only when all came as expected.',
  ],
  options: {},
  positionals: [0, 0],
  examples: ['relaysmith demo'],
  async run({ io, json, style, print, printJson }) {
    const directory = await temporaryDirectory();
    if (directory === null) {
      return usage('A temporary folder could not be made.', 'Set TMPDIR to a folder that you can write to.');
    }
    const { createEngine } = await import('../../engine/index.ts');
    const engine = await createEngine(cliPorts(directory, 'terminal', io));
    try {
      const steps = await runDemo(engine, { io, style, print, quiet: json });
      const ok = steps.every((step) => step.ok);
      printJson({ ok, steps });
      print();
      print(
        ok
          ? `${style.passed(style.icons.passed)} All as expected.`
          : `${style.failed(style.icons.failed)} Not all was as expected.`,
      );
      return { ok: true, value: io.signal.aborted ? EXIT.cancelled : ok ? EXIT.ok : EXIT.failed };
    } finally {
      await engine.close();
      await rm(directory, { recursive: true, force: true });
    }
  },
});

function temporaryDirectory(): Promise<string | null> {
  return mkdtemp(join(tmpdir(), 'relaysmith-demo-')).catch(() => null);
}
