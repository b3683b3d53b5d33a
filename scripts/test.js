#!/usr/bin/env node
// `npm test`: everything, in the order in which a failure is cheapest to meet. Ends with one line of totals.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const results = join(root, 'test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

let passed = 0;
let failed = 0;
let skipped = 0;

step('Types', ['tsc', '--build']);
step('Lint', ['biome', 'check', '--error-on-warnings']);
vitest('unit');
build();
vitest('system');
browser();

console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);

/** A step that counts as one test: it passes or fails as a whole. */
function step(title, command) {
  if (run(title, command) === 0) passed += 1;
  else failed += 1;
}

function build() {
  step('Build', ['npm', 'run', '--silent', 'build']);
}

function vitest(project) {
  const file = join(results, `${project}.json`);
  const status = run(`Tests: ${project}`, [
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const report = read(file);
  count(
    status,
    report?.numPassedTests,
    report?.numFailedTests,
    (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  );
}

function browser() {
  const file = join(results, 'e2e.json');
  const status = run(
    'Tests: window in the browser',
    ['playwright', 'test', '--config', 'test/e2e/playwright.config.ts'],
    {
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    },
  );
  const stats = read(file)?.stats;
  count(status, (stats?.expected ?? 0) + (stats?.flaky ?? 0), stats?.unexpected, stats?.skipped);
}

/** A runner that dies without a report, or fails outside any test, is a failure too. */
function count(status, passedNow = 0, failedNow = 0, skippedNow = 0) {
  passed += passedNow;
  skipped += skippedNow;
  failed += failedNow === 0 && status !== 0 ? 1 : failedNow;
}

function run(title, [command, ...args], env = {}) {
  console.log(`\n== ${title}`);
  const binary = join(root, 'node_modules/.bin', command);
  const { status } = spawnSync(existsSync(binary) ? binary : command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  return status ?? 1;
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
