import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, watch } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileIn, open, unwrap } from './library-fixture.ts';

const LOCK = 'library.json.lock';

/** A writer process, and the names that it reported as saved so far. */
export function startWriter(bundle: string, directory: string, name: string, count: number) {
  const child = spawn(process.execPath, [bundle, directory, name, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const saved: string[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => saved.push(line));
  const ended = Promise.all([once(child, 'exit'), once(lines, 'close')]).then(([[code]]) => code as number | null);
  return { child, saved, ended, lines };
}

/**
 * One round of the kill test: starts a writer, kills it at a random moment after its first save, and checks that the
 * file is whole and holds everything that was reported as saved. Returns the number of profiles afterwards.
 */
export async function killRound(bundle: string, directory: string, round: number): Promise<number> {
  const before = unwrap(await (await open(directory)).list()).map(({ name }) => name);
  const { child, saved, ended, lines } = startWriter(bundle, directory, `r${round}`, 1_000);
  await once(lines, 'line');
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
  child.kill('SIGKILL');
  await ended;
  // The dead process's lock would end by itself after some seconds; a test of its own waits for that.
  await rm(join(directory, 'library.json.lock'), { recursive: true, force: true });
  const library = await open(directory);
  const state = await library.state();
  if (state.mode !== 'ready' || state.quarantined.length > 0) throw new Error(`Not whole: ${JSON.stringify(state)}`);
  const after = unwrap(await library.list()).map(({ name }) => name);
  // What was written last can be there without having been reported: the kill came in between.
  const expected = [...before, ...saved];
  const unreported = `r${round}-${saved.length}`;
  const whole = after.join() === expected.join() || after.join() === [...expected, unreported].join();
  if (!whole) throw new Error(`Saved ${expected.length}, found ${after.length}: ${after.slice(-3).join()}`);
  if ((await fileIn(directory)).rev !== after.length) throw new Error('The revision does not count the saves');
  return after.length;
}

/** Stops a writer at a moment in which it holds the lock: as soon as the lock shows up in the directory. */
export function stoppedWithLock(child: ChildProcess, directory: string): Promise<void> {
  return new Promise((stopped) => {
    const watcher = watch(directory, (_event, name) => {
      if (name !== LOCK) return;
      child.kill('SIGSTOP');
      if (existsSync(join(directory, LOCK))) {
        watcher.close();
        stopped();
      } else child.kill('SIGCONT');
    });
  });
}
