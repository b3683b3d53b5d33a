import { matches, weight } from './match.ts';
import type { Evidence } from './normalise.ts';
import type { Rule } from './rule.ts';
import { RULES } from './rules/index.ts';

/** A rule that matched, and how much it weighs here. */
export interface Candidate {
  rule: Rule;
  weight: number;
}

/** Priority up to which a rule only says "the server refused". */
const FALLBACK = 5;

const failureRules = RULES.filter(({ kind }) => kind !== 'warning');
const warningRules = RULES.filter(({ kind }) => kind === 'warning' || kind === 'both');

/** All failure rules that match, best first. */
export function failuresIn(evidence: Evidence): Candidate[] {
  return rank(failureRules, evidence);
}

/** All warning rules that match, best first. */
export function warningsIn(evidence: Evidence): Candidate[] {
  return rank(warningRules, evidence);
}

/** True for a rule that knows nothing but the class of the reply. */
export function isFallback({ priority }: Rule): boolean {
  return priority <= FALLBACK;
}

function rank(rules: readonly Rule[], evidence: Evidence): Candidate[] {
  return rules
    .filter((rule) => matches(rule, evidence))
    .map((rule) => ({ rule, weight: weight(rule, evidence) }))
    .sort((a, b) => b.weight - a.weight);
}
