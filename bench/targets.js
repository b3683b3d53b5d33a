import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { print, summary } from './figures.js';
import { realmExport } from './support/realm.js';
import { buildSources } from './support/sources.js';

const PROFILES = 10_000;
const REALM_BYTES = 20_000_000;
const RUNS = 7;

/** How long it takes to write many profiles, and to read and merge into a large file, against JSON's own functions. */
export default async function run() {
  const urls = await buildSources({
    exports: 'engine/targets/export.ts',
    imports: 'engine/targets/import.ts',
    profile: 'shared/profile.ts',
  });
  const [{ compose }, { readText }, { emptySettings }] = await Promise.all(
    [urls.exports, urls.imports, urls.profile].map((url) => import(url)),
  );
  manyProfiles(compose, emptySettings, 'mattermost');
  manyProfiles(compose, emptySettings, 'keycloak');
  largeRealm(compose, readText, emptySettings);
  realmMemory(urls);
}

/** Whole exports, with the check of the settings, against JSON.stringify of the profiles and of the files' content. */
function manyProfiles(compose, emptySettings, target) {
  const profiles = Array.from({ length: PROFILES }, (_, index) => profileOf(emptySettings(), index));
  const request = { target, options: {}, policy: 'leave-out', into: null };
  const write = () => profiles.map((settings) => must(compose(settings, {}, request)).text);
  const contents = write().map((text) => JSON.parse(text));
  const ours = median(write);
  const stringify = median(() => profiles.map((settings) => JSON.stringify(settings, null, 4)));
  print(`${PROFILES} profiles to ${target}`, ours, 'ms');
  print('  JSON.stringify of the profiles', stringify, 'ms');
  print('  JSON.stringify of what is written', median(() => contents.map((content) => JSON.stringify(content, null, 4))), 'ms');
  print('  times JSON.stringify of the profiles', ours / stringify, 'x', 2);
}

function largeRealm(compose, readText, emptySettings) {
  const text = realmExport(REALM_BYTES);
  const settings = profileOf(emptySettings(), 1);
  const request = { target: 'keycloak', options: {}, policy: 'leave-out', into: { text, bom: false } };
  const json = median(() => JSON.stringify(JSON.parse(text), null, 2));
  const read = median(() => must(readText(text, 'realm.json', null)));
  const merge = median(() => must(compose(settings, {}, request)));
  print(`realm export of ${(text.length / 1e6).toFixed(1)} MB, parse and stringify`, json, 'ms');
  print('  import', read, 'ms');
  print('  merge', merge, 'ms');
  print('  import, times parse and stringify', read / json, 'x', 3);
  print('  merge, times parse and stringify', merge / json, 'x', 3);
}

function realmMemory(urls) {
  const directory = mkdtempSync(join(tmpdir(), 'relaysmith-bench-'));
  try {
    const file = join(directory, 'realm.json');
    const text = realmExport(REALM_BYTES);
    writeFileSync(file, text);
    const child = join(import.meta.dirname, 'support/realm-memory.js');
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--expose-gc', child, JSON.stringify(urls), file], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    print('  memory for import and merge, times its size', Number(stdout) / Buffer.byteLength(text), 'x', 5);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function profileOf(settings, index) {
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

function median(work) {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return summary(times).median;
}

function must(result) {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
