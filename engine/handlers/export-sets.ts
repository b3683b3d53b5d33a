import { basename } from 'node:path';
import type { RequestInput } from '../../shared/contract.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { HandlerGroup } from '../dispatch.ts';
import type { ProfileLibrary } from '../profiles/profile-library.ts';
import type { SetPlan } from '../targets/export-set.ts';
import type { FileTokens } from './file-tokens.ts';

/** Requests that write many profiles for many products. */
export function exportSetHandlers(
  library: ProfileLibrary,
  tokens: FileTokens,
  now: () => Date,
): HandlerGroup<'exportSet'> {
  const plan = async (
    { profileIds, targets, policy, combine }: RequestInput<'exportSet.preview'>,
    signal: AbortSignal,
  ): Promise<Result<SetPlan>> => {
    const stored = await library.getMany([...new Set(profileIds)]);
    if (!stored.ok) return stored;
    const { planSet } = await import('../targets/export-set.ts');
    return planSet(stored.value, { targets, policy, combine }, signal);
  };

  return {
    'exportSet.preview': async (input, { signal }) => {
      const planned = await plan(input, signal);
      if (!planned.ok) return planned;
      const { setPreviewOf } = await import('../targets/export-set.ts');
      return ok(setPreviewOf(planned.value));
    },
    'exportSet.write': async ({ folder, replace, ...input }, { signal, emit }) => {
      const path = tokens.resolve(folder);
      if (!path.ok) return path;
      const planned = await plan(input, signal);
      if (!planned.ok) return planned;
      const { writeSet } = await import('../targets/export-folder.ts');
      const { policy } = input;
      const options = { folder: path.value, policy, replace, library, now, signal, onProgress: emit };
      const written = await writeSet(planned.value, options);
      return written.ok ? ok({ folder: basename(path.value), ...written.value }) : written;
    },
  };
}
