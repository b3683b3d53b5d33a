import { describe, expect, it } from 'vitest';
import { ImportSessions } from '../../../engine/handlers/import-sessions.ts';
import { takeSecrets } from '../../../engine/handlers/secret-changes.ts';
import type { SecretEdit } from '../../../shared/contract.ts';
import { settingsNamed } from '../profiles/library-fixture.ts';
import { errorOf, must } from '../targets/support.ts';

const CANARY = 'Canary-7d!file';
const settings = settingsNamed('Acme');
const imports = new ImportSessions();
const importId = imports.open([{ settings, origins: {}, secrets: { password: CANARY } }]);
const take = (part: Partial<Extract<SecretEdit, { action: 'take' }>> = {}): SecretEdit => ({
  action: 'take',
  kind: 'password',
  importId,
  index: 0,
  storage: 'session',
  ...part,
});

describe('a secret that a form takes from a file that was read', () => {
  it('is put in by the privileged side, among the other edits', () => {
    const ask: SecretEdit = { action: 'ask', kind: 'clientKey' };
    expect(must(takeSecrets(imports, { ...settings, name: 'Renamed' }, [ask, take()]))).toEqual([
      ask,
      { action: 'set', kind: 'password', value: CANARY, storage: 'session' },
    ]);
  });

  it('does not follow to another server, port, security or user', () => {
    const elsewhere = { ...settings, server: { ...settings.server, host: 'evil.example' } };
    const error = errorOf(takeSecrets(imports, elsewhere, [take()]));
    expect(error).toMatchObject({ code: 'SECRET_NEEDED', facts: { reason: 'destination-changed' } });
    expect(JSON.stringify(error)).not.toContain(CANARY);
  });

  it('is an error where the file is not known any more or holds none', () => {
    expect(errorOf(takeSecrets(imports, settings, [take({ importId: crypto.randomUUID() })])).code).toBe(
      'IMPORT_UNKNOWN',
    );
    expect(errorOf(takeSecrets(imports, settings, [take({ kind: 'refreshToken' })])).code).toBe('SECRET_NEEDED');
  });
});
