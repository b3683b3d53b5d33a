import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BATCH_LIMITS } from '../../shared/batch.ts';
import type { Security } from '../../shared/profile.ts';
import { print } from '../support/figures.ts';
import { startServer } from '../support/mail-server.ts';
import { ROOT } from '../support/root.ts';

const PROFILES = 500;
/** Profiles tested one by one; their time stands for all. */
const SAMPLE = 10;
const REPLY_MS = 50;

/** Many profiles against one server that takes its time, through the whole engine, against one after the other. */
export async function batch(): Promise<void> {
  for (const security of ['none', 'starttls'] as const) {
    const { default: concurrency } = BATCH_LIMITS.concurrency;
    const oneByOne = await run(security, SAMPLE, 1);
    const atOnce = await run(security, PROFILES, concurrency);
    const name = `${PROFILES} profiles, ${security === 'none' ? 'plain' : 'STARTTLS'}`;
    print(`${name}, one by one (from ${SAMPLE})`, (oneByOne.ms / SAMPLE) * PROFILES, 'ms');
    print(`${name}, ${concurrency} at a time`, atOnce.ms, 'ms');
    // Handshakes cost both sides time that no concurrency saves on one machine; the aim is for the wait.
    const aim = security === 'none' ? { atLeast: 40 } : undefined;
    print('  times faster', ((oneByOne.ms / SAMPLE) * PROFILES) / atOnce.ms, 'x', aim);
    print('  until the last run is kept', atOnce.kept, 'ms');
    print('  memory of the whole process', atOnce.rss / 1_048_576, 'MB', { below: 150 });
  }
}

interface Outcome {
  ms: number;
  kept: number;
  rss: number;
  passed: number;
}

async function run(security: Security, profiles: number, concurrency: number): Promise<Outcome> {
  const server = await startServer({
    replyDelayMs: REPLY_MS,
    loginRequired: false,
    tls: security === 'none' ? 'off' : 'starttls',
  });
  const directory = mkdtempSync(join(tmpdir(), 'relaysmith-bench-'));
  try {
    const order = { server, security, directory, profiles, concurrency, perHost: concurrency };
    const program = join(ROOT, 'out/bench/programs/batch-run.js');
    const { stdout, stderr, status } = spawnSync(process.execPath, [program, JSON.stringify(order)], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    const outcome = JSON.parse(stdout) as Outcome;
    if (outcome.passed !== profiles) throw new Error(`Only ${outcome.passed} of ${profiles} passed`);
    return outcome;
  } finally {
    await server.stop();
    rmSync(directory, { recursive: true });
  }
}
