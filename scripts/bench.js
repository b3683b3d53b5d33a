#!/usr/bin/env node
// `npm run bench [-- NAME ...]`: measures what the project promises about speed and size, against stated aims.
// Needs `npm run build`. Each benchmark prints its figures; none of them decides whether the tests pass.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const all = readdirSync(join(root, 'bench'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -3));
const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : all;
const unknown = wanted.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  process.exit(2);
}

const vite = join(root, 'node_modules/vite/bin/vite.js');
const build = ['build', '--config', 'vite.bench.config.ts', '--logLevel', 'warn'];
if (spawnSync(process.execPath, [vite, ...build], { stdio: 'inherit' }).status !== 0) process.exit(1);

for (const name of wanted) {
  console.log(`\n== ${name}`);
  const { default: run } = await import(join(root, 'out/bench', `${name}.js`));
  await run();
}
