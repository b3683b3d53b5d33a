import { gunzip } from 'node:zlib';
import { extract, type Headers } from 'tar-stream';
import { type AppError, appErrorOf } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { Budget, nameProblem, refusedArchive, refusedEntry, unread, type Visit } from './found.ts';

const CHUNK_BYTES = 64 * 1024;

/** Unpacks gzip, bounded. Error: ARCHIVE_REFUSED. */
export function unzipped(bytes: Uint8Array): Promise<Result<Uint8Array>> {
  return new Promise((resolve) => {
    gunzip(bytes, { maxOutputLength: LIMITS.setBytes }, (error, output) => {
      if (!error) return resolve(ok(output));
      const isLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
      const reason = isLarge
        ? `Unpacked it is larger than ${LIMITS.setBytes / 1024 / 1024} MB.`
        : 'It is cut off or damaged.';
      resolve(fail(refusedArchive(reason)));
    });
  });
}

/** Reads the files of a tar in memory, one after another. Errors: ARCHIVE_REFUSED, and what `visit` gives. */
export async function walkTar(bytes: Uint8Array, visit: Visit): Promise<Result<void>> {
  const budget = new Budget();
  const archive = extract();
  // Fed chunk by chunk as entries are taken, so that nothing piles up.
  const feeding = feed(archive, bytes);
  try {
    for await (const entry of archive) {
      const { header } = entry;
      const over = budget.file() ?? budget.bytes(header.size ?? 0);
      if (over) return fail(over);
      const isFolder = header.type === 'directory';
      const problem = problemWith(header);
      const chunks: Buffer[] = [];
      for await (const chunk of entry as AsyncIterable<Buffer>) if (!isFolder && problem === null) chunks.push(chunk);
      if (isFolder) continue;
      const end = await visit(problem ?? { path: header.name, bytes: Buffer.concat(chunks), error: null });
      if (end) return fail(end);
    }
    await feeding;
    return ok(undefined);
  } catch {
    return fail(refusedArchive('It is cut off or damaged.'));
  } finally {
    archive.destroy();
  }
}

function problemWith({ name, type, size = 0 }: Headers) {
  if (type === 'symlink' || type === 'link') return refusedEntry(name, 'it is a link.');
  if (type !== 'file' && type !== 'contiguous-file') return refusedEntry(name, 'it is no regular file.');
  const reason = nameProblem(name);
  if (reason) return refusedEntry(name, reason);
  if (size <= LIMITS.importBytes) return null;
  return unread(name, tooLarge(name));
}

function tooLarge(what: string): AppError {
  return appErrorOf('INPUT_TOO_LARGE', { what, max: LIMITS.importBytes });
}

async function feed(archive: ReturnType<typeof extract>, bytes: Uint8Array): Promise<void> {
  const closed = new Promise((resolve) => archive.once('close', resolve));
  for (let at = 0; at < bytes.length && !archive.destroyed; at += CHUNK_BYTES) {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(CHUNK_BYTES, bytes.length - at));
    if (!archive.write(chunk)) await Promise.race([new Promise((drained) => archive.once('drain', drained)), closed]);
  }
  archive.end();
}
