import type { Connection } from './connection.ts';
import type { Step } from './scenario.ts';

const FLOOD_BLOCK_BYTES = 16_384;

/** What steps act on. */
export interface StepTarget {
  readonly connection: Connection;
  readonly floodBytes: number;
  /** Sends reply lines, with their placeholders filled in. */
  reply(lines: readonly string[]): Promise<void>;
  /** Does the work without sending its replies. */
  silently(work: () => Promise<void>): Promise<void>;
  /** Runs the TLS handshake without a reply before it. */
  startTls(): Promise<void>;
}

/** Runs a scenario's steps in order, until they are done or the connection is. `usual` is what a correct server does. */
export async function runSteps(target: StepTarget, steps: readonly Step[], usual: () => Promise<void>): Promise<void> {
  for (const step of steps) {
    if (target.connection.closed) return;
    await runStep(target, step, usual);
  }
}

async function runStep(target: StepTarget, step: Step, usual: () => Promise<void>): Promise<void> {
  const { connection } = target;
  switch (step.do) {
    case 'usual':
      return step.silent ? target.silently(usual) : usual();
    case 'reply':
      return target.reply(step.lines);
    case 'challenge':
      return target.reply([`334 ${Buffer.from(step.text, 'utf8').toString('base64')}`]);
    case 'raw':
      return connection.write(step.bytes);
    case 'drip':
      return drip(connection, step.bytes, step.everyMs);
    case 'flood':
      return flood(connection, step.bytes, target.floodBytes);
    case 'wait':
      return connection.pause(step.ms);
    case 'read-line':
      await connection.readLine();
      return;
    case 'read':
      return connection.skip();
    case 'start-tls':
      return target.startTls();
    case 'repeat':
      for (let time = 0; time < step.times; time++) await runSteps(target, step.steps, usual);
      return;
    case 'silence':
      return connection.drain();
    case 'close':
      return connection.end();
    case 'half-close':
      return connection.halfClose();
    case 'reset':
      return connection.reset();
  }
}

async function drip(connection: Connection, bytes: string, everyMs: number): Promise<void> {
  for (const byte of bytes) {
    if (connection.closed) return;
    await connection.write(byte);
    await connection.pause(everyMs);
  }
}

async function flood(connection: Connection, bytes: string, maxBytes: number): Promise<void> {
  const block = Buffer.from(bytes.repeat(Math.max(1, Math.floor(FLOOD_BLOCK_BYTES / bytes.length))), 'latin1');
  for (let sent = 0; sent < maxBytes && !connection.closed; sent += block.length) await connection.write(block);
}
