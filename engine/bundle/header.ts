import * as z from 'zod/mini';

/** Version of the file format that this program writes, and the newest that it reads. */
export const BUNDLE_VERSION = 1;

const base64 = (bytes: number) =>
  z
    .string()
    .check(z.refine((text) => Buffer.from(text, 'base64').toString('base64') === text && lengthOf(text) === bytes));

function lengthOf(text: string): number {
  return Buffer.from(text, 'base64').length;
}

const common = {
  /** Schema version of the profiles inside (shared/profile.ts). */
  profileSchema: z.int().check(z.gte(1)),
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
};

/**
 * Costs of scrypt (RFC 7914). What a file asks for is bounded, since it comes from outside: at least what is not yet
 * trivial to guess, at most 256 MiB of memory and four times the work of our own.
 */
export const kdf = z
  .strictObject({
    name: z.literal('scrypt'),
    n: z.int().check(
      z.gte(2 ** 14),
      z.lte(2 ** 18),
      z.refine((n) => Number.isInteger(Math.log2(n))),
    ),
    r: z.int().check(z.gte(8), z.lte(16)),
    p: z.int().check(z.gte(1), z.lte(4)),
    salt: base64(16),
  })
  .check(z.refine(({ n, r, p }) => 128 * n * r <= 256 * 1024 * 1024 && n * r * p <= 2 ** 22));
/** See {@link kdf}. */
export type Kdf = z.infer<typeof kdf>;

/** The second line of a bundle. */
export const bundleHeader = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('plain'), ...common }),
  z.strictObject({
    kind: z.literal('encrypted'),
    ...common,
    kdf,
    cipher: z.strictObject({ name: z.literal('aes-256-gcm'), nonce: base64(12) }),
  }),
]);
/** See {@link bundleHeader}. */
export type BundleHeader = z.infer<typeof bundleHeader>;
/** A header of a bundle with secrets. */
export type EncryptedHeader = Extract<BundleHeader, { kind: 'encrypted' }>;
