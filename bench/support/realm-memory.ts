import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compose } from '../../engine/targets/export.ts';
import { readBytes } from '../../engine/targets/import.ts';
import { emptySettings } from '../../shared/profile.ts';
import { ROOT } from './root.ts';

/**
 * Imports a realm export and merges into it in a process of its own. Returns how far its memory rose, at its highest,
 * above what it was before the file was read, in bytes. Linux only.
 */
export function memoryForRealm(file: string): number {
  const bundle = JSON.stringify(join(ROOT, 'out/bench/targets.js'));
  const script = `(await import(${bundle})).printMemoryForRealm(${JSON.stringify(file)})`;
  const child = spawnSync(process.execPath, ['--expose-gc', '--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  if (child.status !== 0) throw new Error(child.stderr);
  return Number(child.stdout);
}

/** The child's part of {@link memoryForRealm}. */
export function printMemoryForRealm(file: string): void {
  const settings = emptySettings();
  settings.name = 'Acme';
  settings.server.host = 'mail.example.com';
  globalThis.gc?.();
  // Forgets the peak of the start (proc(5), clear_refs).
  writeFileSync('/proc/self/clear_refs', '5');
  const before = process.memoryUsage.rss();
  const bytes = readFileSync(file);
  const read = readBytes(bytes, 'realm.json', null);
  const into = { text: bytes.toString('utf8'), bom: false };
  const merged = compose(settings, {}, { target: 'keycloak', options: {}, policy: 'leave-out', into });
  if (!read.ok || !merged.ok) throw new Error('The realm was not read.');
  const peak = Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1_024;
  console.log(peak - before);
}
