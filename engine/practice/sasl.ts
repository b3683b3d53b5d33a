import { createHmac, randomBytes } from 'node:crypto';
import { PRACTICE_PASSWORD, PRACTICE_USERNAME } from '../../shared/practice.ts';
import type { Mechanism } from './scenario.ts';

/** How an exchange ended: with credentials that are right or wrong, or before there were any. */
export type SaslOutcome =
  | { kind: 'credentials'; user: string; right: boolean }
  | { kind: 'cancelled' | 'malformed' | 'end' };

/** Sends a challenge and returns the client's decoded answer, or why there is none. */
export type Ask = (challenge: string) => Promise<SaslAnswer>;

/** One decoded message of the client. */
export type SaslAnswer = { kind: 'answer'; text: string } | { kind: 'cancelled' | 'malformed' | 'end' };

type Exchange = (ask: Ask, initial: string | null) => Promise<SaslOutcome>;

/** Separates the parts of an XOAUTH2 response. */
const CTRL_A = '\u0001';
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Decodes what a client sent in AUTH; `*` cancels (RFC 4954 4). */
export function decodeAnswer(text: string): SaslAnswer {
  if (text === '*') return { kind: 'cancelled' };
  if (!BASE64.test(text)) return { kind: 'malformed' };
  return { kind: 'answer', text: Buffer.from(text, 'base64').toString('utf8') };
}

/** Runs one mechanism. `initial` is the decoded initial response, null when the client sent none. */
export function runMechanism(mechanism: Mechanism, ask: Ask, initial: string | null): Promise<SaslOutcome> {
  return EXCHANGES[mechanism](ask, initial);
}

const EXCHANGES: { readonly [M in Mechanism]: Exchange } = {
  /** RFC 4616. */
  async PLAIN(ask, initial) {
    const answer = await initialOr(ask, initial, '');
    if (answer.kind !== 'answer') return answer;
    const parts = answer.text.split('\0');
    if (parts.length !== 3) return { kind: 'malformed' };
    return verdict(parts[1] ?? '', parts[2] ?? '');
  },

  /** Never standardised; draft-murchison-sasl-login. */
  async LOGIN(ask, initial) {
    const user = await initialOr(ask, initial, 'Username:');
    if (user.kind !== 'answer') return user;
    const password = await ask('Password:');
    return password.kind === 'answer' ? verdict(user.text, password.text) : password;
  },

  /** RFC 2195. */
  async 'CRAM-MD5'(ask, initial) {
    // The server speaks first here, so an initial response is an error (RFC 4954 4).
    if (initial !== null) return { kind: 'malformed' };
    const challenge = `<${randomBytes(12).toString('hex')}@mail.relaysmith.test>`;
    const answer = await ask(challenge);
    if (answer.kind !== 'answer') return answer;
    const space = answer.text.lastIndexOf(' ');
    if (space < 0) return { kind: 'malformed' };
    const digest = createHmac('md5', PRACTICE_PASSWORD).update(challenge).digest('hex');
    const right = answer.text.slice(space + 1).toLowerCase() === digest;
    return verdict(answer.text.slice(0, space), right ? PRACTICE_PASSWORD : '');
  },

  /** Google's and Microsoft's bearer token; a refusal comes as JSON in one more challenge. The password is the token. */
  async XOAUTH2(ask, initial) {
    const answer = await initialOr(ask, initial, '');
    if (answer.kind !== 'answer') return answer;
    const [user = '', auth = '', ...rest] = answer.text.split(CTRL_A);
    const token = /^auth=Bearer (.*)$/is.exec(auth)?.[1];
    if (!user.startsWith('user=') || token === undefined || rest.join() !== ',') return { kind: 'malformed' };
    const outcome = verdict(user.slice('user='.length), token);
    if (outcome.right) return outcome;
    const end = await ask(JSON.stringify({ status: '401', schemes: 'bearer', scope: 'https://mail.relaysmith.test/' }));
    return end.kind === 'end' ? end : outcome;
  },
};

async function initialOr(ask: Ask, initial: string | null, challenge: string): Promise<SaslAnswer> {
  return initial === null ? ask(challenge) : { kind: 'answer', text: initial };
}

function verdict(user: string, password: string): { kind: 'credentials'; user: string; right: boolean } {
  return { kind: 'credentials', user, right: user === PRACTICE_USERNAME && password === PRACTICE_PASSWORD };
}
