import { defineConfig } from 'vite';

/**
 * Builds the terminal and the loopback host to out/cli for plain Node. One chunk per command, so that `--help` loads
 * neither schemas nor mail or keychain libraries; packages stay in node_modules. Only the schema library is built in:
 * every command needs it, and its hundred small files take longer to find than to run.
 */
export default defineConfig({
  ssr: { noExternal: ['zod'] },
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
