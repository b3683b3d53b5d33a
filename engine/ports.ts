import type { Preferences } from '../shared/contract.ts';
import type { Result } from '../shared/result.ts';
import type { Resolver } from './smtp/resolver.ts';

/** One entry of the log: an event name and plain facts. Secrets never get here; the sink redacts what it knows all the same. */
export interface Logger {
  info(event: string, facts?: Record<string, string | number | boolean>): void;
  warn(event: string, facts?: Record<string, string | number | boolean>): void;
  error(event: string, facts?: Record<string, string | number | boolean>): void;
}

/** How a door lets the user choose files. Null from either method means that the user cancelled. */
export interface FilesPort {
  /** `typed-path`: the door passes the path that the user typed, and these methods are not called. */
  readonly kind: 'dialog' | 'typed-path';
  /** Shows an open dialog; returns an absolute path. */
  open(purpose: 'import' | 'merge' | 'certificate' | 'report'): Promise<string | null>;
  /** Shows a dialog for a folder; returns an absolute path. */
  folder(purpose: 'import' | 'export'): Promise<string | null>;
  /** Shows a save dialog; returns an absolute path. */
  save(suggestedName: string): Promise<string | null>;
}

/** The clipboard of the machine that the door runs on. */
export interface ClipboardPort {
  /** Replaces what is there; '' clears it. Error: CLIPBOARD_UNAVAILABLE. */
  write(text: string): Promise<Result<void>>;
  /** The text that is there, '' when there is none; null when it cannot be told. */
  read(): Promise<string | null>;
}

/** Where view preferences live; losing them is harmless. */
export interface PreferencesPort {
  get(): Preferences;
  set(preferences: Preferences): void;
}

/** Everything that a door gives to the engine. */
export interface EnginePorts {
  readonly version: string;
  readonly door: 'desktop' | 'browser' | 'terminal';
  /** Absolute path; made with mode 0700 when it is not there. */
  readonly dataDirectory: string;
  readonly files: FilesPort;
  readonly clipboard: ClipboardPort;
  readonly preferences: PreferencesPort;
  readonly log: Logger;
  /** The present moment; tests pass their own. */
  readonly now: () => Date;
  /** Name look-ups of the tester; the system's when left out. */
  readonly resolver?: Resolver;
}
