import type { Credentials, Mechanism } from './mechanism.ts';

/** Longest command line that every server takes (RFC 5321 4.5.3.1.4). */
const COMMAND_LINE = 510;

/** PLAIN (RFC 4616). */
export function plain({ username, secret }: Credentials): Mechanism {
  // No authorization identity in front: some servers refuse one even when it equals the user.
  const response = `\0${username}\0${secret}`;
  const base64Length = Math.ceil(Buffer.byteLength(response) / 3) * 4;
  const fits = 'AUTH PLAIN '.length + base64Length <= COMMAND_LINE;
  return {
    name: 'PLAIN',
    initial: fits ? response : null,
    respond: (_challenge, step) => (step === 0 && !fits ? response : null),
  };
}
