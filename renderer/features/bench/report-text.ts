import { STAGE_WORDS, type StageFacts, type StageResult, type TestReport } from '../../../shared/report.ts';
import { bench } from '../../text.ts';
import { duration, moment } from '../../ui/format.ts';

/**
 * A report as plain text, to be pasted into a ticket. It reads the same in black and white, and holds no secret: the
 * engine replaced them before the report left it.
 */
export function reportText(report: TestReport): string {
  const { destination, diagnosis } = report;
  const lines = [
    `Relaysmith: ${headline(report)}`,
    `Profile: ${report.profileName}`,
    `Server: ${destination.host}:${destination.port}, ${destination.security}`,
    `When: ${moment(report.startedAt)} (${report.startedAt}), ${duration(report.ms)}`,
    '',
    ...report.stages.flatMap(stageLines),
    ...report.notTested
      .filter((stage) => !report.stages.some((each) => each.stage === stage))
      .map((stage) => row(STAGE_WORDS[stage], bench.words.skipped, '')),
  ];
  if (diagnosis) {
    lines.push('', `Cause: ${diagnosis.cause}`, `Remedy: ${diagnosis.remedy}`, `Rule: ${diagnosis.rule}`);
    if (diagnosis.reference) lines.push(`Reference: ${diagnosis.reference}`);
    for (const other of diagnosis.alsoPossible) lines.push(`Also possible: ${other.cause}`);
  }
  lines.push('', 'Transcript (C: client, S: server, *: note; + inside TLS)');
  for (const { from, text, encrypted } of report.transcript) {
    const side = { client: 'C', server: 'S', note: '*' }[from];
    lines.push(`${encrypted ? '+' : ' '}${side}: ${text}`);
  }
  return `${lines.join('\n')}\n`;
}

/** How a run ended, in a few words. */
export function headline(report: TestReport): string {
  return bench.outcomes[outcomeOf(report)][report.action];
}

/** How a run ended. */
export function outcomeOf({ ok, cancelled, stages: all }: TestReport): 'passed' | 'warned' | 'failed' | 'cancelled' {
  if (cancelled) return 'cancelled';
  if (!ok) return 'failed';
  return all.some(({ status, warnings }) => status === 'warned' || warnings.length > 0) ? 'warned' : 'passed';
}

function stageLines({ stage, status, ms, facts, note, warnings }: StageResult): string[] {
  const took = status === 'skipped' ? '' : duration(ms);
  return [
    row(STAGE_WORDS[stage], bench.words[status], took, note),
    ...factLines(facts).map((line) => `    ${line}`),
    ...warnings.map(({ cause, remedy }) => `    Warning: ${cause} ${remedy}`),
  ];
}

function row(name: string, word: string, took: string, note = ''): string {
  return `${name.padEnd(12)} ${word.padEnd(11)} ${took.padStart(8)}  ${note}`.trimEnd();
}

function factLines(facts: StageFacts): string[] {
  const lines: string[] = [];
  const add = (label: string, value: string | undefined) => {
    if (value) lines.push(`${label}: ${value}`);
  };
  for (const { address, outcome, code } of facts.addresses ?? [])
    add(address, [outcome, code].filter(Boolean).join(' '));
  add('Banner', facts.banner);
  add('Offers', facts.capabilities?.join(', '));
  add('Offers inside TLS', facts.capabilitiesAfterTls?.join(', '));
  add('TLS', [facts.tlsVersion, facts.cipher].filter(Boolean).join(', '));
  for (const { subject, issuer, validTo, daysLeft } of facts.chain ?? []) {
    add('Certificate', `${subject}, issued by ${issuer}, until ${validTo} (${daysLeft} days)`);
  }
  for (const { text } of facts.faults ?? []) add('Fault', text);
  add('Token server', facts.tokenEndpoint);
  for (const { step, status, note } of facts.tokenSteps ?? []) add(`Token, ${step}`, `${bench.words[status]}. ${note}`);
  add('Mechanism', facts.mechanism);
  add('Queue ID', facts.queueId);
  if (facts.reply)
    add('Reply', [facts.reply.code || '', facts.reply.enhanced, facts.reply.text].filter(Boolean).join(' '));
  add('Detail', [facts.code, facts.detail].filter(Boolean).join(' '));
  return lines;
}
