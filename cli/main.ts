import { EXIT } from './exit-codes.ts';
import { processIo } from './process-io.ts';
import { runCli, wantsJson } from './run.ts';

/** Longest wait for open handles after the command has ended. */
const EXIT_GRACE_MS = 1_500;

const { io, flush } = processIo(process);

process.on('uncaughtException', (bug) => {
  reportBug(bug);
  process.exit();
});
try {
  process.exitCode = await runCli(process.argv.slice(2), io);
} catch (bug) {
  reportBug(bug);
}

await flush();
// A keychain's or resolver's thread must not keep a finished command alive.
setTimeout(() => process.exit(), EXIT_GRACE_MS).unref();

function reportBug(bug: unknown): void {
  // The place of the bug, never its message: that may quote a value.
  const at =
    bug instanceof Error ? (bug.stack?.split('\n').find((line) => line.trimStart().startsWith('at ')) ?? '') : '';
  const error = {
    code: 'INTERNAL',
    what: 'Relaysmith met an error of its own.',
    next: 'Try again; if it comes back, report it.',
    facts: { at: at.trim() },
  };
  if (wantsJson(process.argv)) io.stdout.write(`${JSON.stringify({ error })}\n`);
  else io.stderr.write(`${error.what} ${error.facts.at}\n  ${error.next}\n`);
  process.exitCode = EXIT.internal;
}
