import type { Evidence } from './normalise.ts';
import type { FactValue } from './observation.ts';
import { belonging } from './providers.ts';
import type { Condition, Match, Rule } from './rule.ts';

/** Weight that a provider's rule gains on that provider's servers. */
const AT_HOME = 10;
/** Weight that it loses where the host is known to be somebody else's: still possible, as the host may be an alias. */
const ABROAD = -20;

type Test = (match: Match, evidence: Evidence) => boolean;

/** One test per key of a match; a key that is absent holds. */
const TESTS: Record<keyof Match, Test> = {
  code: ({ code }, evidence) => code?.includes(evidence.code) ?? true,
  reply: ({ reply }, evidence) => reply?.some((wanted) => isReply(wanted, evidence.reply)) ?? true,
  enhanced: ({ enhanced }, evidence) => enhanced?.some((wanted) => isEnhanced(wanted, evidence.enhanced)) ?? true,
  text: ({ text }, evidence) => found(text, evidence.text),
  banner: ({ banner }, evidence) => found(banner, evidence.banner),
  ehlo: ({ ehlo }, evidence) => found(ehlo, evidence.ehlo),
  message: ({ message }, evidence) => found(message, evidence.message),
  issuer: ({ issuer }, evidence) => found(issuer, evidence.issuer),
  host: ({ host }, evidence) => found(host, evidence.host),
  when: ({ when }, { facts }) => when === undefined || allHold(when, facts),
};

// The cheap ones first: most rules fall at a code, and no pattern need run.
const ORDER = ['code', 'reply', 'enhanced', 'when', 'host', 'text', 'banner', 'ehlo', 'issuer', 'message'] as const;

/** True when every key of one of the rule's matches holds. */
export function matches(rule: Rule, evidence: Evidence): boolean {
  return alternatives(rule).some((match) => ORDER.every((key) => TESTS[key](match, evidence)));
}

/** The rule's matches as a list. */
export function alternatives({ match }: Rule): readonly Match[] {
  return Array.isArray(match) ? match : [match as Match];
}

/** How much a matching rule weighs here: its priority, more at home and less elsewhere for a provider's rule. */
export function weight(rule: Rule, evidence: Evidence): number {
  if (rule.provider === undefined) return rule.priority;
  const kind = evidence.facts.serverKind;
  const home = belonging(rule.provider, evidence.host, evidence.banner, typeof kind === 'string' ? kind : '');
  if (home === 'own') return rule.priority + AT_HOME;
  return home === 'foreign' ? rule.priority + ABROAD : rule.priority;
}

// Every stage asks every rule: a list of entries for each would be most of the work.
function allHold(when: NonNullable<Match['when']>, facts: Evidence['facts']): boolean {
  for (const name in when) {
    if (!holds(when[name] as Condition, facts[name] ?? null)) return false;
  }
  return true;
}

function found(pattern: RegExp | undefined, text: string): boolean {
  return pattern === undefined || (text !== '' && pattern.test(text));
}

function isReply(wanted: string, code: string): boolean {
  return wanted.endsWith('xx') ? code !== '' && code.startsWith(wanted.charAt(0)) : code === wanted;
}

function isEnhanced(wanted: string | RegExp, code: string): boolean {
  return typeof wanted === 'string' ? code === wanted : wanted.test(code);
}

function holds(wanted: Condition, fact: FactValue): boolean {
  if (Array.isArray(wanted)) return wanted.includes(fact);
  if (wanted === null || typeof wanted !== 'object') return wanted === fact;
  if (typeof fact !== 'number') return false;
  if ('gt' in wanted) return fact > wanted.gt;
  if ('lt' in wanted) return fact < wanted.lt;
  if ('between' in wanted) return fact >= wanted.between[0] && fact <= wanted.between[1];
  return false;
}
