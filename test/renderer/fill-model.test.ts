import { describe, expect, it } from 'vitest';
import {
  type Filled,
  filledRows,
  mayBeFile,
  secretsWith,
  settingsWith,
  withoutFill,
} from '../../renderer/features/profile/fill-model.ts';
import { draftOf, importTaken, typedSecrets, withSettings, withValue } from '../../renderer/state/draft-model.ts';
import type { SecretEdit } from '../../shared/contract.ts';
import { emptySettings } from '../../shared/profile.ts';
import type { ImportPreview } from '../../shared/target.ts';

const empty = emptySettings();
const read = {
  ...empty,
  name: 'Grafana',
  status: 'inactive' as const,
  server: { ...empty.server, host: 'mail.acme.example', port: 2525 },
  signIn: { ...empty.signIn, username: 'app@acme.example' },
};
const at = (key: string) => ({ key, line: 1 });
const preview: ImportPreview = {
  importId: crypto.randomUUID(),
  target: 'grafana',
  otherCandidates: [],
  profiles: [read, { ...read, name: 'Second' }],
  origins: { 'server.host': at('smtp.host'), status: at('smtp.enabled'), '1:server.port': at('x') },
  ignored: [],
  secrets: [
    { kind: 'password', profile: 0, key: 'smtp.password', line: 3, state: 'value', reference: '' },
    { kind: 'clientSecret', profile: 0, key: 'x', line: 4, state: 'mask', reference: '' },
    { kind: 'refreshToken', profile: 1, key: 'y', line: 5, state: 'value', reference: '' },
  ],
  warnings: [],
};

describe('a pasted file', () => {
  it('is told from a host', () => {
    for (const text of ['{"host":"a"}', 'SMTP_HOST=a', '[smtp]\nhost = a', 'a: b\nc: d']) {
      expect(mayBeFile(text), text).toBe(true);
    }
    for (const text of ['mail.example.com', ' mail.example.com\n', '2001:db8::1', 'mail.example.com:587']) {
      expect(mayBeFile(text), text).toBe(false);
    }
  });

  it('fills an empty form wholly, but for what is said of the profile itself', () => {
    const own = { notes: 'mine', organizations: ['Acme'], environment: 'production' as const };
    const now = { ...empty, ...own };
    expect(settingsWith(now, preview)).toEqual({ ...read, status: 'active', ...own });
    expect(settingsWith({ ...now, name: 'Mine' }, preview).name).toBe('Mine');
  });

  it('gives a form in use only what stands in the file', () => {
    const now = withValue(withValue(empty, 'server.host', 'old.example'), 'server.port', 26);
    const next = settingsWith(now, preview);
    expect(next.server).toMatchObject({ host: 'mail.acme.example', port: 26 });
    expect(next).toMatchObject({ name: '', status: 'active' });
  });

  it('leaves the host alone when the file has none', () => {
    const hostless = { ...preview, profiles: [withValue(read, 'server.host', 'unknown.invalid')] };
    expect(settingsWith(empty, hostless).server.host).toBe('');
  });

  it('brings the secrets of its first profile along as references to the file, never as values', () => {
    const taken = secretsWith([], preview, 'keychain');
    expect(taken).toEqual([
      { action: 'take', kind: 'password', importId: preview.importId, index: 0, storage: 'keychain' },
    ]);
    expect(typedSecrets(taken)).toEqual({});
    expect(importTaken(taken)).toEqual({ importId: preview.importId, index: 0 });
  });
});

describe('a secret that is to be taken from a file', () => {
  const draft = { ...draftOf(read, 0), secrets: secretsWith([], preview, 'keychain') };

  it('goes as soon as the form points elsewhere than the file', () => {
    expect(withSettings(draft, withValue(read, 'name', 'Other')).secrets).toHaveLength(1);
    for (const field of ['server.host', 'signIn.username']) {
      expect(withSettings(draft, withValue(read, field, 'elsewhere.example')).secrets).toEqual([]);
    }
  });
});

describe('a filled form', () => {
  const typed: SecretEdit = { action: 'set', kind: 'password', value: 'canary', storage: 'session' };
  const filled: Filled = {
    source: 'a file',
    before: { settings: empty, secrets: [typed] },
    after: { settings: settingsWith(empty, preview), secrets: secretsWith([typed], preview, 'keychain') },
    origins: preview.origins,
    others: 1,
  };

  it('lists what changed, and where it came from', () => {
    expect(filledRows(filled).map(({ field, origin }) => [field, origin?.key])).toEqual([
      ['name', undefined],
      ['server.host', 'smtp.host'],
      ['server.port', undefined],
      ['signIn.username', undefined],
    ]);
  });

  it('is as before when that is taken back, but for what was changed by hand since', () => {
    expect(withoutFill(filled.after, filled)).toEqual(filled.before);
    const later = withValue(filled.after.settings, 'server.port', 587);
    const own: SecretEdit = { ...typed, value: 'later' };
    const back = withoutFill({ settings: later, secrets: [own] }, filled);
    expect(back.settings.server).toMatchObject({ host: '', port: 587 });
    expect(back.secrets).toEqual([own]);
  });
});
