import { homedir } from 'node:os';
import { EXIT } from './exit-codes.ts';
import type { Io, Output } from './io.ts';

/** Longest wait after the first Ctrl-C for work that does not end by itself. */
const CANCEL_GRACE_MS = 3_000;

/** The real process as {@link Io}, with what the entry needs at the end. */
export interface ProcessIo {
  io: Io;
  /** Resolves when everything written has left the process. */
  flush(): Promise<void>;
}

/** Wraps the process. The first Ctrl-C cancels the running work, which then has a moment to end; the second one ends at once. */
export function processIo(process: NodeJS.Process): ProcessIo {
  const abort = new AbortController();
  const end = () => process.exit(EXIT.cancelled);
  const interrupt = () => {
    if (abort.signal.aborted) end();
    abort.abort();
    setTimeout(end, CANCEL_GRACE_MS).unref();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  // `relaysmith list | head` closes our stdout early: that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : EXIT.storage));

  const io: Io = {
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    env: process.env,
    platform: process.platform,
    homeDirectory: orEmpty(homedir),
    workingDirectory: orEmpty(() => process.cwd()),
    signal: abort.signal,
    now: () => new Date(),
    canAsk: process.stdin.isTTY === true && process.stderr.isTTY === true,
    readStdin: (maxBytes) => readAll(process.stdin, maxBytes),
    askSecret: async (question) => (await import('./prompt.ts')).askSecret(process.stdin, process.stderr, question),
    askLine: async (question) => (await import('./prompt.ts')).askLine(process.stdin, process.stderr, question),
  };
  const flush = async () => {
    await Promise.all([drained(process.stdout), drained(process.stderr)]);
  };
  return { io, flush };
}

/** '' where the system has no answer: a user without an entry and without HOME, a current folder that was removed. */
function orEmpty(ask: () => string): string {
  try {
    return ask();
  } catch {
    return '';
  }
}

function outputOf(stream: NodeJS.WriteStream): Output {
  return {
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns || 80;
    },
    write: (text) => {
      stream.write(text);
    },
  };
}

async function readAll(stream: NodeJS.ReadStream, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const part = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer);
    bytes += part.length;
    if (bytes > maxBytes) return null;
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((done) => {
    stream.write('', () => done());
  });
}
