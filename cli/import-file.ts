import { decodeText } from '../engine/files/decode-text.ts';
import type { Engine } from '../engine/index.ts';
import { LIMITS } from '../shared/limits.ts';
import type { ImportPreview } from '../shared/target.ts';
import { isShellPipe, isStdin, readBoundedFile } from './bounded-file.ts';
import { type CliResult, usage } from './failure.ts';
import type { Io } from './io.ts';
import { pickTarget } from './target-ref.ts';

/** Reads a product's file (or stdin, or a shell's pipe) as the engine understands it. Nothing is stored. */
export async function readImport(
  engine: Engine,
  io: Io,
  path: string,
  targetName: string | undefined,
): Promise<CliResult<ImportPreview>> {
  if (path === '') return usage('The name of the file is empty.', 'Name a file, or - for stdin.');
  const named = await targetId(engine, targetName);
  if (!named.ok) return named;
  const target = named.value;
  if (isStdin(path)) {
    const bytes = await io.readStdin(LIMITS.pasteChars);
    if (!bytes) return usage('There is more on stdin than fits.', 'Name the file instead.');
    return readBytes(engine, bytes, 'stdin', target);
  }
  if (await isShellPipe(path)) {
    const read = await readBoundedFile(path, LIMITS.pasteChars);
    return read.ok ? readBytes(engine, read.value, 'the pipe', target) : read;
  }
  // A mail URI holds a password; it must not come back in an error about a missing file.
  if (/^\w+:\/\//.test(path)) {
    return usage(
      'This is an address, not a file. It may hold a password, and it is in your shell history now.',
      'Remove it from the history, and pass it on stdin: relaysmith import -',
    );
  }
  const opened = await engine.client('files.open', { purpose: 'import', path });
  if (!opened.ok) return opened;
  if (!opened.value) return usage('No file was chosen.', 'Name a file, or - for stdin.');
  return engine.client('imports.read', { source: { kind: 'file', token: opened.value.token }, target });
}

async function readBytes(
  engine: Engine,
  bytes: Buffer,
  name: string,
  target: string | null,
): Promise<CliResult<ImportPreview>> {
  if (bytes.length === 0) return usage(`There is nothing on ${name}.`, 'Check the command that writes to it.');
  const decoded = decodeText(bytes, name);
  if (!decoded.ok) return decoded;
  const source = { kind: 'text' as const, text: decoded.value.text, name };
  return engine.client('imports.read', { source, target });
}

async function targetId(engine: Engine, name: string | undefined): Promise<CliResult<string | null>> {
  if (name === undefined) return { ok: true, value: null };
  const targets = await engine.client('targets.list', {});
  if (!targets.ok) return targets;
  const found = pickTarget(targets.value, name);
  return found.ok ? { ok: true, value: found.value.id } : found;
}

/** Index of the profile that is meant: `--index` counts from 1, and must be there when the file holds several. */
export function importIndex(preview: ImportPreview, index: number | undefined): CliResult<number> {
  const count = preview.profiles.length;
  if (index === undefined && count === 1) return { ok: true, value: 0 };
  if (index !== undefined && index <= count) return { ok: true, value: index - 1 };
  const names = preview.profiles.map(({ name }, at) => `${at + 1} "${name}"`).join(', ');
  return usage(
    `The file holds ${count === 1 ? 'one profile' : `${count} profiles`}.`,
    `Choose one with --index: ${names}.`,
  );
}
