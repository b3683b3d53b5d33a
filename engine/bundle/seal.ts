import { createCipheriv, createDecipheriv, createHmac, scrypt, timingSafeEqual } from 'node:crypto';
import { appErrorOf } from '../../shared/errors.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { EncryptedHeader, Kdf } from './header.ts';

/** The two keys of a sealed bundle: one tells whether the passphrase is right, the other opens the content. */
export interface BundleKeys {
  header: Buffer;
  body: Buffer;
}

const TAG_BYTES = 16;

/**
 * Derives the keys of a bundle; takes about half a second and 128 MiB, on a thread of its own. The passphrase is taken
 * in NFC (RFC 8265 4.2), so that it is the same whatever keyboard it is typed on.
 */
export function deriveKeys(passphrase: string, { n, r, p, salt }: Kdf): Promise<BundleKeys> {
  const secret = Buffer.from(passphrase.normalize('NFC'), 'utf8');
  // Node refuses more than 32 MiB unless told; the bound is that of the header's schema, with room for its own use.
  const options = { N: n, r, p, maxmem: 300 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    scrypt(secret, Buffer.from(salt, 'base64'), 64, options, (error, key) => {
      secret.fill(0);
      if (error) reject(error);
      else resolve({ header: key.subarray(0, 32), body: key.subarray(32) });
    });
  });
}

/** The tag of the header: only who has the passphrase can make it. */
export function headerTag(keys: BundleKeys, head: string): string {
  return createHmac('sha256', keys.header).update(head).digest('base64');
}

/** True when the header's tag fits, compared in constant time. */
export function isHeaderTag(keys: BundleKeys, head: string, tag: string): boolean {
  const [expected, given] = [Buffer.from(headerTag(keys, head)), Buffer.from(tag)];
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** Encrypts the content, bound to the header: base64 of ciphertext and tag. */
export function sealBody(keys: BundleKeys, { cipher }: EncryptedHeader, head: string, body: string): string {
  const encrypt = createCipheriv('aes-256-gcm', keys.body, Buffer.from(cipher.nonce, 'base64'));
  encrypt.setAAD(Buffer.from(head));
  return Buffer.concat([encrypt.update(body, 'utf8'), encrypt.final(), encrypt.getAuthTag()]).toString('base64');
}

/** Decrypts the content. Error: BUNDLE_DAMAGED for what is not wholly what was encrypted under this header. */
export function openBody(keys: BundleKeys, { cipher }: EncryptedHeader, head: string, sealed: string): Result<string> {
  const damaged = () => fail(appErrorOf('BUNDLE_DAMAGED', { detail: 'The encrypted part was altered.' }));
  const bytes = Buffer.from(sealed, 'base64');
  // Base64 has several spellings of the same bytes, of which only one is ours.
  if (bytes.length < TAG_BYTES || bytes.toString('base64') !== sealed) return damaged();
  const decrypt = createDecipheriv('aes-256-gcm', keys.body, Buffer.from(cipher.nonce, 'base64'), {
    authTagLength: TAG_BYTES,
  });
  decrypt.setAAD(Buffer.from(head));
  decrypt.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return ok(Buffer.concat([decrypt.update(bytes.subarray(0, -TAG_BYTES)), decrypt.final()]).toString('utf8'));
  } catch {
    return damaged();
  }
}
