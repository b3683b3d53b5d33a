import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { composeBundle, openBundle, readOutline } from '../../../engine/bundle/bundle-file.ts';
import type { BundledProfile } from '../../../engine/bundle/payload.ts';
import { sampleSettings } from '../targets/arbitrary.ts';
import { errorOf, must } from '../targets/support.ts';
import { anyBundled, bundled, QUICK, withFreshChecksum } from './support.ts';

const PASSPHRASE = 'Canary-passphrase café 7';
const CANARY = 'Canary-in-bundle-5Qx';
const at = new Date('2026-11-21T09:14:00.000Z');

const seal = (profiles: readonly BundledProfile[], passphrase = PASSPHRASE) =>
  composeBundle(profiles, at, { passphrase, kdf: QUICK });
const read = (text: string | Uint8Array) => readOutline(typeof text === 'string' ? Buffer.from(text) : text);
const open = async (text: string, passphrase: string | null = PASSPHRASE) => openBundle(must(read(text)), passphrase);

let plain: string;
let sealed: string;
beforeAll(async () => {
  plain = await composeBundle([bundled(sampleSettings())], at, null);
  sealed = await seal([bundled(sampleSettings(), { password: CANARY, clientKey: 'Canary-key\nline 2' })]);
});

describe('a bundle', () => {
  it('gives any profiles back without a passphrase', async () => {
    await fc.assert(
      fc.asyncProperty(anyBundled, async (any) => {
        const profiles = any.map(({ profile }) => ({ profile, secrets: {} }));
        const opened = must(await open(await composeBundle(profiles, at, null), null));
        expect(opened.profiles).toEqual(profiles);
        expect(opened.refused).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('gives any profiles and any secrets back with the passphrase', async () => {
    await fc.assert(
      fc.asyncProperty(anyBundled, fc.string({ unit: 'grapheme', minLength: 1 }), async (profiles, passphrase) => {
        const opened = must(await open(await seal(profiles, passphrase), passphrase));
        expect(opened.profiles).toEqual(profiles);
      }),
      { numRuns: 25 },
    );
  });

  it('shows nothing of what is inside when it is encrypted', () => {
    for (const text of [CANARY, Buffer.from(CANARY).toString('base64').slice(0, -4), 'mail.acme.example', PASSPHRASE]) {
      expect(sealed).not.toContain(text);
    }
  });

  it('takes no secret without a passphrase', async () => {
    await expect(composeBundle([bundled(sampleSettings(), { password: CANARY })], at, null)).rejects.toThrow(
      'no secret',
    );
  });

  it('is opened by the same passphrase in another Unicode form', async () => {
    const composed = await seal([], 'caf\u00e9 au lait');
    expect((await open(composed, 'cafe\u0301 au lait')).ok).toBe(true);
  });

  it('has another salt, nonce and ciphertext each time', async () => {
    const again = await seal([bundled(sampleSettings())]);
    expect(again.split('\n')[1]).not.toBe(sealed.split('\n')[1]);
  });
});

describe('a bundle that was altered', () => {
  it.each([['plain'], ['encrypted']])('is refused whatever one byte was changed: %s', (kind) => {
    const bytes = Buffer.from(kind === 'plain' ? plain : sealed);
    for (let index = 0; index < bytes.length; index += 1) {
      for (const mask of [0x01, 0x20, 0x80]) {
        const altered = Buffer.from(bytes);
        altered[index] = (altered[index] ?? 0) ^ mask;
        const { code } = errorOf(read(altered));
        expect(['NOT_A_BUNDLE', 'BUNDLE_NEWER', 'BUNDLE_DAMAGED']).toContain(code);
      }
    }
  });

  it.each([['plain'], ['encrypted']])('is refused cut off at whatever length: %s', (kind) => {
    const bytes = Buffer.from(kind === 'plain' ? plain : sealed);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(['NOT_A_BUNDLE', 'BUNDLE_DAMAGED']).toContain(errorOf(read(bytes.subarray(0, length))).code);
    }
    expect(errorOf(read(Buffer.concat([bytes, Buffer.from('x')]))).code).toBe('BUNDLE_DAMAGED');
  });

  it('says what can be done: line ends, a missing end', () => {
    expect(errorOf(read(plain.replaceAll('\n', '\r\n'))).facts).toEqual({
      detail: expect.stringContaining('line ends'),
    });
    expect(errorOf(read(plain.slice(0, -20))).facts).toEqual({ detail: 'Its end is missing.' });
  });

  it('is refused in any byte of its encrypted part behind a checksum that fits, with the right passphrase', async () => {
    const body = Buffer.from(sealed.split('\n')[3] ?? '', 'base64');
    for (const index of [0, 11, body.length - 17, body.length - 16, body.length - 1]) {
      const altered = Buffer.from(body);
      altered[index] = (altered[index] ?? 0) ^ 1;
      const text = withFreshChecksum(sealed, (lines) => {
        lines[3] = altered.toString('base64');
      });
      expect(errorOf(await open(text)).code).toBe('BUNDLE_DAMAGED');
    }
  });

  it('is refused when its header is not that of its content, even under the same passphrase', async () => {
    const text = withFreshChecksum(sealed, (lines) => {
      lines[1] = lines[1]?.replace('2026-11-21', '2026-11-22') ?? '';
    });
    expect(errorOf(await open(text)).code).toBe('PASSPHRASE_WRONG');
  });

  it('is refused with another spelling of the same base64', async () => {
    const text = withFreshChecksum(sealed, (lines) => {
      lines[3] = `${lines[3]}\u00a0`;
    });
    expect(errorOf(await open(text)).code).toBe('BUNDLE_DAMAGED');
  });
});

describe('the passphrase', () => {
  it('is asked for, and a wrong one is told from damage', async () => {
    expect(errorOf(await open(sealed, null)).code).toBe('PASSPHRASE_NEEDED');
    expect(errorOf(await open(sealed, 'another one')).code).toBe('PASSPHRASE_WRONG');
    expect(errorOf(read(sealed.replace('A', 'B'))).code).toBe('BUNDLE_DAMAGED');
  });
});

describe('what a file may ask for', () => {
  const costs = (change: object) =>
    withFreshChecksum(sealed, (lines) => {
      const header = JSON.parse(lines[1] ?? '') as { kdf: object };
      lines[1] = JSON.stringify({ ...header, kdf: { ...header.kdf, ...change } });
    });

  it.each([
    ['no work', { n: 2 ** 10 }],
    ['more memory than a machine has', { n: 2 ** 30 }],
    ['a cost that is no power of two', { n: 2 ** 14 + 1 }],
    ['much parallel work', { p: 1_000 }],
    ['both large', { n: 2 ** 18, r: 16 }],
    ['a short salt', { salt: 'AAAA' }],
    ['another function', { name: 'pbkdf2' }],
  ])('is bounded: %s', (_words, change) => {
    expect(errorOf(read(costs(change))).facts).toEqual({ detail: 'Its header cannot be read.' });
  });

  it('is the version that this program knows', () => {
    expect(errorOf(read(sealed.replace('relaysmith-bundle 1', 'relaysmith-bundle 2')))).toEqual({
      code: 'BUNDLE_NEWER',
      facts: { what: 'file format', version: 2, known: 1 },
    });
    const later = withFreshChecksum(plain, (lines) => {
      lines[1] = lines[1]?.replace('"profileSchema":1', '"profileSchema":9') ?? '';
    });
    expect(errorOf(read(later))).toMatchObject({ code: 'BUNDLE_NEWER', facts: { what: 'profiles', version: 9 } });
    expect(errorOf(read('{"EmailSettings": {}}')).code).toBe('NOT_A_BUNDLE');
  });
});

describe('the profiles inside', () => {
  const withProfiles = (change: (profiles: { profile: Record<string, unknown>; secrets: object }[]) => void) =>
    withFreshChecksum(plain, (lines) => {
      const content = JSON.parse(lines[2] ?? '') as {
        profiles: { profile: Record<string, unknown>; secrets: object }[];
      };
      change(content.profiles);
      lines[2] = JSON.stringify(content);
    });

  it('are refused one by one, the others are kept', async () => {
    const text = withProfiles((profiles) => {
      profiles.push(
        { profile: { name: 'Half a profile\u202e' }, secrets: {} },
        { profile: { ...profiles[0]?.profile, id: '3f2b8c1e-0000-4000-8000-000000000001', surprise: 1 }, secrets: {} },
        { profile: { ...profiles[0]?.profile }, secrets: {} },
        {
          profile: { ...profiles[0]?.profile, id: '3f2b8c1e-0000-4000-8000-000000000002' },
          secrets: { password: CANARY },
        },
      );
    });
    const opened = must(await open(text, null));
    expect(opened.profiles).toHaveLength(1);
    expect(opened.refused.map(({ problem }) => problem)).toEqual([
      expect.stringContaining('profile.'),
      expect.stringMatching(/profile.*surprise|Unrecognized|Invalid/),
      'Another profile of the bundle has the same id.',
      'It holds a secret in the clear.',
    ]);
    expect(opened.refused[0]?.label).toBe('Half a profile\\u202e');
    expect(JSON.stringify(opened)).not.toContain(CANARY);
  });

  it('cannot reach a prototype', async () => {
    const text = withFreshChecksum(plain, (lines) => {
      lines[2] = lines[2]?.replace('{"profiles":[{', '{"profiles":[{"__proto__":{"polluted":1},') ?? '';
    });
    must(await open(text, null));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('the vectors of docs/bundle.md', () => {
  const file = (name: string) => readFileSync(new URL(`../../fixtures/bundle/${name}`, import.meta.url), 'utf8');

  it.each([
    ['plain.relaysmith', null, {}],
    ['sealed.relaysmith', 'correct horse battery staple', { password: 'Vector password ✓' }],
  ])('%s is read as it is described', async (name, passphrase, secrets) => {
    const opened = must(await open(file(name), passphrase));
    expect(opened.profiles).toHaveLength(1);
    expect(opened.profiles[0]).toMatchObject({
      profile: { id: '6c1f2a44-8f0e-4c53-9a0e-2f6f3f0a9b01', name: 'Acme production relay' },
      secrets,
    });
  });

  it('are what this program writes from the same profile, salt and nonce', async () => {
    const { profiles } = must(await open(file('sealed.relaysmith'), 'correct horse battery staple'));
    const text = await composeBundle(profiles, at, {
      passphrase: 'correct horse battery staple',
      salt: Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex'),
      nonce: Buffer.from('101112131415161718191a1b', 'hex'),
    });
    expect(text).toBe(file('sealed.relaysmith'));
  });

  it('stand in the documentation', () => {
    const page = readFileSync(new URL('../../../docs/bundle.md', import.meta.url), 'utf8');
    const [magic, header, tag] = file('sealed.relaysmith').split('\n');
    for (const line of [magic, header, tag, file('sealed.relaysmith').split('\n')[4]]) expect(page).toContain(line);
  });
});
