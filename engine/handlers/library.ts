import { ok } from '../../shared/result.ts';
import type { HandlerGroup } from '../dispatch.ts';
import type { RunHistory } from '../history/run-history.ts';
import type { ProfileLibrary } from '../profiles/profile-library.ts';
import { keychainHelp } from '../secrets/help.ts';
import type { SecretVault } from '../secrets/vault.ts';
import type { TokenStore } from '../smtp/oauth/token-store.ts';
import type { ImportSessions } from './import-sessions.ts';
import { createRowsWithResults } from './rows-with-results.ts';
import { keepReplaced } from './run-secrets.ts';
import { takeSecrets } from './secret-changes.ts';

/** Requests about stored profiles, their secrets and the library file. */
export function libraryHandlers(
  library: ProfileLibrary,
  history: RunHistory,
  vault: SecretVault,
  imports: ImportSessions,
  tokens: TokenStore,
): HandlerGroup<'library'> & HandlerGroup<'profiles'> & HandlerGroup<'secrets'> {
  const rowsWithResults = createRowsWithResults();
  return {
    'library.state': async () => ok(await library.state()),
    'library.restore': ({ backup }) => library.restoreBackup(backup),
    'profiles.list': async () => {
      const list = await library.list();
      if (!list.ok) return list;
      return ok(rowsWithResults(list.value, await history.lastResults()));
    },
    'profiles.get': ({ id }) => library.get(id),
    'profiles.create': async ({ settings, secrets }) => {
      const changes = takeSecrets(imports, settings, secrets);
      return changes.ok ? library.create(settings, changes.value) : changes;
    },
    'profiles.save': async ({ id, revision, settings, secrets }) => {
      const changes = takeSecrets(imports, settings, secrets);
      return changes.ok ? library.save(id, revision, settings, changes.value) : changes;
    },
    'profiles.duplicate': ({ id }) => library.duplicate(id),
    'profiles.setStatus': ({ id, revision, status }) => library.setStatus(id, revision, status),
    'profiles.setStatusMany': ({ ids, status }) => library.setStatusMany(ids, status),
    'profiles.delete': ({ id }) => library.delete(id),
    'profiles.deleteMany': ({ ids }) => library.deleteMany(ids),
    'profiles.trash': () => library.trash(),
    'profiles.restore': ({ id }) => library.restore(id),
    'profiles.restoreMany': ({ ids }) => library.restoreMany(ids),
    'profiles.purge': async ({ id }) => {
      const purged = await library.purge(id);
      if (!purged.ok) return purged;
      // The profile is gone either way; what is left behind is pruned at the next start.
      await history.clear([id]);
      return ok({});
    },
    'secrets.status': async ({ check }) => {
      const status = check ? await vault.check() : vault.status();
      return ok({ ...status, ...keychainHelp(status, process.platform, process.env) });
    },
    'secrets.keepReplaced': ({ profileId }) => keepReplaced(library, tokens, profileId),
    'secrets.change': ({ profileId, change }) => library.changeSecrets(profileId, [change]),
  };
}
