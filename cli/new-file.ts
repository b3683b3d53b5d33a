import { writeFile } from 'node:fs/promises';
import { LIMITS } from '../shared/limits.ts';
import { readBoundedFile } from './bounded-file.ts';
import { type CliResult, usage } from './failure.ts';

/** Writes PEM into a new file; one that is there already must hold the same, since it may be someone's own. */
export async function writeNewPem(path: string, pem: string, option: string): Promise<CliResult<null>> {
  try {
    await writeFile(path, pem, { flag: 'wx' });
    return { ok: true, value: null };
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code ?? 'unknown';
    if (detail !== 'EEXIST') return { ok: false, error: { code: 'STORAGE_DENIED', facts: { file: path, detail } } };
  }
  const there = await readBoundedFile(path, LIMITS.pem);
  if (there.ok && there.value.toString('utf8') === pem) return { ok: true, value: null };
  return usage(
    'The file for the certificates is there already and holds something else.',
    `Name another --${option}, or remove it.`,
  );
}
