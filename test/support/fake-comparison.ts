import type { ImportComparison } from '../../shared/import-update.ts';
import type { StoredProfile } from '../../shared/library.ts';
import { settingsOf } from '../../shared/profile.ts';
import type { ImportPreview } from '../../shared/target.ts';

/** What the first profile of an import would change in a stored one, for the window's own tests. */
export function fakeComparison(stored: StoredProfile, { profiles, origins }: ImportPreview): ImportComparison {
  const settings = settingsOf(stored.profile);
  const [imported] = profiles;
  if (!imported) return { stored, settings, changes: [], secrets: [] };
  const fields = ['server.host', 'server.port', 'signIn.username', 'sender.from.address', 'sender.from.name'];
  return {
    stored,
    settings: { ...settings, server: imported.server, signIn: imported.signIn, sender: imported.sender },
    changes: [
      ...fields.map((field) => ({ field, origin: origins[field] ?? null })),
      { field: 'server.connectTimeoutSeconds', origin: null },
    ],
    secrets: [{ kind: 'password', inFile: true, stored: 'asked' }],
  };
}
