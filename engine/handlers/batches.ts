import type { BatchChoice, BatchFormat, BatchItem, BatchReport } from '../../shared/batch.ts';
import { appErrorOf } from '../../shared/errors.ts';
import type { ProfileSummary } from '../../shared/library.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { BatchFile } from '../batch/files.ts';
import { runBatch } from '../batch/run-batch.ts';
import type { HandlerGroup } from '../dispatch.ts';
import type { ProfileLibrary } from '../profiles/profile-library.ts';
import type { FileTokens } from './file-tokens.ts';
import { saveText } from './save-text.ts';
import type { TestRunner } from './test-runner.ts';

/** Results kept for saving; the oldest goes first. */
const MOST_RESULTS = 5;

/** Requests that test many profiles at once. */
export function batchHandlers(
  library: ProfileLibrary,
  run: TestRunner,
  tokens: FileTokens,
  now: () => Date,
): HandlerGroup<'batches'> {
  const results = new Map<string, BatchReport>();

  const render = async (id: string, format: BatchFormat): Promise<Result<BatchFile>> => {
    const report = results.get(id);
    if (!report) return fail(appErrorOf('NOT_FOUND', { what: 'batch', name: id }));
    const { batchFile } = await import('../batch/files.ts');
    return ok(batchFile(report, format));
  };

  return {
    'batches.run': async ({ profiles, until, concurrency, perHost, keep = true }, { signal, emit }) => {
      const list = await library.list();
      if (!list.ok) return list;
      const chosen = choose(list.value, profiles);
      if (!chosen.ok) return chosen;
      const report = await runBatch(
        chosen.value,
        { concurrency, perHost, keep },
        {
          now,
          signal,
          emit,
          test: (profileId, onEvent) =>
            run(
              { action: 'check', subject: { kind: 'stored', profileId }, secrets: {}, recipient: null, until, keep },
              { signal, emit: onEvent },
            ),
        },
      );
      results.set(report.id, report);
      const [oldest] = results.keys();
      if (results.size > MOST_RESULTS && oldest) results.delete(oldest);
      return ok(report);
    },
    'batches.render': ({ id, format }) => render(id, format),
    'batches.save': async ({ id, format, ...where }) => {
      const rendered = await render(id, format);
      return rendered.ok ? saveText(tokens, rendered.value.text, where) : rendered;
    },
  };
}

/** The profiles of a choice in the order of the library, each once. Error: NOT_FOUND for an id that is none. */
function choose(list: readonly ProfileSummary[], choice: BatchChoice): Result<BatchItem[]> {
  const ids = choice.kind === 'chosen' ? new Set(choice.ids) : null;
  const chosen = list.filter(({ id, status }) => ids?.has(id) ?? (choice.kind === 'all' || status === 'active'));
  if (ids && chosen.length < ids.size) {
    const known = new Set(chosen.map(({ id }) => id));
    const missing = [...ids].find((id) => !known.has(id)) ?? '';
    return fail(appErrorOf('NOT_FOUND', { what: 'profile', name: missing }));
  }
  return ok(
    chosen.map(({ id, name, host, port, security }) => ({
      profileId: id,
      name,
      destination: { host, port, security },
    })),
  );
}
