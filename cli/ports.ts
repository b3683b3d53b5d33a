import type { EnginePorts } from '../engine/ports.ts';
import type { Io } from './io.ts';
import { fileLog } from './log.ts';
import { packageVersion } from './paths.ts';
import { filePreferences } from './preferences.ts';

/** What the terminal and the loopback host give to the engine: typed paths instead of dialogs. */
export function cliPorts(dataDirectory: string, door: 'terminal' | 'browser', io: Pick<Io, 'now'>): EnginePorts {
  return {
    version: packageVersion(),
    door,
    dataDirectory,
    files: {
      kind: 'typed-path',
      open: async () => null,
      save: async () => null,
    },
    preferences: filePreferences(dataDirectory),
    log: fileLog(dataDirectory, io.now),
    now: io.now,
  };
}
