import { hostname } from 'node:os';
import { ok } from '../../shared/result.ts';
import type { HandlerGroup } from '../dispatch.ts';
import type { EnginePorts } from '../ports.ts';
import type { ProfileLibrary } from '../profiles/profile-library.ts';

const PLATFORMS = new Set(['linux', 'darwin', 'win32']);

/** Requests about Relaysmith itself and its view preferences. */
export function appHandlers(
  ports: EnginePorts,
  library: ProfileLibrary,
): HandlerGroup<'app'> & HandlerGroup<'preferences'> {
  return {
    'app.info': async () =>
      ok({
        version: ports.version,
        platform: (PLATFORMS.has(process.platform) ? process.platform : 'other') as 'linux',
        door: ports.door,
        files: ports.files.kind,
        ehloName: hostname(),
        dataDirectory: ports.dataDirectory,
        firstStart: !(await library.hasEverStored()),
      }),
    'preferences.get': async () => ok(ports.preferences.get()),
    'preferences.set': async (next) => {
      ports.preferences.set(next);
      return ok(next);
    },
  };
}
