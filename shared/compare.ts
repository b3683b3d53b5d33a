import * as z from 'zod/mini';
import { hintsBetween } from './compare-hints.ts';
import { outcomeOf, RUN_OUTCOMES } from './outcome.ts';
import {
  STAGE_STATUSES,
  STAGES,
  type Stage,
  type StageFacts,
  type StageResult,
  TEST_ACTIONS,
  type TestReport,
} from './report.ts';
import { factLines } from './report-facts.ts';

/** One of the two reports, in short. */
const side = z.strictObject({
  runId: z.uuid(),
  profileName: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  ms: z.number(),
  action: z.enum(TEST_ACTIONS),
  outcome: z.enum(RUN_OUTCOMES),
  destination: z.strictObject({ host: z.string(), port: z.int(), security: z.string() }),
  /** Of the diagnosis; '' without one. */
  rule: z.string(),
  cause: z.string(),
});
/** See {@link side}. */
export type ComparedSide = z.infer<typeof side>;

const stageSide = z.nullable(z.strictObject({ status: z.enum(STAGE_STATUSES), ms: z.number(), note: z.string() }));

/** A fact that is not the same in both: the values that only one has, and how many both have. */
const factDifference = z.strictObject({
  label: z.string(),
  before: z.array(z.string()),
  after: z.array(z.string()),
  inBoth: z.int(),
});
/** See {@link factDifference}. */
export type FactDifference = z.infer<typeof factDifference>;

const comparedStage = z.strictObject({
  stage: z.enum(STAGES),
  /** Null when the report does not have the stage. */
  before: stageSide,
  after: stageSide,
  /** True when status or a fact differs. Time alone is no difference. */
  differs: z.boolean(),
  /** `slower` and `faster` are of the second run, when it took twice as long (or half) and at least 100 ms differ. */
  pace: z.enum(['similar', 'slower', 'faster']),
  facts: z.array(factDifference),
});
/** See {@link comparedStage}. */
export type ComparedStage = z.infer<typeof comparedStage>;

/** Two reports beside each other, stage by stage. */
export const comparison = z.strictObject({
  before: side,
  after: side,
  /** What stands out, in words; the most serious first. */
  hints: z.array(z.strictObject({ severity: z.enum(['warning', 'info']), text: z.string() })),
  stages: z.array(comparedStage),
});
/** See {@link comparison}. */
export type Comparison = z.infer<typeof comparison>;

/** Facts that no two runs have in common, and those that say the same as others. */
const IGNORED = new Set<keyof StageFacts>(['messageId', 'queueId', 'tokenExpiresInSeconds', 'tokenSource']);

/** Facts in the words of a server: ids, counters and times in them change with every run. */
const SAID: ReadonlySet<string> = new Set<keyof StageFacts>(['banner', 'reply', 'detail', 'transactions']);

/**
 * Compares two runs: of one profile at two times, or of one server from two machines. The order of addresses and
 * capabilities, ids and times in what a server says, and the days that a certificate has left are no differences.
 */
export function compareReports(before: TestReport, after: TestReport): Comparison {
  return {
    before: sideOf(before),
    after: sideOf(after),
    hints: hintsBetween(before, after),
    stages: STAGES.flatMap((stage) => compareStage(stage, before, after)),
  };
}

function sideOf(report: TestReport): ComparedSide {
  const { id, profileName, startedAt, ms, action, destination, diagnosis } = report;
  const why = { rule: diagnosis?.rule ?? '', cause: diagnosis?.cause ?? '' };
  return { runId: id, profileName, startedAt, ms, action, outcome: outcomeOf(report), destination, ...why };
}

function compareStage(stage: Stage, before: TestReport, after: TestReport): ComparedStage[] {
  const a = before.stages.find((each) => each.stage === stage);
  const b = after.stages.find((each) => each.stage === stage);
  if (!a && !b) return [];
  // Facts of a stage that only one run reached are no differences of the server.
  const facts = a && b && a.status !== 'skipped' && b.status !== 'skipped' ? factDifferences(a.facts, b.facts) : [];
  const differs = a?.status !== b?.status || facts.length > 0;
  return [{ stage, before: shortOf(a), after: shortOf(b), differs, pace: paceOf(a, b), facts }];
}

function shortOf(result: StageResult | undefined): z.infer<typeof stageSide> {
  return result ? { status: result.status, ms: result.ms, note: result.note } : null;
}

function paceOf(a: StageResult | undefined, b: StageResult | undefined): ComparedStage['pace'] {
  if (!a || !b || a.status === 'skipped' || b.status === 'skipped') return 'similar';
  if (Math.abs(a.ms - b.ms) < 100) return 'similar';
  if (b.ms >= 2 * a.ms) return 'slower';
  return a.ms >= 2 * b.ms ? 'faster' : 'similar';
}

function factDifferences(before: StageFacts, after: StageFacts): FactDifference[] {
  const [a, b] = [comparable(before), comparable(after)];
  const labels = new Map([...a, ...b].map(([key, { label }]) => [key, label]));
  return [...labels].flatMap(([key, label]) => {
    const [was, is] = [a.get(key)?.values ?? new Map(), b.get(key)?.values ?? new Map()];
    const onlyBefore = [...was].flatMap(([same, value]) => (is.has(same) ? [] : [value]));
    const onlyAfter = [...is].flatMap(([same, value]) => (was.has(same) ? [] : [value]));
    if (onlyBefore.length + onlyAfter.length === 0) return [];
    return [{ label, before: onlyBefore, after: onlyAfter, inBoth: was.size - onlyBefore.length }];
  });
}

/** Each fact's values by what makes two of them the same. */
function comparable(facts: StageFacts): Map<string, { label: string; values: Map<string, string> }> {
  const lines = factLines({ ...facts, chain: undefined } as StageFacts).filter(({ key }) => !IGNORED.has(key));
  const named = lines.map(({ key, label, values }) => {
    const entries = values.map((value): [string, string] => [SAID.has(key) ? withoutVariables(value) : value, value]);
    return [key, { label, values: new Map(entries) }] as const;
  });
  const chain = facts.chain ?? [];
  const certificates = chain.map(({ fingerprint, subject, issuer, validTo }): [string, string] => [
    fingerprint,
    `${subject}, issued by ${issuer}, until ${validTo.slice(0, 10)}`,
  ]);
  return new Map([...named, ['chain', { label: 'Certificates', values: new Map(certificates) }] as const]);
}

/** What a server said without what changes each time: long tokens with digits in them, and numbers. */
function withoutVariables(text: string): string {
  const [, code = '', rest = ''] = /^(\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?\b)?(.*)$/s.exec(text) ?? [];
  return (
    code +
    rest
      .replace(/[\w.+/=-]*\d[\w.+/=-]*/g, '#')
      .replace(/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b/g, '#')
  );
}
