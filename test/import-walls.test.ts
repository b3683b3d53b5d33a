import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const LAYERS = ['electron', 'cli', 'engine', 'shared', 'renderer'] as const;
type Layer = (typeof LAYERS)[number];

/** Layers that each layer may import besides itself. */
const ALLOWED: Record<Layer, readonly Layer[]> = {
  electron: ['engine', 'shared'],
  cli: ['engine', 'shared'],
  engine: ['shared'],
  renderer: ['shared'],
  shared: [],
};

const builtins = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));

function sourcesOf(directory: string): string[] {
  return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return sourcesOf(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** Every module specifier of a file: static, dynamic, re-exported, type-only, and `import.meta.glob`. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const pattern = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*|\bglob\s*\(\s*)(['"])([^'"\n]+)\1/g;
  return [...text.matchAll(pattern)].map((match) => match[2] ?? '');
}

function layerOf(file: string, specifier: string): string {
  return relative(root, resolve(root, dirname(file), specifier)).split(/[\\/]/)[0] ?? '';
}

describe.each(LAYERS)('the wall around %s/', (layer) => {
  const edges = sourcesOf(layer).flatMap((file) => importsOf(file).map((specifier) => ({ file, specifier })));

  it('has sources to look at', () => {
    expect(sourcesOf(layer).length).toBeGreaterThan(3);
  });

  it('lets only allowed layers in', () => {
    const allowed: readonly string[] = [layer, ...ALLOWED[layer]];
    const wrong = edges
      .filter(({ specifier }) => specifier.startsWith('.'))
      .filter(({ file, specifier }) => {
        const target = layerOf(file, specifier);
        return !allowed.includes(target) && target !== 'package.json';
      });
    expect(wrong).toEqual([]);
  });

  it.runIf(layer !== 'electron')('does not import electron', () => {
    expect(edges.filter(({ specifier }) => /^electron(-store)?(\/|$)/.test(specifier))).toEqual([]);
  });

  it.runIf(layer === 'shared' || layer === 'renderer')('does not import Node', () => {
    expect(edges.filter(({ specifier }) => builtins.has(specifier))).toEqual([]);
  });

  it.runIf(layer === 'shared')('imports nothing from outside but zod/mini', () => {
    const packages = edges.map(({ specifier }) => specifier).filter((specifier) => !specifier.startsWith('.'));
    expect([...new Set(packages)]).toEqual(['zod/mini']);
  });
});

describe('the import scanner', () => {
  it('sees every way to import', () => {
    const found = importsOf('test/fixtures/imports-sample.txt');
    expect(found).toEqual([
      './static.ts',
      './side-effect.ts',
      './dynamic.ts',
      './re-export.ts',
      './type.ts',
      'node:fs',
    ]);
  });
});
