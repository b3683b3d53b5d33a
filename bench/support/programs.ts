import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A program to time as a whole process. */
export interface Program {
  name: string;
  command: string;
  args: string[];
  env?: Record<string, string>;
}

/** True when the command is on this machine. */
export function isInstalled(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** Runs a program to its end. Throws what it printed when it fails: a failure's time is worth nothing. */
export function runProgram({ name, command, args, env = {} }: Program): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}${stdout}`);
}

/** A directory of files for the time of some work. */
export async function withFiles<T>(
  files: Record<string, string>,
  work: (directory: string) => Promise<T> | T,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'relaysmith-bench-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text, { mode: 0o600 });
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
