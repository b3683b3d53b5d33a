import { basename } from 'node:path';
import type { RequestInput } from '../../shared/contract.ts';
import { LIMITS } from '../../shared/limits.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { HandlerGroup } from '../dispatch.ts';
import { readBounded } from '../files/read-bounded.ts';
import type { NewProfile } from '../profiles/profile-library.ts';
import type { ReadImport } from '../targets/import.ts';
import type { ParsedProfile } from '../targets/target.ts';
import type { TransferContext } from './exports.ts';
import type { FileTokens } from './file-tokens.ts';
import type { ImportedProfile } from './import-sessions.ts';
import { compareImport, updateFromImport } from './import-updates.ts';
import { secretChanges } from './secret-changes.ts';
import type { Secrets } from './subject.ts';

/** Requests that read a product's file. Reading stores nothing; accepting does. */
export function importHandlers(context: TransferContext): HandlerGroup<'imports'> {
  const { library, tokens, imports } = context;
  return {
    'imports.compare': compareImport(context),
    'imports.update': updateFromImport(context),
    'imports.read': async ({ source, target }) => {
      const read = await readSource(tokens, source, target);
      if (!read.ok) return read;
      const { importPreviewOf } = await import('../targets/import.ts');
      const id = imports.open(read.value.parsed.profiles.map(toImported));
      return ok(importPreviewOf(id, read.value));
    },
    'imports.accept': async ({ importId, choices }) => {
      const chosen: NewProfile[] = [];
      for (const { index, name, secrets } of choices) {
        const profile = imports.profile(importId, index);
        if (!profile.ok) return profile;
        const settings = { ...profile.value.settings, name };
        chosen.push({ settings, secrets: secretChanges(profile.value.secrets, secrets) });
      }
      const created = await library.createMany(chosen);
      if (created.ok) imports.close(importId);
      return created;
    },
  };
}

async function readSource(
  tokens: FileTokens,
  source: RequestInput<'imports.read'>['source'],
  target: string | null,
): Promise<Result<ReadImport>> {
  const { readBytes, readText } = await import('../targets/import.ts');
  if (source.kind === 'text') return readText(source.text, source.name, target);
  const path = tokens.resolve(source.token);
  if (!path.ok) return path;
  const read = await readBounded(path.value, LIMITS.importBytes);
  return read.ok ? readBytes(read.value.bytes, basename(path.value), target) : read;
}

/** What is kept of a profile that was read: its settings, their places, and the values of its secrets. */
export function toImported({ settings, origins, secrets }: ParsedProfile): ImportedProfile {
  const values: Secrets = {};
  for (const { kind, state, value } of secrets) {
    if (state === 'value' && value !== undefined) values[kind] = value;
  }
  return { settings, origins, secrets: values };
}
