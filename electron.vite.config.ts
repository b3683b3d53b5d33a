import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const here = import.meta.dirname;

/** The window speaks English, so the words of react-aria in thirty other languages give way to the English ones. */
const englishOnly = {
  name: 'english-only',
  enforce: 'pre' as const,
  load: (id: string) =>
    /react-aria.*\/intl\/[^/]+\/(?!en-US)[a-z]{2}-[A-Z]{2}\.mjs$/.test(id)
      ? "export { default } from './en-US.mjs';"
      : null,
};

/** Builds the desktop host (main, preload) and the window that both hosts show. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: { input: { index: resolve(here, 'electron/main.ts') } },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload is one CommonJS file that requires nothing else.
      externalizeDeps: false,
      rollupOptions: {
        input: { index: resolve(here, 'electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(here, 'renderer'),
    build: {
      outDir: resolve(here, 'out/renderer'),
      minify: 'oxc',
      modulePreload: false,
      // Every asset is a file of its own origin: the CSP takes no data: fonts.
      assetsInlineLimit: 0,
      // Both hosts run a current Chromium or an evergreen browser: light-dark() and nesting stay as written.
      target: 'es2023',
      cssTarget: ['chrome130', 'firefox133', 'safari18.2'],
      // One file by design: it comes from memory or loopback, and one request is the fastest.
      chunkSizeWarningLimit: 800,
      rollupOptions: { input: { index: resolve(here, 'renderer/index.html') } },
    },
    plugins: [react(), englishOnly],
  },
});
