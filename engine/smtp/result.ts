import type { Diagnosis, Finding, Stage, StageFacts, StageResult } from '../../shared/report.ts';
import { diagnose, warningsFor } from './diagnosis/index.ts';
import type { StageOutcome } from './failure.ts';
import { observeFailure, observeSuccess } from './observe.ts';
import { type Session, shown } from './session.ts';

/** One stage for the report. `told` holds the warnings that an earlier stage has already given. */
export function resultOf(
  session: Session,
  stage: Stage,
  outcome: StageOutcome,
  ms: number,
  told: Set<string>,
): StageResult {
  const facts: StageFacts = { ...outcome.facts };
  if (outcome.status === 'failed') {
    if (outcome.failure.code !== '') facts.code = outcome.failure.code;
    if (outcome.failure.detail !== '') facts.detail ??= shown(session, outcome.failure.detail);
  }
  const found =
    outcome.status === 'passed' || outcome.status === 'warned' ? newWarnings(session, stage, outcome, told) : [];
  const status = outcome.status === 'passed' && found.length > 0 ? 'warned' : outcome.status;
  return { stage, status, ms: Math.round(ms), facts, note: shown(session, outcome.note), warnings: found };
}

function newWarnings(
  session: Session,
  stage: Stage,
  outcome: StageOutcome & { status: 'passed' | 'warned' },
  told: Set<string>,
): Finding[] {
  const all = warningsFor(observeSuccess(session, stage, outcome.ruleFacts ?? {}));
  const fresh = all.filter(({ rule }) => !told.has(rule));
  for (const { rule } of fresh) told.add(rule);
  return fresh;
}

/** The best rule for the failure; what else is wrong at once, such as a second certificate fault, is listed with it. */
export function diagnosisOf(
  session: Session,
  stage: Stage,
  outcome: StageOutcome & { status: 'failed' },
): Diagnosis | null {
  const [first, ...others] = [outcome.failure, ...(outcome.alsoFailing ?? [])].map((failure) =>
    diagnose(observeFailure(session, stage, failure), session.settings),
  );
  if (!first) return others.find((other) => other !== null) ?? null;
  const more = others.flatMap((other) => (other ? [findingOf(other)] : []));
  const all = [...more, ...first.alsoPossible].filter(({ rule }) => rule !== first.rule);
  const depth = stage === 'certificate' && TRUST_MENDS.includes(first.rule) ? session.trustable : null;
  const trust = depth === null ? {} : { trust: { depth } };
  return {
    ...first,
    ...trust,
    alsoPossible: all.filter(({ rule }, at) => all.findIndex((other) => other.rule === rule) === at),
  };
}

/** Diagnoses that trusting a certificate answers. Not interception: whoever reads along is not to be trusted with a click. */
const TRUST_MENDS = ['CERT_SELF_SIGNED', 'CERT_PRIVATE_CA'];

function findingOf({ rule, stage, cause, remedy, reference, transient }: Diagnosis): Finding {
  return { rule, stage, cause, remedy, reference, transient };
}
