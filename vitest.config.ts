import { defineConfig } from 'vitest/config';

/** Projects: `unit` is quick and needs only Node; `system` needs keychain, mail servers or a full build. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/e2e/**', '**/*.system.test.ts'] } },
      { test: { name: 'system', include: ['test/**/*.system.test.ts'], fileParallelism: false, testTimeout: 60_000 } },
    ],
  },
});
