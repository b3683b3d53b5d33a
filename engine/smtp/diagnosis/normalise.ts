import { canonicalSslCode, sslCode } from '../ssl-code.ts';
import type { FactValue, Observation } from './observation.ts';

/** An observation in the one form that rules are matched against. Strings are '' when there is nothing. */
export interface Evidence {
  code: string;
  /** Three digits of the reply, or ''. */
  reply: string;
  /** RFC 3463 code such as 5.7.8, or ''. */
  enhanced: string;
  text: string;
  banner: string;
  ehlo: string;
  message: string;
  issuer: string;
  host: string;
  facts: Readonly<Record<string, FactValue>>;
}

/** A reply taken apart. */
export interface ReplyParts {
  code: string;
  enhanced: string;
  text: string;
}

/** Characters of reply text that rules look at; longer replies say nothing more. */
export const REPLY_TEXT_LIMIT = 4_096;

const LIMIT = 65_536;
const CODE = /^(\d{3})(?:[ \t-]|$)/;
// Some appliances write "#5.1.0" or "(5.7.1)".
const ENHANCED = /^[#(]?([245]\.\d{1,3}\.\d{1,3})\)?(?![\d.])/;
const GENERIC_TLS_CODES = new Set(['', 'EPROTO', 'ESOCKET', 'ETLS', 'ERR_SSL_ERROR']);

/** Phase that nodemailer's `timeoutType` names. */
const TIMEOUT_PHASES: Readonly<Record<string, string>> = {
  CONNECT_TIMEOUT: 'connect',
  GREETING_TIMEOUT: 'greeting',
  UPGRADE_TIMEOUT: 'tls',
  SOCKET_TIMEOUT: 'command',
};

/** Brings an observation into the form that rules are matched against. Every string is cut to a fixed size. */
export function normalise(observation: Observation): Evidence {
  const message = (observation.message ?? '').slice(0, LIMIT);
  const { code, enhanced, text } = replyParts(observation.reply ?? '');
  const errorCode = normaliseCode(observation, message);
  return {
    code: errorCode,
    reply: code,
    enhanced,
    text,
    banner: (observation.banner ?? '').trimStart().slice(0, REPLY_TEXT_LIMIT),
    ehlo: (observation.ehlo ?? '').slice(0, LIMIT),
    message,
    issuer: (observation.issuer ?? '').slice(0, REPLY_TEXT_LIMIT),
    host: (observation.host ?? '').toLowerCase().replace(/\.$/, '').slice(0, 255),
    facts: withTimeoutPhase(observation.facts, errorCode),
  };
}

/**
 * Takes a reply apart: the code of its first line, the first enhanced code, and the text of all lines without codes,
 * joined by a space.
 */
export function replyParts(reply: string): ReplyParts {
  const parts: ReplyParts = { code: '', enhanced: '', text: '' };
  const texts: string[] = [];
  for (const [index, line] of reply.slice(0, LIMIT).split(/\r?\n/).entries()) {
    const code = CODE.exec(line);
    if (index === 0) parts.code = code?.[1] ?? '';
    const rest = (code ? line.slice(4) : line).trim();
    const enhanced = ENHANCED.exec(rest);
    parts.enhanced ||= enhanced?.[1] ?? '';
    const text = enhanced ? rest.slice(enhanced[0].length).trim() : rest;
    if (text !== '') texts.push(text);
  }
  return { ...parts, text: texts.join(' ').slice(0, REPLY_TEXT_LIMIT) };
}

function normaliseCode({ code = '', facts }: Observation, message: string): string {
  if (code.startsWith('ERR_SSL_')) return canonicalSslCode(code);
  const original = facts.originalCode;
  // nodemailer hides the system's code behind its own: ESOCKET, ECONNECTION, EDNS.
  const inner = typeof original === 'string' && original !== '' ? original : code;
  if (inner.startsWith('ERR_SSL_')) return canonicalSslCode(inner);
  return (GENERIC_TLS_CODES.has(inner) && sslCode(message)) || inner;
}

function withTimeoutPhase(facts: Observation['facts'], code: string): Observation['facts'] {
  if (code !== 'ETIMEDOUT' || facts.timeoutPhase != null) return facts;
  const type = facts.timeoutType;
  const named = typeof type === 'string' ? TIMEOUT_PHASES[type] : undefined;
  // Without a type it is the operating system's own: its connection requests went unanswered.
  const isConnect = facts.failedStage == null || facts.failedStage === 'tcp';
  const timeoutPhase = named ?? (isConnect ? 'connect' : null);
  return { ...facts, timeoutPhase };
}
