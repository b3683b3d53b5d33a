import { describe, expect, it } from 'vitest';
import { differingFields } from '../../shared/differences.ts';
import { emptySettings } from '../../shared/profile.ts';

describe('the fields in which two profiles differ', () => {
  it('are none for the same settings', () => {
    expect(differingFields(emptySettings(), emptySettings())).toEqual([]);
  });

  it('are named by their path, a list as one, and what only one side has too', () => {
    const other = emptySettings();
    other.server.host = 'mail.acme.example';
    other.sender.cc = ['a@acme.example'];
    other.products = { keycloak: { realm: 'acme' } };
    expect(differingFields(emptySettings(), other).sort()).toEqual([
      'products.keycloak.realm',
      'sender.cc',
      'server.host',
    ]);
  });
});
