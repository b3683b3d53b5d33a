import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { walkPath } from '../engine/archives/walk.ts';
import { composeBundle, openBundle, readOutline } from '../engine/bundle/bundle-file.ts';
import type { BundledProfile } from '../engine/bundle/payload.ts';
import { openLibrary } from '../engine/profiles/open-library.ts';
import type { ProfileLibrary } from '../engine/profiles/profile-library.ts';
import { createVault } from '../engine/secrets/vault.ts';
import { writeSet } from '../engine/targets/export-folder.ts';
import { planSet } from '../engine/targets/export-set.ts';
import { readSet } from '../engine/targets/import-set.ts';
import { emptySettings, type ProfileSettings } from '../shared/profile.ts';
import type { Result } from '../shared/result.ts';
import { print } from './support/figures.ts';

const PROFILES = 1_000;
const BUNDLED = 5_000;
const TARGETS = ['mattermost', 'keycloak', 'grafana', 'gitlab', 'nextcloud'];

/** How long exports of many, imports of many and bundles take at the sizes that they are bounded to. */
export default async function run(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'relaysmith-bench-'));
  try {
    const library = await libraryOf(join(directory, 'data'));
    await exportAndImport(library, directory);
    await bundles(library);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function exportAndImport(library: ProfileLibrary, directory: string): Promise<void> {
  const stored = must(await library.getMany(null));
  const targets = TARGETS.map((target) => ({ target, options: {} }));
  const { signal } = new AbortController();
  const [plan, planMs] = await timed(async () =>
    must(await planSet(stored, { targets, policy: 'leave-out', combine: false }, signal)),
  );
  const options = {
    policy: 'leave-out' as const,
    replace: false,
    library,
    now: () => new Date(),
    signal,
    onProgress: () => {},
  };
  const [, writeMs] = await timed(async () =>
    must(await writeSet(plan, { ...options, folder: join(directory, 'out') })),
  );
  print(`plan of ${plan.files.length} files (${PROFILES} profiles, ${TARGETS.length} products)`, planMs, 'ms');
  print('  written durably, with manifest', writeMs, 'ms');
  print('  a file', writeMs / plan.files.length, 'ms');

  const [first = { target: '', options: {} }] = targets;
  const one = must(await planSet(stored, { targets: [first], policy: 'leave-out', combine: false }, signal));
  must(await writeSet(one, { ...options, folder: join(directory, 'one') }));
  const walk = (visit: Parameters<typeof walkPath>[1]) => walkPath(join(directory, 'one'), visit);
  const [entries, readMs] = await timed(async () => must(await readSet(walk, { signal, onProgress: () => {} })));
  print(`import of a folder of ${entries.length} files`, readMs, 'ms');
}

async function bundles(library: ProfileLibrary): Promise<void> {
  const [some] = must(await library.getMany(null));
  if (!some) return;
  const profiles = Array.from(
    { length: BUNDLED },
    (_, index): BundledProfile => ({
      profile: { ...some.profile, id: crypto.randomUUID() },
      secrets: { password: `password ${index}` },
    }),
  );
  const bare = profiles.map(({ profile }) => ({ profile, secrets: {} }));
  for (const [words, content, passphrase] of [
    ['without secrets', bare, null],
    ['encrypted', profiles, 'correct horse battery staple'],
  ] as const) {
    const sealing = passphrase === null ? null : { passphrase };
    const [text, saveMs] = await timed(() => composeBundle(content, new Date(), sealing));
    const [, openMs] = await timed(async () =>
      must(await openBundle(must(readOutline(Buffer.from(text))), passphrase)),
    );
    print(`bundle of ${BUNDLED} profiles, ${words}: composed`, saveMs, 'ms');
    print('  opened', openMs, 'ms');
    print('  size', text.length / 1e6, 'MB');
  }
}

async function libraryOf(directory: string): Promise<ProfileLibrary> {
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const library = await openLibrary({ directory, vault: createVault(), now: () => new Date(), user: 'bench', log });
  const settings = Array.from({ length: PROFILES }, (_, index) => ({ settings: profileOf(index), secrets: [] }));
  must(await library.createMany(settings));
  return library;
}

function profileOf(index: number): ProfileSettings {
  const settings = emptySettings();
  settings.name = `Customer ${index} production relay`;
  settings.server.host = `mail.customer-${index}.example.com`;
  settings.signIn.username = `relay@customer-${index}.example.com`;
  settings.sender.from = { address: `noreply@customer-${index}.example.com`, name: `Customer ${index}` };
  return settings;
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const from = performance.now();
  const value = await work();
  return [value, performance.now() - from];
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
