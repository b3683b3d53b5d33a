import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '../engine/ports.ts';

const MAX_BYTES = 1_048_576;

/**
 * Log in the data directory: one JSON object a line, mode 0600, one older file kept. Holds warnings and errors, so that
 * the reference of an INTERNAL error can be found. A log that cannot be written is no reason to fail.
 */
export function fileLog(dataDirectory: string, now: () => Date): Logger {
  const directory = join(dataDirectory, 'logs');
  const file = join(directory, 'relaysmith.log');
  const write =
    (level: string) =>
    (event: string, facts: Record<string, string | number | boolean> = {}) => {
      try {
        mkdirSync(directory, { recursive: true, mode: 0o700 });
        rotate(file);
        appendFileSync(file, `${JSON.stringify({ at: now().toISOString(), level, event, ...facts })}\n`, {
          mode: 0o600,
        });
      } catch {
        // Nowhere left to say it.
      }
    };
  return { info: () => {}, warn: write('warn'), error: write('error') };
}

function rotate(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > MAX_BYTES) renameSync(file, `${file}.1`);
}
