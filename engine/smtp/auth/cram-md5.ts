import { createHmac } from 'node:crypto';
import type { Credentials, Mechanism } from './mechanism.ts';

/** CRAM-MD5 (RFC 2195): proves the password without sending it. */
export function cramMd5({ username, secret }: Credentials): Mechanism {
  return {
    name: 'CRAM-MD5',
    initial: null,
    respond(challenge, step) {
      if (step > 0 || challenge === '') return null;
      return `${username} ${createHmac('md5', secret).update(challenge).digest('hex')}`;
    },
  };
}
