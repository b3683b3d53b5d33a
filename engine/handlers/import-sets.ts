import { basename } from 'node:path';
import type { RequestInput } from '../../shared/contract.ts';
import type { ImportSetFile } from '../../shared/import-set.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Visit } from '../archives/found.ts';
import type { HandlerGroup } from '../dispatch.ts';
import { freeName } from '../profiles/names.ts';
import type { SetEntry } from '../targets/import-set.ts';
import type { TransferContext } from './exports.ts';
import { toImported } from './imports.ts';

type Source = RequestInput<'importSet.read'>['source'];
interface Walk {
  name: string;
  walk: (visit: Visit) => Promise<Result<void>>;
}

/** Requests that read many files at once. Accepting them is the same as for one (`imports.accept`). */
export function importSetHandlers({ library, tokens, imports }: TransferContext): HandlerGroup<'importSet'> {
  return {
    'importSet.read': async ({ source }, { signal, emit }) => {
      const place = await walkOf(source, tokens);
      if (!place.ok) return place;
      const { readSet } = await import('../targets/import-set.ts');
      const entries = await readSet(place.value.walk, { signal, onProgress: emit });
      if (!entries.ok) return entries;
      const stored = await library.list();
      if (!stored.ok) return stored;
      giveFreeNames(entries.value, new Set(stored.value.map(({ name }) => name)));
      const importId = imports.open(entries.value.flatMap(({ read }) => read?.parsed.profiles ?? []).map(toImported));
      const { importPreviewOf } = await import('../targets/import.ts');
      let first = 0;
      const files = entries.value.map(({ path, bytes, read, error }): ImportSetFile => {
        const file = { path, bytes, first, preview: read ? importPreviewOf(importId, read) : null, error };
        first += read?.parsed.profiles.length ?? 0;
        return file;
      });
      return ok({ importId, name: place.value.name, files });
    },
  };
}

async function walkOf(source: Source, tokens: TransferContext['tokens']): Promise<Result<Walk>> {
  const { walkBytes, walkPath } = await import('../archives/walk.ts');
  if (source.kind === 'path') {
    const path = tokens.resolve(source.token);
    if (!path.ok) return path;
    return ok({ name: basename(path.value), walk: (visit) => walkPath(path.value, visit) });
  }
  const { files } = source;
  const walk = async (visit: Visit) => {
    for (const { name, base64 } of files) {
      // What is inside an archive stands under its name where several things were dropped.
      const within: Visit = (file) => visit({ ...file, path: file.path === name ? name : `${name}/${file.path}` });
      const walked = await walkBytes(name, Buffer.from(base64, 'base64'), files.length > 1 ? within : visit);
      if (!walked.ok) return walked;
    }
    return ok(undefined);
  };
  return ok({
    name: files
      .map(({ name }) => name)
      .join(', ')
      .slice(0, 200),
    walk,
  });
}

/** A product's name and its host make the same name again and again: each profile gets one that no other has. */
function giveFreeNames(entries: readonly SetEntry[], taken: Set<string>): void {
  for (const profile of entries.flatMap(({ read }) => read?.parsed.profiles ?? [])) {
    const name = freeName(profile.settings.name, taken);
    taken.add(name);
    profile.settings = { ...profile.settings, name };
  }
}
