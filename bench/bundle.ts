import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { print } from './support/figures.ts';
import { ROOT } from './support/root.ts';

const assets = join(ROOT, 'out/renderer/assets');

/** Size of the window's scripts and styles, gzipped. */
export default function run(): void {
  const sizeOf = (ending: string) =>
    readdirSync(assets)
      .filter((name) => name.endsWith(ending))
      .reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0) / 1_000;
  print('window script, gzipped', sizeOf('.js'), 'KB', { below: 200 });
  print('window style, gzipped', sizeOf('.css'), 'KB');
}
