import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { print } from './support/figures.ts';
import { ROOT } from './support/root.ts';

const renderer = join(ROOT, 'out/renderer');
const assets = join(renderer, 'assets');

/** Size of the window's scripts and styles, gzipped: what it starts with, and what it fetches once it stands. */
export default function run(): void {
  const all = readdirSync(assets);
  const page = readFileSync(join(renderer, 'index.html'), 'utf8');
  const scripts = all.filter((name) => name.endsWith('.js'));
  const first = new Set(scripts.filter((name) => page.includes(name)).flatMap((name) => [...withImports(name)]));
  const later = scripts.filter((name) => !first.has(name));
  print('window script at start, gzipped', sizeOf([...first]), 'KB', { below: 200 });
  print('window script fetched later, gzipped', sizeOf(later), 'KB');
  print('window style, gzipped', sizeOf(all.filter((name) => name.endsWith('.css'))), 'KB');
}

function sizeOf(names: readonly string[]): number {
  return names.reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0) / 1_000;
}

/** A script and all that it imports before it runs, by name. */
function withImports(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  const text = readFileSync(join(assets, name), 'utf8');
  for (const [, imported] of text.matchAll(/(?:from|import)"\.\/([\w.-]+\.js)"/g)) withImports(imported ?? name, found);
  return found;
}
