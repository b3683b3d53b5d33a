#!/usr/bin/env node
// `npm run bench [-- NAME ...]`: measures what the project promises about speed and size, against stated aims.
// Needs a build. Each benchmark prints its figures; none of them decides whether the tests pass.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const directory = join(dirname(fileURLToPath(import.meta.url)), '../bench');
const all = readdirSync(directory)
  .filter((name) => name.endsWith('.js'))
  .map((name) => name.slice(0, -3))
  .filter((name) => name !== 'figures');
const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : all;
const unknown = wanted.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  process.exit(2);
}
for (const name of wanted) {
  console.log(`\n== ${name}`);
  const { default: run } = await import(join(directory, `${name}.js`));
  await run();
}
