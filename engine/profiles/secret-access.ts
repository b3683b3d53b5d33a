import { appErrorOf, type ErrorFacts } from '../../shared/errors.ts';
import type { StoredProfile } from '../../shared/library.ts';
import { type ProfileSettings, settingsOf } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import {
  destinationOf,
  SECRET_KINDS,
  type SecretKind,
  type SecretState,
  sameDestination,
} from '../../shared/secrets.ts';
import type { SecretVault } from '../secrets/vault.ts';
import type { Entry, SecretRecord } from './document.ts';

/** Secret values by kind, for one run. */
export type SecretValues = Partial<Record<SecretKind, string>>;

type Reason = ErrorFacts<'SECRET_NEEDED'>['reason'];

/** What a door may know of an entry. Never touches the keychain, so it never prompts. */
export async function storedProfileOf(entry: Entry, vault: SecretVault): Promise<StoredProfile> {
  const settings = settingsOf(entry.profile);
  const secrets: SecretState[] = [];
  for (const kind of SECRET_KINDS) {
    const record = entry.secrets[kind];
    if (!record) continue;
    const matchesDestination = record.storage === 'ask' || isBoundTo(record, settings, kind);
    secrets.push({ kind, storage: record.storage, available: await isAvailable(record, vault), matchesDestination });
  }
  return { profile: entry.profile, revision: entry.revision, secrets };
}

/**
 * Reads the secrets of an entry for a run with `settings`. A secret is given only for the destination that it was saved
 * for. `optional` kinds are left out when none is stored. Errors: SECRET_NEEDED with the kinds that share the first
 * reason, SECRET_MISSING, SECRET_CORRUPT, KEYCHAIN_*.
 */
export async function readSecrets(
  entry: Entry,
  settings: ProfileSettings,
  kinds: readonly SecretKind[],
  optional: readonly SecretKind[],
  vault: SecretVault,
): Promise<Result<SecretValues>> {
  const values: SecretValues = {};
  const needed: { kind: SecretKind; reason: Reason }[] = [];
  const wanted = [...kinds, ...optional.filter((kind) => entry.secrets[kind] && !kinds.includes(kind))];
  for (const kind of wanted) {
    const record = entry.secrets[kind];
    const refusal = whyNot(record, settings, kind);
    if (refusal !== null || !record || record.storage === 'ask') {
      needed.push({ kind, reason: refusal ?? 'not-stored' });
      continue;
    }
    const read = await vault.get(record.ref, record.storage, kind);
    if (!read.ok) return read;
    if (read.value !== null) values[kind] = read.value;
    else if (record.storage === 'session') needed.push({ kind, reason: 'session-ended' });
    else return fail(appErrorOf('SECRET_MISSING', { kind }));
  }
  const [first] = needed;
  if (!first) return ok(values);
  const same = needed.filter(({ reason }) => reason === first.reason).map(({ kind }) => kind);
  return fail(appErrorOf('SECRET_NEEDED', { kinds: same, reason: first.reason }));
}

function whyNot(record: SecretRecord | undefined, settings: ProfileSettings, kind: SecretKind): Reason | null {
  if (!record) return 'not-stored';
  if (record.storage === 'ask') return 'ask-each-time';
  return isBoundTo(record, settings, kind) ? null : 'destination-changed';
}

function isBoundTo(record: SecretRecord, settings: ProfileSettings, kind: SecretKind): boolean {
  return sameDestination(record.destination, destinationOf(settings, kind));
}

async function isAvailable({ storage, ref }: SecretRecord, vault: SecretVault): Promise<boolean> {
  if (storage !== 'session') return storage === 'keychain';
  const read = await vault.get(ref, 'session');
  return read.ok && read.value !== null;
}
