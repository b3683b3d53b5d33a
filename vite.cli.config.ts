import { defineConfig } from 'vite';

/**
 * Builds the terminal and the loopback host to out/cli for plain Node. One chunk per command, so that `--help` loads
 * neither schemas nor mail or keychain libraries; packages stay in node_modules.
 */
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'out/cli',
    target: 'node20',
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      input: { main: 'cli/main.ts', serve: 'cli/serve/index.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
