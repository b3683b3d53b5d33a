import type { SecretEdit } from '../../shared/contract.ts';
import { appErrorOf } from '../../shared/errors.ts';
import type { ProfileSummary, SaveOutcome, StoredProfile, TrashedProfile } from '../../shared/library.ts';
import { emptySettings, type ProfileSettings } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SecretState } from '../../shared/secrets.ts';
import { randomUUID } from './random-uuid.ts';

const NOW = '2026-11-21T09:00:00.000Z';

const SAMPLES: [name: string, organization: string, host: string, port: number, status?: 'inactive'][] = [
  ['Acme production relay', 'Acme Ltd', 'mail.acme.example', 587],
  ['Acme staging', 'Acme Ltd', 'staging.mail.acme.example', 465],
  ['Acme invoices', 'Acme Ltd', 'smtp.office365.com', 587],
  ['Globex relay', 'Globex', 'relay.globex.example', 25],
  ['Globex old Exchange', 'Globex', '10.20.0.12', 25, 'inactive'],
  ['Initech Keycloak', 'Initech', 'smtp.initech.example', 465],
  ['Initech Grafana', 'Initech', 'smtp.initech.example', 587],
  ['Umbrella newsletter with a rather long name', 'Umbrella Health', 'smtp.sendgrid.net', 587],
  ['Lab', '', 'localhost', 1025],
];

/** Profiles in memory, with the same rules on revisions as the real library. */
export function fakeLibrary(amount: number) {
  const profiles = new Map<string, StoredProfile>();
  const trashed = new Map<string, { entry: TrashedProfile; stored: StoredProfile }>();

  const create = (settings: ProfileSettings, secrets: readonly SecretEdit[]): StoredProfile => {
    const id = randomUUID();
    const stamp = { at: NOW, by: 'ada' };
    const stored = {
      profile: { ...settings, id, created: stamp, updated: stamp },
      revision: 1,
      secrets: apply([], secrets),
    };
    profiles.set(id, stored);
    return stored;
  };
  const save = (
    id: string,
    revision: number,
    settings: ProfileSettings,
    secrets: readonly SecretEdit[],
  ): Result<SaveOutcome> => {
    const now = profiles.get(id);
    if (!now) return fail(appErrorOf('NOT_FOUND', { what: 'profile', name: id }));
    if (now.revision !== revision) return ok({ outcome: 'conflict', theirs: now });
    const stored = {
      profile: { ...now.profile, ...settings },
      revision: revision + 1,
      secrets: apply(now.secrets, secrets),
    };
    profiles.set(id, stored);
    return ok({ outcome: 'saved', stored });
  };

  for (let index = 0; index < amount; index += 1) {
    const sample = SAMPLES[index % SAMPLES.length];
    if (!sample) continue;
    const [name, organization, host, port, status = 'active'] = sample;
    const round = Math.floor(index / SAMPLES.length);
    create(settingsFor(round ? `${name} ${round + 1}` : name, organization, host, port, status), [
      { action: 'set', kind: 'password', value: 'unseen', storage: 'keychain' },
    ]);
  }

  return {
    create,
    save,
    list: (): ProfileSummary[] => [...profiles.values()].map(summary),
    get: (id: string) => profiles.get(id) ?? null,
    trash: () => [...trashed.values()].map(({ entry }) => entry),
    remove: (id: string): TrashedProfile | null => {
      const stored = profiles.get(id);
      if (!stored) return null;
      const { name, server } = stored.profile;
      const entry = { id, name, host: server.host, deletedAt: NOW, purgeAt: '2026-12-21T09:00:00.000Z' };
      profiles.delete(id);
      trashed.set(id, { entry, stored });
      return entry;
    },
    restore: (id: string): StoredProfile | null => {
      const kept = trashed.get(id);
      if (!kept) return null;
      trashed.delete(id);
      profiles.set(id, kept.stored);
      return kept.stored;
    },
    purge: (id: string) => trashed.delete(id),
  };
}

function settingsFor(
  name: string,
  organization: string,
  host: string,
  port: number,
  status: 'active' | 'inactive',
): ProfileSettings {
  const settings = emptySettings();
  return {
    ...settings,
    name,
    status,
    organizations: organization ? [organization] : [],
    server: { ...settings.server, host, port, security: port === 465 ? 'tls' : 'starttls' },
    signIn: { ...settings.signIn, username: 'alerts@acme.example' },
    sender: { ...settings.sender, from: { address: 'alerts@acme.example', name: 'Acme alerts' } },
  };
}

function summary({ profile, revision }: StoredProfile): ProfileSummary {
  const { id, name, organizations, status, environment = null, server, sender, provider, updated } = profile;
  const { host, port, security } = server;
  const products = Object.keys(profile.products);
  const from = sender.from.address;
  const row = { id, revision, name, organizations, status, host, port, security, provider, from, products };
  return { ...row, environment, updatedAt: updated.at, lastResult: null };
}

function apply(secrets: readonly SecretState[], changes: readonly SecretEdit[]): SecretState[] {
  const kept = secrets.filter(({ kind }) => !changes.some((change) => change.kind === kind));
  const added = changes.flatMap((change): SecretState[] => {
    if (change.action === 'clear') return [];
    const storage = change.action === 'ask' ? 'ask' : change.storage;
    return [{ kind: change.kind, storage, available: storage !== 'ask', matchesDestination: true }];
  });
  return [...kept, ...added];
}
