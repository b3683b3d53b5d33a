import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Serves the window on a fake client, to work on its looks: `npx vite --config test/renderer/harness/vite.config.ts`. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  cacheDir: resolve(import.meta.dirname, '../../../.cache/vite-harness'),
  server: { host: '127.0.0.1', fs: { allow: [resolve(import.meta.dirname, '../../..')] } },
});
