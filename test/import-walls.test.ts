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

const IMPORTS = [
  /^\s*(?:import|export)\s[^'"`;]*?\bfrom\s*(['"])([^'"\n]+)\1/gm,
  /^\s*import\s*(['"])([^'"\n]+)\1/gm,
  /\b(?:import|require|import\.meta\.glob)\s*\(\s*(['"])([^'"\n]+)\1/g,
];

/** Every module specifier of a file: static, side effect, re-export, type-only, dynamic, require, glob. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return IMPORTS.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[2] ?? ''));
}

/** package.json, for the version. */
function isManifest(file: string, specifier: string): boolean {
  return resolve(root, dirname(file), specifier) === join(root, 'package.json');
}

function layerOf(file: string, specifier: string): string {
  return relative(root, resolve(root, dirname(file), specifier)).split(/[\\/]/)[0] ?? '';
}

const edgesOf = (layer: Layer) =>
  sourcesOf(layer).flatMap((file) => importsOf(file).map((specifier) => ({ file, specifier })));

describe('the walls between the layers', () => {
  it.each(LAYERS)('%s/ has sources to look at', (layer) => {
    expect(sourcesOf(layer).length).toBeGreaterThan(3);
  });

  it.each(LAYERS)('%s/ imports only the layers that it may', (layer) => {
    const allowed: readonly string[] = [layer, ...ALLOWED[layer]];
    const wrong = edgesOf(layer)
      .filter(({ specifier }) => specifier.startsWith('.'))
      .filter(({ file, specifier }) => !allowed.includes(layerOf(file, specifier)) && !isManifest(file, specifier));
    expect(wrong).toEqual([]);
  });

  it.each(LAYERS.filter((layer) => layer !== 'electron'))('%s/ does not import electron', (layer) => {
    expect(edgesOf(layer).filter(({ specifier }) => /^electron(-store)?(\/|$)/.test(specifier))).toEqual([]);
  });

  it.each(['shared', 'renderer'] as const)('%s/ does not import Node', (layer) => {
    expect(edgesOf(layer).filter(({ specifier }) => builtins.has(specifier))).toEqual([]);
  });

  it('renderer/ takes only types from the contract, whose schemas are the other side’s work', () => {
    const takesValues = /^import (?!type )(?:\{(?! type [^,}]*\})|\*)[^;]*from '[^']*shared\/contract\.ts'/m;
    const wrong = sourcesOf('renderer').filter((file) => takesValues.test(readFileSync(join(root, file), 'utf8')));
    expect(wrong).toEqual([]);
  });

  it('shared/ imports nothing from outside but zod/mini', () => {
    const packages = edgesOf('shared')
      .map(({ specifier }) => specifier)
      .filter((specifier) => !specifier.startsWith('.'));
    expect([...new Set(packages)]).toEqual(['zod/mini']);
  });
});

describe('the import scanner', () => {
  it('sees every way to import', () => {
    const found = importsOf('test/fixtures/imports-sample.txt');
    expect(found).toEqual([
      './static.ts',
      './re-export.ts',
      './type.ts',
      './lines.ts',
      './side-effect.ts',
      './dynamic.ts',
      'node:fs',
    ]);
  });
});
