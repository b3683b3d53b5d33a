import type { Engine } from '../engine/index.ts';
import { type CliResult, usage } from './failure.ts';

/** The token of a path to write to; its folder must be there. Errors: FILE_NOT_FOUND, FILE_NOT_REGULAR. */
export async function chooseFile(engine: Engine, path: string): Promise<CliResult<string>> {
  const chosen = await engine.client('files.save', { suggestedName: 'result', path });
  if (!chosen.ok) return chosen;
  return chosen.value ? { ok: true, value: chosen.value.token } : usage('There is no file name.', 'Name a file.');
}
