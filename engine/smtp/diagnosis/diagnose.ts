import type { ProfileSettings } from '../../../shared/profile.ts';
import type { Diagnosis, Finding } from '../../../shared/report.ts';
import { normalise } from './normalise.ts';
import type { Observation } from './observation.ts';
import { type Candidate, failuresIn, isFallback, warningsIn } from './rank.ts';
import type { Rule } from './rule.ts';

/** Weaker candidates that are shown beside the best. */
const ALSO_POSSIBLE = 5;

/**
 * Says why a step failed: the best rule, its fix for these settings, and weaker candidates.
 * @param settings The profile's settings, or null when there is no profile to mend.
 * @returns null when no rule matches.
 */
export function diagnose(observation: Observation, settings: ProfileSettings | null): Diagnosis | null {
  return diagnosisFrom(failuresIn(normalise(observation)), settings);
}

/** What is wrong, or worth knowing, although the step passed. [] when there is nothing. */
export function warningsFor(observation: Observation): Finding[] {
  return warningsIn(normalise(observation)).map(({ rule }) => findingOf(rule));
}

/** Builds the diagnosis from candidates, best first; null when there are none. */
export function diagnosisFrom(candidates: readonly Candidate[], settings: ProfileSettings | null): Diagnosis | null {
  const [best, ...rest] = candidates;
  if (!best) return null;
  const fix = settings ? best.rule.fix?.(settings) : undefined;
  return { ...findingOf(best.rule), ...(fix && { fix }), alsoPossible: weaker(best.rule, rest).map(findingOf) };
}

/** Rules beside the best that add something: no fallbacks to a specific one, no text twice. */
function weaker(best: Rule, rest: readonly Candidate[]): Rule[] {
  const seen = new Set([best.cause]);
  const rules: Rule[] = [];
  for (const { rule } of rest) {
    if (seen.has(rule.cause) || (isFallback(rule) && !isFallback(best))) continue;
    seen.add(rule.cause);
    rules.push(rule);
  }
  return rules.slice(0, ALSO_POSSIBLE);
}

function findingOf({ id, stage, cause, remedy, reference, transient }: Rule): Finding {
  return { rule: id, stage, cause, remedy, reference, transient };
}
