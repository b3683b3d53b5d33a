import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences } from '../../renderer/features/profile/conflict-model.ts';
import { numberOrText } from '../../renderer/features/profile/fields.tsx';
import { splitEntries } from '../../renderer/features/profile/list-field.tsx';
import { fromPastedAddress } from '../../renderer/features/profile/paste-url.ts';
import { PRODUCT_GROUPS, readPairs, writePairs } from '../../renderer/features/profile/product-options.ts';
import { secretView } from '../../renderer/features/profile/secret-view.ts';
import { countBySection, sectionOf } from '../../renderer/features/profile/sections.ts';
import { shownValue } from '../../renderer/features/profile/shown-value.ts';
import { withValue } from '../../renderer/state/draft-model.ts';
import { fieldLabel, fields } from '../../renderer/text.ts';
import { adviceOn } from '../../shared/advice.ts';
import { fieldValue } from '../../shared/fix.ts';
import { emptySettings, type ProfileSettings, profileSettings } from '../../shared/profile.ts';
import type { SecretState } from '../../shared/secrets.ts';

const settings = emptySettings();

describe('a pasted address', () => {
  it('fills in host, port, security and user, and hands the password on without keeping it in the settings', () => {
    const read = fromPastedAddress('smtps://ada%40acme.example:canary%2Fpw@mail.acme.example:2465/?x=1', settings);
    expect(read?.settings.server).toMatchObject({ host: 'mail.acme.example', port: 2465, security: 'tls' });
    expect(read?.settings.signIn).toMatchObject({ method: 'password', username: 'ada@acme.example' });
    expect(read?.password).toBe('canary/pw');
    expect(JSON.stringify(read?.settings)).not.toContain('canary');
  });

  it('takes the usual port of the scheme, and host:port without one', () => {
    expect(fromPastedAddress('smtp://mail.example', settings)?.settings.server).toMatchObject({
      port: 587,
      security: 'starttls',
    });
    expect(fromPastedAddress('submissions://[2001:db8::1]', settings)?.settings.server).toMatchObject({
      host: '2001:db8::1',
      port: 465,
    });
    expect(fromPastedAddress('mail.example:2525', settings)?.settings.server).toMatchObject({
      host: 'mail.example',
      port: 2525,
    });
  });

  it('takes port 80 for what it is, although web addresses leave it out', () => {
    expect(fromPastedAddress('smtp://mail.example:80', settings)?.settings.server.port).toBe(80);
  });

  it('leaves every other text alone, and never throws', () => {
    for (const text of ['mail.example', 'https://mail.example', 'a b', 'smtp://', '']) {
      expect(fromPastedAddress(text, settings)).toBeNull();
    }
    fc.assert(fc.property(fc.string(), (text) => void fromPastedAddress(`smtp://${text}`, settings)));
  });
});

describe('what the form says about a secret', () => {
  const stored: SecretState[] = [{ kind: 'password', storage: 'keychain', available: true, matchesDestination: true }];

  it('knows where it is', () => {
    expect(secretView('password', [], [], settings, settings).state).toBe('none');
    expect(secretView('password', stored, [], settings, settings).state).toBe('keychain');
    const ask: SecretState[] = [{ kind: 'password', storage: 'ask', available: false, matchesDestination: true }];
    expect(secretView('password', ask, [], settings, settings).state).toBe('ask');
    const gone: SecretState[] = [{ kind: 'password', storage: 'session', available: false, matchesDestination: true }];
    expect(secretView('password', gone, [], settings, settings).state).toBe('missing');
  });

  it('says that it belongs elsewhere as soon as host, port, security or user differ from what is saved', () => {
    for (const [field, value] of [
      ['server.host', 'other.example'],
      ['server.port', 25],
      ['server.security', 'none'],
      ['signIn.username', 'eve'],
    ] as const) {
      expect(secretView('password', stored, [], settings, withValue(settings, field, value)).state).toBe('elsewhere');
    }
    expect(secretView('password', stored, [], settings, withValue(settings, 'notes', 'x')).state).toBe('keychain');
  });

  it('puts what waits to be saved before what is stored', () => {
    const set = { action: 'set', kind: 'password', value: 'canary', storage: 'session' } as const;
    expect(secretView('password', stored, [set], settings, settings)).toEqual({ state: 'pendingSession' });
    expect(secretView('password', stored, [{ action: 'clear', kind: 'password' }], settings, settings).state).toBe(
      'pendingClear',
    );
  });
});

