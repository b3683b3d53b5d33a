#!/usr/bin/env node
// Starts the built terminal. Plain JavaScript, so that it can say what is missing before anything was built.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = new URL('../out/cli/main.js', import.meta.url);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 20)) {
  console.error(`Relaysmith needs Node 20.20 or newer; this is ${process.versions.node}.`);
  process.exitCode = 70;
} else if (existsSync(fileURLToPath(main))) {
  await import(main.href);
} else {
  console.error('Relaysmith is not built yet.\n  Run: npm run build');
  process.exitCode = 70;
}
