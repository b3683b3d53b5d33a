import type { Readable } from 'node:stream';
import * as yauzl from 'yauzl';
import type { AppError } from '../../shared/errors.ts';
import { appErrorOf } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { Budget, type FoundFile, nameProblem, refusedArchive, refusedEntry, unread, type Visit } from './found.ts';

/** Times that an entry may grow; text compresses to a tenth, a bomb to a thousandth. */
const MAX_RATIO = 200;
/** A small entry may grow as it likes. */
const RATIO_FROM = 1024 * 1024;

const LINK = 0o120000;
const KIND = 0o170000;
/** "Version made by" of systems whose entries have Unix modes: Unix and macOS (APPNOTE 4.4.2). */
const UNIX_HOSTS = new Set([3, 19]);

/** Reads the files of a zip in memory, one after another. Errors: ARCHIVE_REFUSED, and what `visit` gives. */
export async function walkZip(bytes: Uint8Array, visit: Visit): Promise<Result<void>> {
  const budget = new Budget();
  try {
    // Names stay bytes: yauzl would refuse the whole archive for one bad name.
    const zip = await yauzl.fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
      decodeStrings: false,
    });
    for await (const entry of zip.eachEntry()) {
      const path = nameOf(entry);
      const over = budget.file();
      if (over) return fail(over);
      if (/[/\\]$/.test(path)) continue;
      const file = await readEntry(zip, entry, path, budget);
      if ('code' in file) return fail(file);
      const end = await visit(file);
      if (end) return fail(end);
    }
    return ok(undefined);
  } catch (cause) {
    return fail(refusedArchive(`It is damaged or no zip: ${wordsOf(cause)}`));
  }
}

async function readEntry(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  path: string,
  budget: Budget,
): Promise<FoundFile | AppError> {
  const reason = nameProblem(path) ?? kindProblem(entry);
  if (reason) return refusedEntry(path, reason);
  if (entry.uncompressedSize > LIMITS.importBytes) {
    return unread(path, appErrorOf('INPUT_TOO_LARGE', { what: path, max: LIMITS.importBytes }));
  }
  if (entry.uncompressedSize > RATIO_FROM && entry.uncompressedSize > entry.compressedSize * MAX_RATIO) {
    return refusedArchive(
      `${path} would grow more than ${MAX_RATIO} times. That is how archives are made to fill a machine.`,
    );
  }
  let stream: Readable;
  try {
    stream = await zip.openReadStreamPromise(entry);
  } catch (cause) {
    return refusedEntry(path, wordsOf(cause));
  }
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const over = budget.bytes(chunk.length);
      if (over) return over;
      chunks.push(chunk);
    }
  } catch (cause) {
    return refusedEntry(path, wordsOf(cause));
  }
  return { path, bytes: Buffer.concat(chunks), error: null };
}

function kindProblem(entry: yauzl.Entry): string | null {
  const mode = UNIX_HOSTS.has(entry.versionMadeBy >>> 8) ? entry.externalFileAttributes >>> 16 : 0;
  if ((mode & KIND) === LINK) return 'it is a link.';
  if (entry.isEncrypted()) return 'it is encrypted. Unpack the archive and import the folder.';
  return entry.canDecodeFileData() ? null : 'it is compressed in a way that only newer programs know.';
}

/** UTF-8 where it is that, else one character for each byte: the name is only shown. */
function nameOf({ fileName }: yauzl.Entry): string {
  const raw = fileName as unknown as Buffer;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return raw.toString('latin1');
  }
}

/** yauzl's messages tell of sizes and offsets, and of nothing inside. */
function wordsOf(cause: unknown): string {
  return cause instanceof Error ? `${cause.message.slice(0, 200)}.` : 'it cannot be read.';
}
