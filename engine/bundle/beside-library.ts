import type { BundleConflict, BundlePreview } from '../../shared/bundle.ts';
import type { StoredProfile } from '../../shared/library.ts';
import { settingsOf } from '../../shared/profile.ts';
import type { SecretKind } from '../../shared/secrets.ts';
import { freeName } from '../profiles/names.ts';
import type { OpenedBundle } from './bundle-file.ts';

/** Sets an opened bundle beside the stored profiles: what a door may see of it, without the values of secrets. */
export function besideLibrary(
  bundleId: string,
  { header, profiles, refused }: OpenedBundle,
  stored: readonly StoredProfile[],
): BundlePreview {
  const byId = new Map(stored.map((each) => [each.profile.id, each]));
  const byName = new Map<string, StoredProfile[]>();
  for (const each of stored) byName.set(each.profile.name, [...(byName.get(each.profile.name) ?? []), each]);
  const taken = new Set(byName.keys());
  return {
    bundleId,
    createdAt: header.createdAt,
    isEncrypted: header.kind === 'encrypted',
    profiles: profiles.map(({ profile, secrets }, index) => {
      const same = byId.get(profile.id);
      const named = (byName.get(profile.name) ?? []).filter((each) => each !== same);
      const name = freeName(profile.name, taken);
      taken.add(name);
      return {
        index,
        settings: settingsOf(profile),
        updated: profile.updated,
        secrets: Object.keys(secrets) as SecretKind[],
        freeName: name,
        conflicts: [...(same ? [conflict('id', same)] : []), ...named.map((each) => conflict('name', each))],
      };
    }),
    refused,
  };
}

function conflict(same: BundleConflict['same'], { profile, revision }: StoredProfile): BundleConflict {
  return { id: profile.id, revision, same, settings: settingsOf(profile) };
}