describe('the fields of the form', () => {
  it('have a label for every setting, and every label belongs to a setting', () => {
    const full: ProfileSettings = { ...settings, environment: 'test' };
    for (const path of Object.keys(fields)) expect(fieldValue(full, path), path).not.toBeUndefined();
    for (const path of leaves(settings)) expect(fieldLabel(path), path).not.toBe(path);
  });

  it('stand in a section each', () => {
    expect(sectionOf('server.host')).toBe('server');
    expect(sectionOf('server.proxy.host')).toBe('more');
    expect(sectionOf('signIn.oauth.scope')).toBe('signIn');
    expect(sectionOf('products.keycloak.realm')).toBe('more');
    expect(sectionOf('name')).toBe('identity');
  });

  it('are counted by section where they are wrong or worth a warning', () => {
    const problems = ['name', 'server.port', 'sender.cc.0'].map((field) => ({ field, message: '' }));
    const advice = adviceOn(withValue(withValue(settings, 'server.host', 'mail.example'), 'server.port', 465));
    const counts = countBySection(problems, advice);
    expect(counts.server).toEqual({ errors: 2, warnings: 1 });
    expect(counts.sender).toMatchObject({ errors: 1 });
    expect(counts.tls).toEqual({ errors: 0, warnings: 0 });
  });

  it('offer exactly the options that each product has in the schema', () => {
    const { shape } = profileSettings.shape.products;
    for (const { id, options } of PRODUCT_GROUPS) {
      const group = shape[id].def.innerType.shape;
      expect(options.map(({ key }) => key).sort()).toEqual(Object.keys(group).sort());
    }
    expect(PRODUCT_GROUPS.map(({ id }) => id).sort()).toEqual(Object.keys(shape).sort());
  });

  it('read lists and pairs as they are typed', () => {
    expect(splitEntries(' a@x.example, b@x.example;\n\nc@x.example ')).toEqual([
      'a@x.example',
      'b@x.example',
      'c@x.example',
    ]);
    expect(readPairs('Company 42\n\nUser  7 ')).toEqual([
      { type: 'Company', resourceId: '42' },
      { type: 'User', resourceId: '7' },
    ]);
    expect(writePairs(readPairs('Company 42'))).toBe('Company 42');
    expect(readPairs(' \n')).toBeUndefined();
  });

  it('keep what is no number visible', () => {
    expect(numberOrText('587')).toBe(587);
    expect(numberOrText('58x')).toBe('58x');
    expect(numberOrText('')).toBe('');
  });

  it('show values in words', () => {
    expect(shownValue('server.security', 'tls')).toBe('TLS from the first byte');
    expect(shownValue('tls.verifyCertificate', false)).toBe('Off');
    expect(shownValue('sender.cc', ['a', 'b'])).toBe('a, b');
    expect(shownValue('tls.caPem', '-----BEGIN CERTIFICATE-----\nx')).toBe('1 certificate');
    expect(shownValue('notes', '')).toBe('');
  });
});

describe('a conflict', () => {
  it('lists each field in which the two versions differ, and who changed it', () => {
    const yours = withValue(settings, 'server.port', 25);
    const theirs = withValue(withValue(settings, 'name', 'New'), 'sender.cc', ['a@x.example']);
    const rows = differences(settings, yours, theirs);
    expect(rows.map(({ field, changedByYou }) => [field, changedByYou])).toEqual([
      ['name', false],
      ['server.port', true],
      ['sender.cc', false],
    ]);
    expect(differences(settings, yours, yours)).toEqual([]);
  });
});

function leaves(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, path ? `${path}.${key}` : key));
}
