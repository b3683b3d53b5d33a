import type { Rule } from '../../../../engine/smtp/diagnosis/index.ts';
import { RULE_STAGES, type RuleStage } from '../../../../shared/report.ts';

const HEADINGS: Record<RuleStage, string> = {
  config: 'Settings',
  dns: 'DNS',
  tcp: 'TCP',
  tls: 'TLS',
  greeting: 'Greeting',
  ehlo: 'EHLO',
  starttls: 'STARTTLS',
  certificate: 'Certificate',
  auth: 'Sign-in',
  mail: 'Sender',
  rcpt: 'Recipient',
  relay: 'Relay',
  data: 'Message',
  quit: 'End',
  oauth: 'OAuth 2.0 token',
  any: 'At any step',
};

const INTRODUCTION = `# Diagnoses

What Relaysmith knows about failing mail, by the stage at which it shows. A report names the rule by its id.
"Later" means that trying again later may help with nothing changed. "Warning" means that it is told although the step
worked. "Fix" means that Relaysmith offers the change. This page is made from the rules in engine/smtp/diagnosis/rules;
their README.md says how to add one.
`;

/** The page docs/diagnoses.md. */
export function diagnosesPage(rules: readonly Rule[]): string {
  const stages = RULE_STAGES.filter((stage) => rules.some((rule) => rule.stage === stage));
  return [INTRODUCTION, ...stages.map((stage) => section(stage, rules))].join('\n');
}

function section(stage: RuleStage, rules: readonly Rule[]): string {
  const entries = rules.filter((rule) => rule.stage === stage).sort((a, b) => a.id.localeCompare(b.id, 'en'));
  return [`## ${HEADINGS[stage]}`, '', ...entries.flatMap((rule) => [...entry(rule), ''])].join('\n');
}

function entry(rule: Rule): string[] {
  const { id, cause, remedy, reference } = rule;
  const marks = marksOf(rule);
  return [`### ${id}`, '', ...(marks ? [`*${marks}*`, ''] : []), `${cause} ${remedy} [Reference](${reference})`];
}

function marksOf({ provider, transient, kind, fix }: Rule): string {
  const warned = kind === 'warning' || kind === 'both';
  return [provider, transient && 'later', warned && 'warning', fix && 'fix'].filter(Boolean).join(' · ');
}
