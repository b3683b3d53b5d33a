import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { print, summary } from './figures.js';

const RUNS = 20;
const bin = join(import.meta.dirname, '../bin/relaysmith.js');

/** How long a terminal command takes as a whole process, against a bare `node -e 0`. */
export default function run() {
  const home = mkdtempSync(join(tmpdir(), 'relaysmith-bench-'));
  try {
    print('node -e 0 (median)', median(['-e', '0'], home), 'ms');
    print('relaysmith --version (median)', median([bin, '--version'], home), 'ms', 80);
    print('relaysmith --help (median)', median([bin, '--help'], home), 'ms', 150);
    print('relaysmith test --help (median)', median([bin, 'test', '--help'], home), 'ms', 150);
    print('relaysmith list, empty library (median)', median([bin, 'list'], home), 'ms');
  } finally {
    rmSync(home, { recursive: true });
  }
}

function median(args, home) {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { env: { ...process.env, RELAYSMITH_HOME: home } });
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
    return performance.now() - start;
  });
  return summary(times).median;
}
