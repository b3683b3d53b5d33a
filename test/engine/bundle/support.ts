import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { BundledProfile } from '../../../engine/bundle/payload.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { SECRET_KINDS } from '../../../shared/secrets.ts';
import { anySettings, hostileSecret } from '../targets/arbitrary.ts';

/** The lowest costs that a bundle may name, so that tests are quick. */
export const QUICK = { n: 2 ** 14, r: 8, p: 1 } as const;

/** A profile as a bundle carries it. */
export function bundled(settings: ProfileSettings, secrets: BundledProfile['secrets'] = {}): BundledProfile {
  const stamp = { at: '2026-11-20T16:02:00.000Z', by: 'ada' };
  return { profile: { ...settings, id: randomUUID(), created: stamp, updated: stamp }, secrets };
}

/** Any valid profiles with any secrets. */
export const anyBundled = fc.array(
  fc
    .tuple(anySettings, fc.dictionary(fc.constantFrom(...SECRET_KINDS), hostileSecret))
    .map(([settings, secrets]) => bundled(settings, secrets)),
  { maxLength: 4 },
);

/** The same content under a checksum that fits: what somebody does who alters a bundle on purpose. */
export function withFreshChecksum(text: string, change: (lines: string[]) => void): string {
  const lines = text.split('\n').slice(0, -2);
  change(lines);
  const content = `${lines.join('\n')}\n`;
  return `${content}sha256 ${createHash('sha256').update(content).digest('hex')}\n`;
}
