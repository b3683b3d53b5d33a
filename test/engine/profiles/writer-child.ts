import { openLibrary } from '../../../engine/profiles/open-library.ts';
import { settingsNamed } from './library-fixture.ts';
import { memoryVault } from './memory-vault.ts';

// Run as a process of its own: node writer-child.mjs <directory> <name> <count>. Makes that many profiles named
// <name>-0, <name>-1, ... and prints each name when its save was reported as done.
const [directory = '', name = '', count = '0'] = process.argv.slice(2);
const quiet = () => undefined;
const library = await openLibrary({
  directory,
  vault: memoryVault(),
  now: () => new Date(),
  user: name,
  log: { info: quiet, warn: quiet, error: quiet },
  lock: { waitMs: 30_000, staleMs: 10_000 },
});
for (let index = 0; index < Number(count); index += 1) {
  const made = await library.create(settingsNamed(`${name}-${index}`), []);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  process.stdout.write(`${name}-${index}\n`);
}
