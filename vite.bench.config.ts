import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';

const directory = join(import.meta.dirname, 'bench');
/** Benchmarks, and the programs that they start as processes of their own. */
const entries = ['', 'programs/'].flatMap((folder) =>
  readdirSync(join(directory, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}${name.slice(0, -3)}`),
);

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
      input: Object.fromEntries(entries.map((name) => [name, join(directory, `${name}.ts`)])),
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
