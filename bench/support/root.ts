import { join } from 'node:path';

/** The checkout: scripts/bench.js makes it the working directory, since the built benchmarks lie elsewhere. */
export const ROOT = process.cwd();

/** The terminal command as it is installed. */
export const RELAYSMITH = join(ROOT, 'bin/relaysmith.js');
