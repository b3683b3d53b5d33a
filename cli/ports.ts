import { join } from 'node:path';
import { createFileLogger } from '../engine/log/index.ts';
import type { EnginePorts } from '../engine/ports.ts';
import { localClipboard } from './clipboard.ts';
import type { Io } from './io.ts';
import { packageVersion } from './paths.ts';
import { filePreferences } from './preferences.ts';

/** What the terminal and the loopback host give to the engine: typed paths instead of dialogs. */
export function cliPorts(
  dataDirectory: string,
  door: 'terminal' | 'browser',
  io: Pick<Io, 'now' | 'env' | 'platform'>,
): EnginePorts {
  return {
    version: packageVersion(),
    door,
    dataDirectory,
    files: {
      kind: 'typed-path',
      open: async () => null,
      folder: async () => null,
      save: async () => null,
    },
    clipboard: localClipboard(io),
    preferences: filePreferences(dataDirectory),
    log: createFileLogger({ directory: join(dataDirectory, 'logs'), now: io.now }),
    now: io.now,
  };
}
