import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Behaviour } from '../../engine/practice/scenario.ts';
import { ROOT } from './root.ts';

/** Where a server of a benchmark listens, and the CA of its certificate. */
export interface BenchServer {
  port: number;
  caPem: string;
}

/** A server in a process of its own, so that its work is not counted as the client's. */
export interface RunningServer extends BenchServer {
  stop(): Promise<void>;
}

/** Starts the practice server's engine with a behaviour; what is not said is as a healthy server does it. */
export async function startServer(behaviour: Behaviour = {}): Promise<RunningServer> {
  const program = join(ROOT, 'out/bench/programs/mail-server.js');
  const child = spawn(process.execPath, [program, JSON.stringify(behaviour)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    ...(JSON.parse(line) as BenchServer),
    async stop() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
