import { REDACTED } from '../../log/patterns.ts';
import type { Connection } from '../connection.ts';
import { done, failing, type Outcome, refused } from '../failure.ts';
import type { RawReply } from '../reply.ts';
import type { Mechanism } from './mechanism.ts';

/** Most challenges of one sign-in; no mechanism here needs more than two. */
const MAX_CHALLENGES = 8;

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Runs the AUTH dialogue (RFC 4954 4). Only 235 is success. What we send never gets into the transcript.
 *
 * @param limitMs Milliseconds for each reply.
 */
export async function signIn(
  connection: Connection,
  mechanism: Mechanism,
  limitMs: number,
): Promise<Outcome<RawReply>> {
  const { name, initial } = mechanism;
  const command = initial === null ? `AUTH ${name}` : `AUTH ${name} ${encode(initial) || '='}`;
  let answer = await connection.command(command, limitMs, initial === null ? command : `AUTH ${name} ${REDACTED}`);
  for (let step = 0; step < MAX_CHALLENGES; step += 1) {
    if (!answer.ok) return answer;
    const reply = answer.value;
    if (reply.code === 235) return done(reply);
    if (reply.code !== 334) return { ok: false, failure: refusal(reply, mechanism) };
    const challenge = decode(reply.lines.join(''));
    const response = challenge === null ? null : mechanism.respond(challenge, step);
    if (response === null) return badChallenge('The server sent a challenge that makes no sense here', reply);
    answer = await connection.command(encode(response), limitMs, response === '' ? '' : REDACTED);
  }
  return badChallenge(`The server sent more than ${MAX_CHALLENGES} challenges`);
}

function refusal(reply: RawReply, mechanism: Mechanism) {
  // A success code other than 235 does not say that the sign-in worked.
  const unclear = reply.code < 400;
  return refused(reply, { ...mechanism.facts?.(), ...(unclear ? { authChallengeInvalid: true } : {}) });
}

function badChallenge(detail: string, reply?: RawReply) {
  return failing('EPROTOCOL', detail, { authChallengeInvalid: true }, reply ? { reply } : {});
}

function encode(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

function decode(text: string): string | null {
  const trimmed = text.trim();
  return BASE64.test(trimmed) ? Buffer.from(trimmed, 'base64').toString('utf8') : null;
}
