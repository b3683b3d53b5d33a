import { bareHost, isAddress, isLoopback } from '../../../../shared/host.ts';
import { LIMITS } from '../../../../shared/limits.ts';
import type { Diagnosis, Stage } from '../../../../shared/report.ts';
import { sslCode } from '../../ssl-code.ts';
import { diagnosisFrom } from '../diagnose.ts';
import { alternatives } from '../match.ts';
import { normalise, REPLY_TEXT_LIMIT } from '../normalise.ts';
import type { Observation } from '../observation.ts';
import { type Candidate, failuresIn } from '../rank.ts';
import { RULES } from '../rules/index.ts';
import { type Context, contextOf } from './context.ts';
import { NETWORK_WORDINGS } from './network-wordings.ts';
import { PROTOCOL_WORDINGS } from './protocol-wordings.ts';
import { findReplies } from './replies.ts';
import { TLS_WORDINGS } from './tls-wordings.ts';

/** What is known of the connection that a text is about; null means not known. */
export interface Known {
  host: string | null;
  port: number | null;
  /** As in a profile: none, starttls-if-offered, starttls or tls. */
  security: string | null;
  stage: Stage | null;
}

const WORDINGS = [...TLS_WORDINGS, ...NETWORK_WORDINGS, ...PROTOCOL_WORDINGS];
const MAX_CODES = 8;

const KNOWN_CODES = new Set(RULES.flatMap((rule) => alternatives(rule).flatMap(({ code }) => code ?? [])));

/**
 * Explains an error text, a reply or a log excerpt of any mail library.
 * @param text At most 64 KB are read; it may hold anything.
 * @returns null when nothing in it is known. Never throws.
 */
export function explain(text: string, known: Known): Diagnosis | null {
  const readable = unescapeLines(text.slice(0, LIMITS.explainChars));
  const base = baseObservation(readable, contextOf(readable), known);
  const found = merge([...fromReplies(readable, base, known), ...fromWordings(readable, base, known), base]);
  return diagnosisFrom(found.length > 0 ? found : fromBareText(readable, base), null);
}

/** Logs hold replies as literals: `\r\n` written out is a line break, `\"` a quote. */
function unescapeLines(text: string): string {
  return text
    .replace(/(?:\\r)?\\n/g, '\n')
    .replace(/\\(["'])/g, '$1')
    .replace(/\r\n?/g, '\n');
}

function baseObservation(text: string, context: Context, known: Known): Observation {
  const host = bareHost(known.host ?? context.host);
  const security = ruleSecurity(known.security) ?? context.security;
  return {
    stage: known.stage ?? 'any',
    host,
    message: text,
    banner: context.banner,
    ehlo: context.ehlo,
    issuer: context.issuer,
    facts: {
      port: known.port ?? context.port,
      security,
      failedStage: known.stage,
      ...(known.host && hostFacts(host)),
      ...(context.xoauth2 && {
        xoauth2ErrorStatus: context.xoauth2.status,
        xoauth2ErrorScope: context.xoauth2.scope,
      }),
    },
  };
}

function hostFacts(host: string): Observation['facts'] {
  const hostIsIp = isAddress(host);
  return { hostIsIp, hostIsLoopback: isLoopback(host), hostIsShort: !hostIsIp && host !== '' && !host.includes('.') };
}

function ruleSecurity(security: string | null): string | null {
  if (security === 'tls') return 'implicit';
  return security === 'starttls-if-offered' ? 'starttls' : security;
}

function fromReplies(text: string, base: Observation, known: Known): Observation[] {
  return findReplies(text).map(({ reply, stage }) => ({
    ...base,
    reply,
    facts: { ...base.facts, failedStage: known.stage ?? stage },
  }));
}

function fromWordings(text: string, base: Observation, known: Known): Observation[] {
  const worded = WORDINGS.filter(({ pattern }) => pattern.test(text)).map(({ code, stage, facts }) => ({
    ...base,
    ...(code && { code }),
    facts: { ...base.facts, ...facts, failedStage: known.stage ?? stage ?? null },
  }));
  const coded = codesIn(text).map((code) => ({ ...base, code }));
  return [...worded, ...coded];
}

function codesIn(text: string): string[] {
  const ssl = sslCode(text);
  const words = text.split(/[^A-Z0-9_/]+/).filter((word) => KNOWN_CODES.has(word) || word.startsWith('ERR_SSL_'));
  return [...new Set(ssl ? [ssl, ...words] : words)].slice(0, MAX_CODES);
}

/** A sentence without any code, such as "Relay access denied" alone, read as if it were a reply. */
function fromBareText(text: string, base: Observation): Candidate[] {
  const reply = text.slice(0, REPLY_TEXT_LIMIT).trim();
  return failuresIn(normalise({ ...base, reply }));
}

/** The candidates of several observations, each rule once at its best weight, best first. */
function merge(observations: readonly Observation[]): Candidate[] {
  const best = new Map<string, Candidate>();
  for (const candidate of observations.flatMap((observation) => failuresIn(normalise(observation)))) {
    const { id } = candidate.rule;
    if ((best.get(id)?.weight ?? -1) < candidate.weight) best.set(id, candidate);
  }
  return [...best.values()].sort((a, b) => b.weight - a.weight);
}
