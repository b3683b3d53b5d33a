import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { print, summary } from './support/figures.ts';
import { RELAYSMITH } from './support/root.ts';

const RUNS = 20;

/** How long a terminal command takes as a whole process, against a bare `node -e 0`. */
export default function run(): void {
  const home = mkdtempSync(join(tmpdir(), 'relaysmith-bench-'));
  try {
    print('node -e 0 (median)', median(['-e', '0'], home), 'ms');
    print('relaysmith --version (median)', median([RELAYSMITH, '--version'], home), 'ms', { below: 80 });
    print('relaysmith --help (median)', median([RELAYSMITH, '--help'], home), 'ms', { below: 150 });
    print('relaysmith test --help (median)', median([RELAYSMITH, 'test', '--help'], home), 'ms', { below: 150 });
    print('relaysmith list, empty library (median)', median([RELAYSMITH, 'list'], home), 'ms');
  } finally {
    rmSync(home, { recursive: true });
  }
}

function median(args: string[], home: string): number {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { env: { ...process.env, RELAYSMITH_HOME: home } });
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
    return performance.now() - start;
  });
  return summary(times).median;
}
