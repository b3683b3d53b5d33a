import { REDACTED } from '../../log/patterns.ts';
import type { Connection } from '../connection.ts';
import { CANCELLED, done, failing, type Outcome, type RuleFacts, refused } from '../failure.ts';
import { within } from '../limit.ts';
import type { RawReply } from '../reply.ts';
import type { Mechanism } from './mechanism.ts';

/** Most challenges of one sign-in; no mechanism here needs more than two. */
const MAX_CHALLENGES = 8;

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What a sign-in needs besides its connection. */
export interface SignInOptions {
  /** Milliseconds for each reply. */
  limitMs: number;
  signal: AbortSignal;
  /** Takes a text out of everything that is shown from now on. */
  hide(text: string): void;
}

/** Runs the AUTH dialogue (RFC 4954 4). Only 235 is success. What we send never gets into the transcript. */
export async function signIn(
  connection: Connection,
  mechanism: Mechanism,
  { limitMs, signal, hide }: SignInOptions,
): Promise<Outcome<RawReply>> {
  const { name, initial } = mechanism;
  const command = initial === null ? `AUTH ${name}` : `AUTH ${name} ${encode(initial) || '='}`;
  let answer = await connection.command(command, limitMs, initial === null ? command : `AUTH ${name} ${REDACTED}`);
  for (let step = 0; step < MAX_CHALLENGES; step += 1) {
    if (!answer.ok) return answer;
    const reply = answer.value;
    if (reply.code === 235) return taken(reply, mechanism);
    if (reply.code !== 334) return { ok: false, failure: refusal(reply, mechanism) };
    const challenge = decode(reply.lines.join(''));
    const work = challenge === null ? null : mechanism.respond(challenge, step);
    // Deriving a key can take a while; a cancel does not wait for it.
    const waited = await within(limitMs, signal, Promise.resolve(work));
    if (waited.kind !== 'done') return { ok: false, failure: CANCELLED };
    const response = waited.value;
    const hidden = mechanism.hidden?.() ?? '';
    if (hidden !== '') hide(hidden);
    if (response === null) {
      const detail = mechanism.doubt?.() || 'The server sent a challenge that makes no sense here';
      return badChallenge(detail, { reply, facts: mechanism.facts?.() ?? {} });
    }
    answer = await connection.command(encode(response), limitMs, response === '' ? '' : REDACTED);
  }
  return badChallenge(`The server sent more than ${MAX_CHALLENGES} challenges`);
}

/** Success, unless the server had to prove something and did not. */
function taken(reply: RawReply, mechanism: Mechanism): Outcome<RawReply> {
  const doubt = mechanism.doubt?.() ?? '';
  return doubt === '' ? done(reply) : failing('EPROTOCOL', doubt, { serverUnproven: true }, { reply });
}

function refusal(reply: RawReply, mechanism: Mechanism) {
  // A success code other than 235 does not say that the sign-in worked.
  const unclear = reply.code < 400;
  return refused(reply, { ...mechanism.facts?.(), ...(unclear ? { authChallengeInvalid: true } : {}) });
}

function badChallenge(detail: string, { reply, facts }: { reply?: RawReply; facts?: RuleFacts } = {}) {
  return failing('EPROTOCOL', detail, { authChallengeInvalid: true, ...facts }, reply ? { reply } : {});
}

function encode(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

function decode(text: string): string | null {
  const trimmed = text.trim();
  return BASE64.test(trimmed) ? Buffer.from(trimmed, 'base64').toString('utf8') : null;
}
