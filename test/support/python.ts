import { spawnSync } from 'node:child_process';

/**
 * The first Python that has a module, or null with the reason printed; in CI a missing one is an error. Debian's own
 * interpreter has the modules of Debian's packages, and another one may stand before it on the path.
 * @param debianPackage What to install for it.
 */
export function pythonWith(module: string, debianPackage: string): string | null {
  for (const python of ['python3', '/usr/bin/python3']) {
    if (spawnSync(python, ['-c', `import ${module}`]).status === 0) return python;
  }
  const reason = `no python3 has the module ${module} (Debian package ${debianPackage})`;
  if (process.env.CI) throw new Error(`A test cannot run: ${reason}`);
  console.warn(`Skipped: ${reason}`);
  return null;
}
