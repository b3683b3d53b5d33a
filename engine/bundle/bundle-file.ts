import { createHash, randomBytes } from 'node:crypto';
import { BUNDLE_MAGIC } from '../../shared/bundle.ts';
import { appErrorOf } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import { PROFILE_SCHEMA_VERSION } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { BUNDLE_VERSION, type BundleHeader, bundleHeader, type EncryptedHeader, type Kdf } from './header.ts';
import { type BundleContent, type BundledProfile, payloadText, readPayload } from './payload.ts';
import { deriveKeys, headerTag, isHeaderTag, openBody, sealBody } from './seal.ts';

/** Costs of what we write: 2^17, 8, 1 is about half a second and 128 MiB. */
export const KDF_COSTS = { n: 2 ** 17, r: 8, p: 1 } as const;

/** What a bundle is sealed with; tests give salt, nonce and lower costs. */
export interface Sealing {
  passphrase: string;
  kdf?: Pick<Kdf, 'n' | 'r' | 'p'>;
  salt?: Uint8Array;
  nonce?: Uint8Array;
}

/** A bundle that was read as far as it can be without a passphrase. */
export interface BundleOutline {
  header: BundleHeader;
  /** Magic and header, as they stand in the file: what the tags are about. */
  head: string;
  /** Tag of the header; '' in a plain bundle. */
  tag: string;
  body: string;
}

/** An opened bundle. */
export interface OpenedBundle extends BundleContent {
  header: BundleHeader;
}

/** The whole text of a bundle. Without `sealing` no profile may come with secrets. */
export async function composeBundle(
  profiles: readonly BundledProfile[],
  createdAt: Date,
  sealing: Sealing | null,
): Promise<string> {
  const common = { profileSchema: PROFILE_SCHEMA_VERSION, createdAt: createdAt.toISOString() };
  const payload = payloadText(profiles);
  if (sealing === null) {
    if (profiles.some(({ secrets }) => Object.keys(secrets).length > 0))
      throw new Error('A plain bundle takes no secret');
    return withChecksum(`${headOf({ kind: 'plain', ...common })}${payload}\n`);
  }
  const { passphrase, kdf: costs = KDF_COSTS, salt = randomBytes(16), nonce = randomBytes(12) } = sealing;
  const header: EncryptedHeader = {
    kind: 'encrypted',
    ...common,
    kdf: { name: 'scrypt', ...costs, salt: Buffer.from(salt).toString('base64') },
    cipher: { name: 'aes-256-gcm', nonce: Buffer.from(nonce).toString('base64') },
  };
  const head = headOf(header);
  const keys = await deriveKeys(passphrase, header.kdf);
  return withChecksum(`${head}${headerTag(keys, head)}\n${sealBody(keys, header, head, payload)}\n`);
}

/** True when bytes begin as a bundle does, of whatever version. */
export function isBundle(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, BUNDLE_MAGIC.length)).toString('latin1') === BUNDLE_MAGIC;
}

/**
 * Reads a bundle as far as it can be read without a passphrase. Errors: INPUT_TOO_LARGE, NOT_A_BUNDLE, BUNDLE_NEWER, and
 * BUNDLE_DAMAGED for whatever is not byte for byte what was written.
 */
export function readOutline(bytes: Uint8Array): Result<BundleOutline> {
  if (bytes.length > LIMITS.bundleBytes) {
    return fail(appErrorOf('INPUT_TOO_LARGE', { what: 'The bundle', max: LIMITS.bundleBytes }));
  }
  if (!isBundle(bytes)) return fail(appErrorOf('NOT_A_BUNDLE', {}));
  const text = Buffer.from(bytes).toString('utf8');
  const version = new RegExp(`^${BUNDLE_MAGIC} (\\d{1,6})\\r?\\n`).exec(text)?.[1];
  if (version !== undefined && Number(version) > BUNDLE_VERSION)
    return newer('file format', Number(version), BUNDLE_VERSION);
  // Of the bytes, not of the text: decoding would hide what is no UTF-8.
  const whole = checksumFits(bytes);
  if (!whole) return damaged(damageOf(text));
  const [magic = '', headerText = '', ...rest] = text.split('\n');
  const header = bundleHeader.safeParse(parseJson(headerText));
  if (magic !== `${BUNDLE_MAGIC} ${BUNDLE_VERSION}` || !header.success) return damaged('Its header cannot be read.');
  const { profileSchema, kind } = header.data;
  if (profileSchema > PROFILE_SCHEMA_VERSION) return newer('profiles', profileSchema, PROFILE_SCHEMA_VERSION);
  const head = `${magic}\n${headerText}\n`;
  // After the body come the checksum and the empty text behind the last line end.
  if (kind === 'plain' && rest.length === 3) return ok({ header: header.data, head, tag: '', body: rest[0] ?? '' });
  const [tag, body] = rest;
  if (kind === 'encrypted' && rest.length === 4 && tag !== undefined && body !== undefined) {
    return ok({ header: header.data, head, tag, body });
  }
  return damaged('Its parts are not those of a bundle.');
}

/**
 * Opens a bundle. Errors: PASSPHRASE_NEEDED for an encrypted one without a passphrase, PASSPHRASE_WRONG when the header
 * was not made with it, BUNDLE_DAMAGED when the content was altered behind a sound header.
 */
export async function openBundle(outline: BundleOutline, passphrase: string | null): Promise<Result<OpenedBundle>> {
  const { header, head, tag, body } = outline;
  if (header.kind === 'plain') {
    const content = readPayload(body, header.profileSchema, false);
    return content.ok ? ok({ header, ...content.value }) : content;
  }
  if (passphrase === null) return fail(appErrorOf('PASSPHRASE_NEEDED', {}));
  const keys = await deriveKeys(passphrase, header.kdf);
  if (!isHeaderTag(keys, head, tag)) return fail(appErrorOf('PASSPHRASE_WRONG', {}));
  const payload = openBody(keys, header, head, body);
  if (!payload.ok) return payload;
  const content = readPayload(payload.value, header.profileSchema, true);
  return content.ok ? ok({ header, ...content.value }) : content;
}

function headOf(header: BundleHeader): string {
  return `${BUNDLE_MAGIC} ${BUNDLE_VERSION}\n${JSON.stringify(header)}\n`;
}

const CHECKSUM = /^sha256 [0-9a-f]{64}\n$/;
const CHECKSUM_BYTES = 'sha256 '.length + 64 + 1;

function checksumOf(content: string | Uint8Array): string {
  return `sha256 ${createHash('sha256').update(content).digest('hex')}\n`;
}

function withChecksum(content: string): string {
  return content + checksumOf(content);
}

function checksumFits(bytes: Uint8Array): boolean {
  const at = Math.max(0, bytes.length - CHECKSUM_BYTES);
  const given = Buffer.from(bytes.subarray(at)).toString('latin1');
  return CHECKSUM.test(given) && given === checksumOf(bytes.subarray(0, at));
}

/** What a person can do something about, said plainly. */
function damageOf(text: string): string {
  if (text.includes('\r\n')) return 'Its line ends were changed on the way, as some mail and transfer programs do.';
  return /\nsha256 [0-9a-f]{64}\n$/.test(text) ? 'Its checksum does not fit its content.' : 'Its end is missing.';
}

function damaged(detail: string): Result<never> {
  return fail(appErrorOf('BUNDLE_DAMAGED', { detail }));
}

function newer(what: 'file format' | 'profiles', version: number, known: number): Result<never> {
  return fail(appErrorOf('BUNDLE_NEWER', { what, version, known }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
