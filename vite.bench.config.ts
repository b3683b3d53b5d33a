import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';

const directory = join(import.meta.dirname, 'bench');
const benchmarks = readdirSync(directory).filter((name) => name.endsWith('.ts'));

/** Builds each benchmark of bench/, with the engine's code that it measures, to out/bench for plain Node. */
export default defineConfig({
  ssr: { noExternal: ['zod'] },
  build: {
    ssr: true,
    outDir: 'out/bench',
    target: 'node20',
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      input: Object.fromEntries(benchmarks.map((name) => [name.slice(0, -3), join(directory, name)])),
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
