import { basename } from 'node:path';
import { ok, type Result } from '../../shared/result.ts';
import { writeDurably } from '../files/write-durably.ts';
import type { FileTokens } from './file-tokens.ts';

/**
 * Writes a text without secrets where the user chose. Errors: TOKEN_UNKNOWN, FILE_IS_LINK, and those of writing; the old
 * file is then as it was.
 */
export async function saveText(
  tokens: FileTokens,
  text: string,
  { destination, followLink }: { destination: string; followLink: boolean },
): Promise<Result<{ file: string; bytes: number }>> {
  const path = tokens.resolve(destination);
  if (!path.ok) return path;
  const written = await writeDurably(path.value, text, { mode: 0o644, followLink });
  return written.ok ? ok({ file: basename(path.value), bytes: written.value.bytes }) : written;
}
