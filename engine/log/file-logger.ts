import { closeSync, constants, fchmodSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { escapeControls } from '../../shared/text.ts';
import { makeDirectory } from '../files/make-directory.ts';
import type { Logger } from '../ports.ts';
import { namesSecret, REDACTED } from './patterns.ts';
import { createRedactor, type Redactor } from './redactor.ts';

/** The log is this file and the one before it. */
export const LOG_FILES = ['relaysmith.log', 'relaysmith.1.log'] as const;

/** Bytes of one file; the log as a whole takes at most twice this. */
export const LOG_FILE_BYTES = 1024 * 1024;

/** A longer value is not searched and not kept: cutting it first could cut a secret in two and leave half of it. */
const SEARCHED_CHARS = 65_536;
const VALUE_CHARS = 500;
const EVENT_CHARS = 80;
const MAX_FACTS = 20;
const FACT_NAME = /^[a-zA-Z][a-zA-Z0-9_.-]{0,39}$/;

type Fact = string | number | boolean;
type Level = 'info' | 'warn' | 'error';

/** What a file logger needs. */
export interface FileLoggerOptions {
  /** Made with mode 0700 when it is not there. */
  directory: string;
  now: () => Date;
  /** Replaces secrets in every text; left out, what looks like a secret is replaced. */
  redact?: Redactor;
}

/**
 * Makes a logger that appends JSON lines to a file that only this user can read. Logging must never be what breaks, so a
 * full disk or a missing permission loses the entry and nothing else. Several programs may log to the same file.
 */
export function createFileLogger({ directory, now, redact = createRedactor([]) }: FileLoggerOptions): Logger {
  const log = (level: Level, event: string, facts: Record<string, Fact> = {}) => {
    try {
      const entry = { time: now().toISOString(), level, event: safeText(event, EVENT_CHARS, redact) };
      append(directory, `${JSON.stringify({ ...safeFacts(facts, redact), ...entry })}\n`);
    } catch {
      // See above.
    }
  };
  return {
    info: (event, facts) => log('info', event, facts),
    warn: (event, facts) => log('warn', event, facts),
    error: (event, facts) => log('error', event, facts),
  };
}

/** Only plain values under plain names; callers are typed, but what they pass on may not be what its type says. */
function safeFacts(facts: Record<string, unknown>, redact: Redactor): Record<string, Fact> {
  const safe: Record<string, Fact> = {};
  for (const [name, value] of Object.entries(facts).slice(0, MAX_FACTS)) {
    if (!FACT_NAME.test(name) || redact(name) !== name) continue;
    if (typeof value === 'boolean') safe[name] = value;
    else if (typeof value === 'number') safe[name] = redact(String(value)) === String(value) ? value : REDACTED;
    else if (typeof value === 'string')
      safe[name] = namesSecret(name) ? REDACTED : safeText(value, VALUE_CHARS, redact);
  }
  return safe;
}

function safeText(text: string, max: number, redact: Redactor): string {
  if (text.length > SEARCHED_CHARS) return `(${text.length} characters)`;
  const safe = escapeControls(redact(text));
  return safe.length > max ? `${safe.slice(0, max)}…` : safe;
}

function append(directory: string, line: string): void {
  makeDirectory(directory);
  const bytes = Buffer.from(line, 'utf8');
  if (writeIfRoom(join(directory, LOG_FILES[0]), bytes)) return;
  renameSync(join(directory, LOG_FILES[0]), join(directory, LOG_FILES[1]));
  writeIfRoom(join(directory, LOG_FILES[0]), bytes);
}

/** False when the file would grow past its size. A symbolic link in its place is not followed. */
function writeIfRoom(file: string, bytes: Uint8Array): boolean {
  const flags = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0);
  const descriptor = openSync(file, flags, 0o600);
  try {
    const { size, mode } = fstatSync(descriptor);
    if (size > 0 && size + bytes.length > LOG_FILE_BYTES) return false;
    if ((mode & 0o077) !== 0 && process.platform !== 'win32') fchmodSync(descriptor, 0o600);
    writeSync(descriptor, bytes);
    return true;
  } finally {
    closeSync(descriptor);
  }
}
