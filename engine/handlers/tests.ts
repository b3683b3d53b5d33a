import { join } from 'node:path';
import type { MatrixCell } from '../../shared/matrix.ts';
import { ok } from '../../shared/result.ts';
import type { HandlerGroup } from '../dispatch.ts';
import type { ReportShelf } from './report-shelf.ts';
import { keepRefreshToken, secretsForRun } from './run-secrets.ts';
import { messageKey, SendGuard } from './send-guard.ts';
import { resolveSubject } from './subject.ts';
import type { RunnerParts, TestRunner } from './test-runner.ts';

/** Requests that test a mail server or explain its words. */
export function testHandlers(
  run: TestRunner,
  shelf: ReportShelf,
  {
    library,
    imports,
    tokens,
    ports: { now, resolver, dataDirectory },
  }: RunnerParts & { ports: { dataDirectory: string } },
): HandlerGroup<'tests'> & HandlerGroup<'diagnoses'> {
  const sends = new SendGuard(join(dataDirectory, 'sends'));
  const runOne: TestRunner = async (input, context) => {
    const result = await run(input, context);
    if (result.ok) shelf.put(result.value);
    return result;
  };

  return {
    'tests.check': (input, context) => runOne({ action: 'check', ...input }, context),
    'tests.send': async ({ sendId, ...input }, context) => {
      const resolved = await resolveSubject(input.subject, library, imports);
      if (!resolved.ok) return resolved;
      const message = messageKey(resolved.value.settings, input.recipient);
      return sends.once(sendId, message, () => runOne({ action: 'send', until: null, ...input }, context));
    },
    'tests.matrix': async ({ subject, ports }, { signal, emit }) => {
      const resolved = await resolveSubject(subject, library, imports);
      if (!resolved.ok) return resolved;
      const { runMatrix } = await import('../smtp/index.ts');
      const onCell = (cell: MatrixCell) => emit({ type: 'cell', cell });
      const { settings } = resolved.value;
      return ok(await runMatrix({ settings, ports }, { now, signal, onCell, ...(resolver && { resolver }) }));
    },
    'tests.mechanisms': async ({ subject, secrets: given, mechanisms }, { signal, emit }) => {
      const resolved = await resolveSubject(subject, library, imports);
      if (!resolved.ok) return resolved;
      const { settings } = resolved.value;
      const stored = await secretsForRun(resolved.value, given, null);
      if (!stored.ok) return stored;
      const { runMechanisms } = await import('../smtp/index.ts');
      const request = { settings, secrets: stored.value, mechanisms };
      return ok(
        await runMechanisms(request, {
          now,
          signal,
          onEvent: emit,
          tokens,
          keepRefreshToken: (old, next) => keepRefreshToken({ library, tokens, subject, settings }, old, next),
          ...(resolver && { resolver }),
        }),
      );
    },
    'diagnoses.explain': async ({ text, ...known }) => {
      const { explain } = await import('../smtp/diagnosis/index.ts');
      return ok(explain(text, known));
    },
  };
}
