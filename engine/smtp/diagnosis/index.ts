export { diagnose, warningsFor } from './diagnose.ts';
export { explain, type Known } from './explain/explain.ts';
export type { FactValue, Observation } from './observation.ts';
export type { Example, Match, Rule } from './rule.ts';
export { RULES } from './rules/index.ts';
