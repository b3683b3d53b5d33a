import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../../cli/run.ts';
import { type TestIo, type TestIoOptions, testIo } from './test-io.ts';

/** A data directory of its own, with commands that run on it in this process over the real engine. */
export interface TestHome {
  directory: string;
  data: string;
  run(argv: string[], options?: TestIoOptions): Promise<{ code: number; io: TestIo; out: string; err: string }>;
  /** Runs with `--json`; returns what it printed, parsed. */
  json<T>(schema: { parse(value: unknown): T }, argv: string[], options?: TestIoOptions): Promise<T>;
  /** Every byte that stands in the data directory. */
  contents(): string;
  remove(): void;
}

export function testHome(): TestHome {
  // No test of the terminal may reach the keychain of the person who runs it.
  process.env.DBUS_SESSION_BUS_ADDRESS = 'unix:path=/nonexistent';
  const directory = mkdtempSync(join(tmpdir(), 'relaysmith-home-'));
  const data = join(directory, 'data');
  const run: TestHome['run'] = async (argv, options = {}) => {
    const env = { RELAYSMITH_HOME: data, ...options.env };
    const io = testIo({ ...options, env, workingDirectory: directory });
    const code = await runCli(argv, io);
    return { code, io, out: io.out(), err: io.err() };
  };
  return {
    directory,
    data,
    run,
    json: async (schema, argv, options) => schema.parse((await run([...argv, '--json'], options)).io.json()),
    contents: () => read(data),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

function read(directory: string): string {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}
