import type { Engine } from '../engine/index.ts';
import type { Subject } from '../shared/contract.ts';
import type { TestReport } from '../shared/report.ts';

/** What stands out against the kept run before this one, and when that was. */
export interface SinceLast {
  /** ISO 8601. */
  at: string;
  warnings: string[];
}

/**
 * Compares a run of a stored profile with the one before it, for what nobody would look for: an offer of STARTTLS that
 * is gone, a certificate of another issuer. Null when there is nothing to compare, or nothing stands out.
 */
export async function sinceLast(engine: Engine, subject: Subject, report: TestReport): Promise<SinceLast | null> {
  if (subject.kind !== 'stored' || report.cancelled) return null;
  const { profileId } = subject;
  const runs = await engine.client('history.list', { profileId });
  if (!runs.ok) return null;
  const earlier = runs.value.find(
    ({ runId, outcome, unsaved }) => runId !== report.id && outcome !== 'cancelled' && !unsaved,
  );
  if (!earlier) return null;
  const compared = await engine.client('reports.compare', {
    before: { kind: 'kept', profileId, runId: earlier.runId },
    after: { kind: 'session', runId: report.id },
  });
  if (!compared.ok) return null;
  const warnings = compared.value.hints.flatMap(({ severity, text }) => (severity === 'warning' ? [text] : []));
  return warnings.length === 0 ? null : { at: earlier.at, warnings };
}
