import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { print } from './figures.js';

const assets = join(import.meta.dirname, '../out/renderer/assets');

/** Size of the window's scripts and styles, gzipped. */
export default function run() {
  const sizeOf = (ending) =>
    readdirSync(assets)
      .filter((name) => name.endsWith(ending))
      .reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0) / 1_000;
  print('window script, gzipped', sizeOf('.js'), 'KB', 200);
  print('window style, gzipped', sizeOf('.css'), 'KB');
}
