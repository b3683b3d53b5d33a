import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { compose } from '../engine/targets/export.ts';
import { readText } from '../engine/targets/import.ts';
import { emptySettings, type ProfileSettings } from '../shared/profile.ts';
import type { Result } from '../shared/result.ts';
import { print, summary } from './support/figures.ts';
import { realmExport } from './support/realm.ts';
import { memoryForRealm } from './support/realm-memory.ts';

export { printMemoryForRealm } from './support/realm-memory.ts';

const PROFILES = 10_000;
const REALM_BYTES = 20_000_000;
const RUNS = 7;

/** How long it takes to write many profiles, and to read and merge into a large file, against JSON's own functions. */
export default function run(): void {
  manyProfiles('mattermost');
  manyProfiles('keycloak');
  const realm = realmExport(REALM_BYTES);
  largeRealm(realm);
  if (process.platform === 'linux') realmMemory(realm);
}

/** Whole exports against JSON.stringify of the profiles, and of what stands in the files. */
function manyProfiles(target: string): void {
  const profiles = Array.from({ length: PROFILES }, (_, index) => profileOf(index));
  const request = { target, options: {}, policy: 'leave-out' as const, into: null };
  const write = () => profiles.map((settings) => must(compose(settings, {}, request)).text);
  const contents = write().map((text) => JSON.parse(text) as unknown);
  const stringified = (values: readonly unknown[]) => () => values.map((value) => JSON.stringify(value, null, 4));
  const [ours, ofProfiles, ofContents] = medians([write, stringified(profiles), stringified(contents)]);
  print(`${PROFILES} profiles to ${target}`, ours, 'ms');
  print('  JSON.stringify of the profiles', ofProfiles, 'ms');
  print('  JSON.stringify of what the files hold', ofContents, 'ms');
  print('  times JSON.stringify of the profiles', ours / ofProfiles, 'x', { below: 2 });
}

function largeRealm(text: string): void {
  const settings = profileOf(1);
  const into = { text, bom: false };
  const request = { target: 'keycloak', options: {}, policy: 'leave-out' as const, into };
  const [json, read, merge] = medians([
    () => JSON.stringify(JSON.parse(text), null, 2),
    () => must(readText(text, 'realm.json', null)),
    () => must(compose(settings, {}, request)),
  ]);
  print(`realm export of ${(text.length / 1e6).toFixed(1)} MB, JSON.parse and stringify`, json, 'ms');
  print('  import', read, 'ms');
  print('  merge', merge, 'ms');
  print('  import, times parse and stringify', read / json, 'x', { below: 3 });
  print('  merge, times parse and stringify', merge / json, 'x', { below: 3 });
}

function realmMemory(text: string): void {
  const directory = mkdtempSync(join(tmpdir(), 'relaysmith-bench-'));
  try {
    const file = join(directory, 'realm.json');
    writeFileSync(file, text);
    const times = memoryForRealm(file) / Buffer.byteLength(text);
    print('  memory for import and merge, times its size', times, 'x', { below: 5 });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function profileOf(index: number): ProfileSettings {
  const settings = emptySettings();
  settings.name = `Customer ${index} production relay`;
  settings.organizations = [`Customer ${index}`];
  settings.server.host = `mail.customer-${index}.example.com`;
  settings.server.security = index % 3 === 0 ? 'tls' : 'starttls';
  settings.server.port = index % 3 === 0 ? 465 : 587;
  settings.signIn.username = `relay@customer-${index}.example.com`;
  settings.sender.from = { address: `noreply@customer-${index}.example.com`, name: `Büro "${index}"` };
  settings.sender.replyTo = { address: `help@customer-${index}.example.com`, name: 'Help' };
  return settings;
}

/** The median time of each work, in milliseconds; in turns, so that a busy moment of the machine meets all alike. */
function medians<const W extends readonly (() => unknown)[]>(works: W): { [I in keyof W]: number } {
  const times = works.map((): number[] => []);
  for (let run = 0; run < RUNS; run++) {
    for (const [index, work] of works.entries()) {
      const start = performance.now();
      work();
      times[index]?.push(performance.now() - start);
    }
  }
  return times.map((each) => summary(each).median) as { [I in keyof W]: number };
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
