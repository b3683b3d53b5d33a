import { X509Certificate } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, resolve } from 'node:path';
import { appErrorOf } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { HandlerGroup } from '../dispatch.ts';
import { decodeText } from '../files/decode-text.ts';
import { readBounded } from '../files/read-bounded.ts';
import type { FilesPort } from '../ports.ts';
import type { FileTokens } from './file-tokens.ts';

/** Requests that choose files. A door with dialogs never takes a path from its window. */
export function fileHandlers(port: FilesPort, tokens: FileTokens): HandlerGroup<'files'> {
  const choose = async (
    path: string | null,
    dialog: () => Promise<string | null>,
    what: 'file' | 'folder' = 'file',
  ): Promise<Result<string | null>> => {
    if (port.kind === 'dialog') {
      if (path === null) return ok(await dialog());
      return fail(appErrorOf('NOT_AVAILABLE', { what: 'Typing a path', instead: `Choose the ${what} in the dialog.` }));
    }
    if (path === null || path === '') {
      return fail(appErrorOf('NOT_AVAILABLE', { what: 'A file dialog', instead: `Type the path of the ${what}.` }));
    }
    return ok(isAbsolute(path) ? path : resolve(path));
  };

  return {
    'files.open': async ({ purpose, path }) => {
      const chosen = await choose(path, () => port.open(purpose));
      if (!chosen.ok || chosen.value === null) return chosen as Result<null>;
      const file = await stat(chosen.value).catch(() => null);
      if (!file) return fail(appErrorOf('FILE_NOT_FOUND', { file: path ?? basename(chosen.value) }));
      if (!file.isFile()) return fail(appErrorOf('FILE_NOT_REGULAR', { file: path ?? basename(chosen.value) }));
      return ok({ token: tokens.issue(chosen.value), name: basename(chosen.value), bytes: file.size });
    },
    'files.save': async ({ suggestedName, path }) => {
      const chosen = await choose(path, () => port.save(suggestedName));
      if (!chosen.ok || chosen.value === null) return chosen as Result<null>;
      const target = chosen.value;
      const directory = await stat(dirname(target)).catch(() => null);
      if (!directory?.isDirectory()) return fail(appErrorOf('FILE_NOT_FOUND', { file: dirname(path ?? target) }));
      const existing = await stat(target).catch(() => null);
      if (existing && !existing.isFile())
        return fail(appErrorOf('FILE_NOT_REGULAR', { file: path ?? basename(target) }));
      return ok({ token: tokens.issue(target), name: basename(target), exists: existing !== null });
    },
    'files.folder': async ({ purpose, path }) => {
      const chosen = await choose(path, () => port.folder(purpose), 'folder');
      if (!chosen.ok || chosen.value === null) return chosen as Result<null>;
      const folder = chosen.value;
      const shown = path ?? basename(folder);
      const found = await stat(folder).catch(() => null);
      if (found && !found.isDirectory()) return fail(appErrorOf('NOT_A_FOLDER', { name: shown }));
      const above = found ?? (purpose === 'export' ? await stat(dirname(folder)).catch(() => null) : null);
      if (!above?.isDirectory()) return fail(appErrorOf('FILE_NOT_FOUND', { file: shown }));
      const entries = found ? await readdir(folder).catch(() => null) : [];
      if (!entries) return fail(appErrorOf('FILE_UNREADABLE', { file: shown, detail: 'permission denied' }));
      return ok({ token: tokens.issue(folder), name: basename(folder), entries: entries.length });
    },
    'files.readCertificates': async ({ token }) => {
      const path = tokens.resolve(token);
      if (!path.ok) return path;
      const read = await readBounded(path.value, LIMITS.pem);
      if (!read.ok) return read;
      const text = decodeText(read.value.bytes, basename(path.value));
      if (!text.ok) return text;
      return certificatesOf(text.value.text);
    },
  };
}

/** Keeps the certificates of a PEM text, and revocation lists; refuses private keys and texts without either. */
function certificatesOf(text: string): Result<{ pem: string }> {
  const refuse = (message: string) =>
    fail(appErrorOf('INVALID_INPUT', { problems: [{ field: 'tls.caPem', message }] }));
  if (text.includes('PRIVATE KEY')) return refuse('This file holds a private key. Choose one with certificates only.');
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const lists = text.match(/-----BEGIN X509 CRL-----[^-]+-----END X509 CRL-----/g) ?? [];
  if (blocks.length + lists.length === 0) return refuse('This file holds no certificate in PEM form.');
  try {
    for (const block of blocks) new X509Certificate(block);
  } catch {
    return refuse('A certificate in this file is damaged.');
  }
  return ok({ pem: `${[...blocks, ...lists].join('\n')}\n` });
}
