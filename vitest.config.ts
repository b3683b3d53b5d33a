import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/**
 * Projects: `unit` is quick and needs only Node; `system` needs a keychain, root, real mail servers or the full build.
 * The real `electron` module would fetch its binary on import, so its double takes its place, in electron-store too.
 */
const shared = {
  alias: { electron: resolve(import.meta.dirname, 'test/support/electron-double.ts') },
  server: { deps: { inline: ['electron-store'] } },
  setupFiles: [resolve(import.meta.dirname, 'test/support/seed.ts')],
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          // A guard against hanging, not a measure of speed.
          testTimeout: 20_000,
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', '**/*.system.test.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'system',
          include: ['test/**/*.system.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
