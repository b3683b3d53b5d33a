/** The part of a stream that commands write to. */
export interface Output {
  readonly isTTY: boolean;
  /** Width in columns; 80 where it is not known. */
  readonly columns: number;
  write(text: string): void;
}

/** Everything that a command may know of the process it runs in; tests pass their own. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** '' where the user has none (a container's made-up user id). */
  readonly homeDirectory: string;
  /** '' when it was removed meanwhile. */
  readonly workingDirectory: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** True when a person can be asked: both stdin and stderr are terminals. */
  readonly canAsk: boolean;
  /** Reads all of stdin as bytes; null when there are more than `maxBytes`. */
  readStdin(maxBytes: number): Promise<Buffer | null>;
  /** Asks on stderr without echo; null on Ctrl-C or end of input. */
  askSecret(question: string): Promise<string | null>;
  /** Asks on stderr; null on Ctrl-C or end of input. */
  askLine(question: string): Promise<string | null>;
}
