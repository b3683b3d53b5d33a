import { appErrorOf } from '../../shared/errors.ts';
import { fieldValue } from '../../shared/fix.ts';
import { type ProfileSettings, problemsOf } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { TargetLimit } from '../../shared/target.ts';
import { targetById } from './index.ts';
import { type ExportContext, type Target, withDefaults } from './target.ts';

/** What one product cannot take of some settings. */
export interface LimitsOfTarget {
  target: string;
  limits: TargetLimit[];
}

/**
 * What products cannot express or would refuse of these settings, without an export: as their first form has it and with
 * no secret. Errors: INVALID_INPUT for settings that are none, TARGET_UNKNOWN.
 */
export function limitsFor(settings: ProfileSettings, ids: readonly string[]): Result<LimitsOfTarget[]> {
  const problems = problemsOf(settings);
  if (problems.length > 0) return fail(appErrorOf('INVALID_INPUT', { problems }));
  const found: LimitsOfTarget[] = [];
  for (const id of ids) {
    const target = targetById(id);
    if (!target.ok) return target;
    found.push({ target: id, limits: limitsOf(target.value, settings) });
  }
  return ok(found);
}

function limitsOf(target: Target, settings: ProfileSettings): TargetLimit[] {
  const context: ExportContext = {
    options: withDefaults(target.info, {}),
    secrets: { policy: 'leave-out', values: {} },
  };
  const limits = target.limits(settings, context);
  const refusal = refusalOf(target, settings, context);
  return refusal && !limits.some(({ field, severity }) => field === refusal.field && severity === 'refused')
    ? [refusal, ...limits]
    : limits;
}

/** Some products have no file at all for a setting; the export then fails with the field that stands in the way. */
function refusalOf(target: Target, settings: ProfileSettings, context: ExportContext): TargetLimit | null {
  const rendered = target.render(settings, context);
  if (rendered.ok || rendered.error.code !== 'TARGET_REFUSES') return null;
  const { target: name, field, reason } = rendered.error.facts;
  if (fieldValue(settings, field) === undefined) return null;
  return { severity: 'refused', field, text: `${name} cannot take this: ${reason}` };
}
