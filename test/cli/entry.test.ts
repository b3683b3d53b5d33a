import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestHome, testHome } from './support/home.ts';
import { SHAPES } from './support/shapes.ts';

let home: TestHome;
beforeEach(async () => {
  home = testHome();
  const server = ['--host', 'mail.acme.example', '--user', 'svc@acme.example', '--from', 'alerts@acme.example'];
  await home.run(['create', '--name', 'Acme', ...server]);
});
afterEach(() => home.remove());

describe('entry', () => {
  test('shows each field of the form in its order, and names the secret', async () => {
    const sheet = await home.json(SHAPES.entrySheet, ['entry', 'Acme', '--to', 'zerothreat']);
    expect(sheet.fields.map(({ label }) => label)).toEqual([
      'From',
      'Host',
      'Port',
      'Username',
      'Password',
      'Secure',
      'TLS Reject Unauthorized',
    ]);
    const { out, code } = await home.run(['entry', 'Acme', '--to', 'zerothreat']);
    expect(code).toBe(0);
    expect(out).toContain('Host                     mail.acme.example');
    expect(out).toContain('Password                 (secret; --copy "Password")');
  });

  test('says which products have a form when the named one takes a file', async () => {
    const { err, code } = await home.run(['entry', 'Acme', '--to', 'grafana']);
    expect(code).toBe(2);
    expect(err).toContain('keycloak, zerothreat, keepnet, zuora');
    expect((await home.run(['entry', 'Acme'])).code).toBe(2);
  });

  test('refuses a field that the form does not have', async () => {
    const { err, code } = await home.run(['entry', 'Acme', '--to', 'zuora', '--copy', 'Colour']);
    expect(code).toBe(2);
    expect(err).toContain('SMTP Server Name');
  });

  test('says honestly that there is no clipboard, and what to do', async () => {
    const { err, code } = await home.run(['entry', 'Acme', '--to', 'zuora', '--copy', 'smtp port']);
    expect(code).toBe(2);
    expect(err).toContain('without a screen');
    expect(err).toContain('Type the value in');
  });

  test('needs the secret before it copies one', async () => {
    const { error } = await home.json(SHAPES.error, ['entry', 'Acme', '--to', 'zuora', '--copy', 'Password']);
    expect(error.code).toBe('SECRET_NEEDED');
  });
});
