import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { RuleFacts } from '../failure.ts';
import type { Credentials, Mechanism } from './mechanism.ts';
import { saslName } from './sasl-name.ts';
import { saslprep } from './saslprep.ts';

/** Rounds that a server may ask for: fewer than RFC 7677 4 names make the password easy to guess, more are an attack. */
const ROUNDS = { fewest: 4_096, most: 2_000_000 };

/** Longest salt and nonce that are taken, in characters of base64 and of text. */
const LONGEST = 1_024;

/** No channel binding is done (RFC 5802 6), which this header says: `n,,` in base64. */
const GS2 = 'n,,';

const derive = promisify(pbkdf2);

type Hash = 'sha1' | 'sha256';

/** SCRAM-SHA-256 (RFC 7677): proves the password without sending it, and that the server knows it too. */
export function scramSha256(credentials: Credentials): Mechanism {
  return scram('SCRAM-SHA-256', 'sha256', credentials);
}

/** SCRAM-SHA-1 (RFC 5802). */
export function scramSha1(credentials: Credentials): Mechanism {
  return scram('SCRAM-SHA-1', 'sha1', credentials);
}

/** What a server says first: `r=nonce,s=salt,i=rounds`. */
interface ServerFirst {
  nonce: string;
  salt: Buffer;
  rounds: number;
}

/** @param nonce Only tests pass one. */
export function scram(
  name: string,
  hash: Hash,
  { username, secret }: Credentials,
  nonce = randomBytes(24).toString('base64'),
): Mechanism {
  const clientFirst = `n=${saslName(saslprep(username))},r=${nonce}`;
  let serverSignature: Buffer | null = null;
  let verified = false;
  let unproven = false;
  let problem = '';

  async function prove(challenge: string): Promise<string | null> {
    const first = readServerFirst(challenge, nonce);
    if (typeof first === 'string') {
      problem = first;
      return null;
    }
    const withoutProof = `c=${Buffer.from(GS2).toString('base64')},r=${first.nonce}`;
    const said = `${clientFirst},${challenge},${withoutProof}`;
    const size = hash === 'sha1' ? 20 : 32;
    const salted = await derive(saslprep(secret), first.salt, first.rounds, size, hash);
    const clientKey = hmac(hash, salted, 'Client Key');
    const clientSignature = hmac(hash, createHash(hash).update(clientKey).digest(), said);
    serverSignature = hmac(hash, hmac(hash, salted, 'Server Key'), said);
    const proof = Buffer.from(clientKey.map((byte, at) => byte ^ (clientSignature[at] ?? 0)));
    return `${withoutProof},p=${proof.toString('base64')}`;
  }

  function checkServer(challenge: string): string | null {
    const error = /^e=([^,]{1,100})/.exec(challenge)?.[1];
    if (error !== undefined) {
      problem = `The server ended SCRAM with ${error}`;
      // An empty answer lets it say its 535.
      return '';
    }
    const signature = Buffer.from(/^v=([A-Za-z0-9+/=]{1,128})/.exec(challenge)?.[1] ?? '', 'base64');
    verified =
      serverSignature !== null &&
      signature.length === serverSignature.length &&
      timingSafeEqual(signature, serverSignature);
    if (verified) return '';
    unproven = true;
    problem = 'The server could not prove that it knows the password';
    return null;
  }

  return {
    name,
    initial: GS2 + clientFirst,
    respond(challenge, step) {
      if (step === 0) return prove(challenge);
      return step === 1 ? checkServer(challenge) : null;
    },
    facts: (): RuleFacts => (unproven ? { serverUnproven: true } : {}),
    hidden: () => serverSignature?.toString('base64') ?? '',
    doubt: () => problem || (verified ? '' : 'The server took the sign-in without proving that it knows the password'),
  };
}

/** The server's first message, or what is wrong with it. */
function readServerFirst(challenge: string, ownNonce: string): ServerFirst | string {
  const match = /^r=([\x21-\x2b\x2d-\x7e]+),s=([A-Za-z0-9+/=]+),i=(\d{1,9})(?:,|$)/.exec(challenge.slice(0, 4_096));
  const [, nonce = '', salt = '', rounds = ''] = match ?? [];
  if (nonce === '' || nonce.length > LONGEST || salt.length > LONGEST)
    return 'The server’s SCRAM message makes no sense';
  if (!nonce.startsWith(ownNonce) || nonce === ownNonce) return 'The server’s SCRAM nonce is not an answer to ours';
  const count = Number(rounds);
  if (count < ROUNDS.fewest) return `The server wants only ${count} SCRAM rounds, which protects no password`;
  if (count > ROUNDS.most) return `The server wants ${count} SCRAM rounds, which is more than is sensible`;
  return { nonce, salt: Buffer.from(salt, 'base64'), rounds: count };
}

function hmac(hash: Hash, key: Buffer, text: string): Buffer {
  return createHmac(hash, key).update(text).digest();
}
