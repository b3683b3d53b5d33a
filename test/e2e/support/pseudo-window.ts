import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build, type Plugin, preview } from 'vite';

const harness = resolve(import.meta.dirname, '../../renderer/harness');
const words = resolve(import.meta.dirname, 'pseudo-locale.ts');

/** The window on a fake client, in the language that does not exist. */
export interface PseudoWindow {
  url: string;
  close(): Promise<void>;
}

/** Builds it into a temporary directory and serves it on loopback. */
export async function startPseudoWindow(): Promise<PseudoWindow> {
  const outDir = mkdtempSync(join(tmpdir(), 'relaysmith-pseudo-'));
  const shared = { configFile: join(harness, 'vite.config.ts'), logLevel: 'warn' as const };
  await build({
    ...shared,
    plugins: [longWords()],
    build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 2_000 },
  });
  const server = await preview({ ...shared, build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
  return {
    url: server.resolvedUrls?.local[0] ?? '',
    async close() {
      await server.close();
      rmSync(outDir, { recursive: true });
    },
  };
}

/** Translates each file of the catalogue as it is loaded. */
function longWords(): Plugin {
  return {
    name: 'pseudo-locale',
    enforce: 'pre',
    transform(code, id) {
      if (!/renderer[\\/]text[\\/][^\\/]+\.ts$/.test(id)) return null;
      const names = [...code.matchAll(/^export const (\w+)/gm)].map((match) => match[1]);
      const calls = names.map((name) => `pseudoLocale(${name});`);
      return `import { pseudoLocale } from ${JSON.stringify(words)};\n${code}\n${calls.join('\n')}\n`;
    },
  };
}
