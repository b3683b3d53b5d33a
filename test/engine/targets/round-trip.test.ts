import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TARGETS } from '../../../engine/targets/index.ts';
import { readSecret } from '../../../engine/targets/secret-policy.ts';
import { SourceDocument } from '../../../engine/targets/source.ts';
import { type ExportContext, type Target, withDefaults } from '../../../engine/targets/target.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { problemsOf } from '../../../shared/profile.ts';
import { anySettings, hostileSecret } from './arbitrary.ts';

/** Fields that are Relaysmith's own; no product has a counterpart, so no limit speaks of them. */
const OWN = new Set(['name', 'notes', 'environment', 'provider', 'testRecipient', 'signIn.allowWithoutTls']);

function contextOf(target: Target, options: Record<string, string> = {}): ExportContext {
  return { options: withDefaults(target.info, options), secrets: { policy: 'leave-out', values: {} } };
}

/** Every value by its path; lists count as one value. */
function leaves(value: unknown, path = ''): [path: string, value: unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, item]) => leaves(item, path === '' ? key : `${path}.${key}`));
}

/** What differs between two settings and was not told by a limit. */
function untold(target: Target, before: ProfileSettings, after: ProfileSettings, told: string[]): string[] {
  const now = new Map(leaves(after));
  return (
    leaves(before)
      .filter(([path]) => !OWN.has(path))
      .filter(([path]) => !path.startsWith('products.') || path.startsWith(`products.${target.info.id}.`))
      .filter(([path, value]) => JSON.stringify(now.get(path)) !== JSON.stringify(value))
      // An envelope sender that equals From says nothing of its own.
      .filter(([path, value]) => !(path === 'sender.envelopeFrom' && value === before.sender.from.address))
      .filter(([path]) => !told.some((field) => related(path, field)))
      .map(([path]) => path)
  );
}

function related(path: string, field: string): boolean {
  if (path === field || path.startsWith(`${field}.`)) return true;
  // A limit on the sign-in or the relay speaks of the whole of it.
  if (field.startsWith('signIn.oauth') && path.startsWith('signIn.oauth')) return true;
  return field === 'sender.relayAllowed' && path === 'sender.relayDomains';
}

const FORMS = TARGETS.flatMap((target) => {
  const forms = target.info.options.find(({ key }) => key === 'form')?.values.map(({ value }) => value) ?? [''];
  // Commands and sheets are written, not read.
  return forms
    .filter((form) => form !== 'commands' && form !== 'sheet')
    .map((form) => ({ target, form, title: `${target.info.id} ${form}` }));
});

describe.each(FORMS)('round trip of $title', ({ target, form }) => {
  const options: Record<string, string> = form === '' ? {} : { form };

  it('gives the settings back but for what the limits told', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const context = contextOf(target, options);
        const text = target.render(settings, context);
        if (!text.ok) {
          expect(text.error.code).toBe('TARGET_REFUSES');
          return;
        }
        const parsed = target.parse(new SourceDocument(text.value));
        if (!parsed.ok) throw new Error(`${parsed.error.code} ${JSON.stringify(parsed.error.facts)}\n${text.value}`);
        const [profile] = parsed.value.profiles;
        if (!profile) throw new Error('no profile');
        expect(problemsOf(profile.settings)).toEqual([]);
        const told = target.limits(settings, context).map(({ field }) => field);
        expect(untold(target, settings, profile.settings, told)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('gives any password back, or tells that it is none', () => {
    fc.assert(
      fc.property(hostileSecret, (secret) => {
        const settings = withPassword();
        const context: ExportContext = {
          options: withDefaults(target.info, options),
          secrets: { policy: 'include', values: { password: secret } },
        };
        const text = target.render(settings, context);
        if (!text.ok) {
          expect(text.error.code).toBe('TARGET_REFUSES');
          return;
        }
        const parsed = target.parse(new SourceDocument(text.value));
        if (!parsed.ok) throw new Error(parsed.error.code);
        const found = parsed.value.profiles[0]?.secrets.find(({ kind }) => kind === 'password');
        const reading = readSecret(secret);
        expect(found?.state).toBe(reading.state);
        if (reading.state === 'value') expect(found?.value).toBe(secret);
        else expect(found?.value).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it('merges the same settings twice to the same text, and into its own text without a change', () => {
    fc.assert(
      fc.property(anySettings, anySettings, (first, second) => {
        const context = contextOf(target, options);
        const text = target.render(first, context);
        if (!text.ok) return;
        const realm =
          context.options.realm === undefined
            ? {}
            : {
                products: {
                  ...second.products,
                  keycloak: { ...second.products.keycloak, realm: first.products.keycloak?.realm ?? '' },
                },
              };
        const merged = target.merge(text.value, { ...second, ...realm }, context);
        if (!merged.ok) {
          expect(merged.error.code).toBe('TARGET_REFUSES');
          return;
        }
        expect(target.merge(merged.value, { ...second, ...realm }, context)).toEqual(merged);
        expect(target.merge(text.value, first, context)).toEqual(text);
      }),
      { numRuns: 80 },
    );
  });
});

function withPassword(): ProfileSettings {
  const [settings] = fc.sample(
    anySettings.filter(({ signIn }) => signIn.method === 'password' && signIn.username !== ''),
    {
      numRuns: 1,
      seed: 7,
    },
  );
  if (!settings) throw new Error('no settings');
  return settings;
}
