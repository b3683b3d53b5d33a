import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftSettings, draftToKeep, settingsToKeep } from '../../shared/draft.ts';
import { emptySettings, type ProfileSettings } from '../../shared/profile.ts';

const base = emptySettings();
const accepts = (settings: unknown) => draftSettings.safeParse(settings).success;
const withHost = (host: unknown) => ({ ...base, server: { ...base.server, host } }) as ProfileSettings;
const withPort = (port: unknown) => ({ ...base, server: { ...base.server, port } }) as ProfileSettings;

describe('what may be kept of a form', () => {
  it('is half-typed text in a text or number field', () => {
    expect(accepts(base)).toBe(true);
    expect(accepts(withHost('mail.'))).toBe(true);
    expect(accepts(withPort('58x'))).toBe(true);
    expect(accepts({ ...base, sender: { ...base.sender, from: { address: 'alerts@', name: '' } } })).toBe(true);
  });

  it('is nothing of another shape: no unknown key, no choice that does not exist, no text for a list', () => {
    expect(accepts({ ...base, password: 'canary' })).toBe(false);
    expect(accepts({ ...base, signIn: { ...base.signIn, password: 'canary' } })).toBe(false);
    expect(accepts({ ...base, server: { ...base.server, security: 'canary' } })).toBe(false);
    expect(accepts({ ...base, server: 'canary' })).toBe(false);
    expect(accepts({ ...base, sender: { ...base.sender, cc: 'a@x.example' } })).toBe(false);
    expect(accepts({ ...base, tls: { ...base.tls, verifyCertificate: 'no' } })).toBe(false);
    expect(accepts(null)).toBe(false);
  });

  it('is no private key and no address with a password, in whatever field they were pasted', () => {
    const key = '-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----';
    expect(accepts({ ...base, tls: { ...base.tls, caPem: key } })).toBe(false);
    expect(accepts(withHost('smtp://ada:canary@mail.example'))).toBe(false);
    expect(draftToKeep.safeParse({ id: crypto.randomUUID(), settings: base, base, secrets: [] }).success).toBe(false);
  });
});

describe('the settings that are kept', () => {
  it('are those of the form where they may be kept', () => {
    const typed = withPort('58x');
    expect(settingsToKeep(typed, base)).toEqual(typed);
  });

  it('have the value that the edits began from in place of a secret, and everything else as typed', () => {
    const typed = { ...withHost('smtp://ada:canary@mail.example'), name: 'Acme' };
    const kept = settingsToKeep(typed, base);
    expect(kept).toEqual({ ...base, name: 'Acme' });
  });

  it('have the old list where an entry of it may not be kept and has no earlier value', () => {
    const headers = [{ name: '-----BEGIN PRIVATE KEY-----', value: '' }];
    const typed = { ...base, name: 'Acme', sender: { ...base.sender, headers } };
    expect(settingsToKeep(typed, base)).toEqual({ ...base, name: 'Acme' });
  });

  it('always pass the schema, whatever stands in the form', () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.constant(undefined), fc.constant('x://a:b@c'));
    const typed = fc.tuple(leaf, leaf, leaf).map(([host, port, name]) => ({ ...withHost(host), port, name }));
    fc.assert(
      fc.property(typed, (settings) => {
        expect(accepts(settingsToKeep(settings as unknown as ProfileSettings, base))).toBe(true);
      }),
    );
  });
});
