import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleForNode } from '../../support/bundle-child.ts';
import { newDirectory } from './library-fixture.ts';
import { killRound } from './processes.ts';

const ROUNDS = 150;

let bundle: string;
let directory: string;

beforeAll(async () => {
  bundle = await bundleForNode(fileURLToPath(new URL('./writer-child.ts', import.meta.url)));
  directory = await newDirectory();
}, 60_000);
afterAll(async () => {
  await rm(dirname(bundle), { recursive: true, force: true });
  await rm(directory, { recursive: true, force: true });
});

test(`a library outlives ${ROUNDS} writers that are killed at random moments`, { timeout: 600_000 }, async () => {
  let profiles = 0;
  for (let round = 0; round < ROUNDS; round += 1) profiles = await killRound(bundle, directory, round);
  expect(profiles).toBeGreaterThanOrEqual(ROUNDS);
});
