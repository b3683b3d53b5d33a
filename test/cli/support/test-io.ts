import type { Io, Output } from '../../../cli/io.ts';

/** An {@link Io} that keeps what was written, and answers questions from a list. */
export interface TestIo extends Io {
  out(): string;
  err(): string;
  json(): unknown;
  asked: string[];
  abort(): void;
}

/** What a test may set; everything else is a pipe without a terminal, in an empty environment. */
export interface TestIoOptions {
  stdin?: string;
  env?: Record<string, string>;
  terminal?: boolean;
  columns?: number;
  /** Answers to questions, in order; then null. */
  answers?: string[];
  platform?: NodeJS.Platform;
  homeDirectory?: string;
  workingDirectory?: string;
}

export function testIo(options: TestIoOptions = {}): TestIo {
  const { terminal = false, columns = 100, answers = [] } = options;
  const written = { out: '', err: '' };
  const asked: string[] = [];
  const abort = new AbortController();
  const output = (key: 'out' | 'err'): Output => ({
    isTTY: terminal,
    columns,
    write: (text) => {
      written[key] += text;
    },
  });
  const ask = async (question: string) => {
    asked.push(question);
    return answers.shift() ?? null;
  };
  return {
    stdout: output('out'),
    stderr: output('err'),
    env: options.env ?? {},
    platform: options.platform ?? 'linux',
    homeDirectory: options.homeDirectory ?? '/home/someone',
    workingDirectory: options.workingDirectory ?? '/somewhere',
    signal: abort.signal,
    now: () => new Date(),
    canAsk: terminal,
    readStdin: async (maxBytes) => {
      const bytes = Buffer.from(options.stdin ?? '');
      return bytes.length > maxBytes ? null : bytes;
    },
    askSecret: ask,
    askLine: ask,
    out: () => written.out,
    err: () => written.err,
    json: () => JSON.parse(written.out) as unknown,
    asked,
    abort: () => abort.abort(),
  };
}
