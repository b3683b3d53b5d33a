import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestHome, testHome } from './support/home.ts';
import { SHAPES } from './support/shapes.ts';

let home: TestHome;
beforeEach(() => {
  home = testHome();
});
afterEach(() => home.remove());

const create = (name: string, ...more: string[]) =>
  home.json(SHAPES.profile, ['create', '--name', name, '--host', 'mail.acme.example', ...more]);

describe('profiles from the terminal', () => {
  test('are created with the options given and safe defaults', async () => {
    const { profile, revision, advice, id } = await create(
      'Acme',
      ...['--from', 'Acme Alerts <alerts@acme.example>', '--cc', 'a@acme.example', '--cc', 'b@acme.example'],
      ...['--header', 'X-Environment: production', '--organization', 'Acme Ltd', '--port', '465', '--timeout', '7'],
    );
    expect(profile).toMatchObject({
      id,
      name: 'Acme',
      organizations: ['Acme Ltd'],
      server: { host: 'mail.acme.example', port: 465, security: 'starttls', connectTimeoutSeconds: 7 },
      tls: { verifyCertificate: true },
      signIn: { method: 'none' },
      sender: {
        from: { address: 'alerts@acme.example', name: 'Acme Alerts' },
        cc: ['a@acme.example', 'b@acme.example'],
        headers: [{ name: 'X-Environment', value: 'production' }],
      },
    });
    expect(revision).toBeGreaterThanOrEqual(1);
    expect(advice.map(({ field }) => field)).toContain('server.security');
  });

  test('show advice with a command that follows it, and the command works', async () => {
    await create('Acme', '--port', '465');
    const { out } = await home.run(['show', 'Acme']);
    const command = /relaysmith (edit [^\n]*--security tls[^\n]*)/.exec(out)?.[1] ?? '';
    expect((await home.run(command.split(' '))).code).toBe(0);
    expect((await home.json(SHAPES.profile, ['show', 'Acme'])).profile.server.security).toBe('tls');
  });

  test('are edited field by field, and nothing else changes', async () => {
    const before = await create('Acme', '--notes', 'keep me', '--cc', 'a@acme.example');
    const after = await home.json(SHAPES.profile, [
      'edit',
      'Acme',
      '--port',
      '2525',
      '--set',
      'products.keycloak.allowutf8=true',
    ]);
    expect(after.profile).toEqual({
      ...before.profile,
      server: { ...before.profile.server, port: 2525 },
      products: { keycloak: { allowutf8: true } },
      updated: after.profile.updated,
    });
    expect(after.revision).toBe(before.revision + 1);
    expect((await home.json(SHAPES.profile, ['edit', 'Acme', '--cc', ''])).profile.sender.cc).toEqual([]);
  });

  test('say what they are used for, are listed by it, and stop saying it', async () => {
    await create('Acme', '--environment', 'production');
    await create('Lab', '--set', 'environment=test');
    await create('Other');
    const listed = (await home.json(SHAPES.list, ['list'])).profiles.map(({ name, environment }) => [
      name,
      environment,
    ]);
    expect(listed.sort()).toEqual([
      ['Acme', 'production'],
      ['Lab', 'test'],
      ['Other', null],
    ]);
    const { profiles } = await home.json(SHAPES.list, ['list', '--environment', 'production']);
    expect(profiles.map(({ name }) => name)).toEqual(['Acme']);
    expect((await home.run(['show', 'Acme'])).out).toMatch(/Environment +production/);
    const { profile } = await home.json(SHAPES.profile, ['edit', 'Acme', '--environment', 'none']);
    expect(profile).not.toHaveProperty('environment');
    expect((await home.run(['edit', 'Lab', '--set', 'environment=live'])).err).toContain('environment');
  });

  test('are found by name, id and beginning of the id; else the exit code is 3', async () => {
    const { id } = await create('Acme');
    for (const reference of ['Acme', id, id.slice(0, 8)]) expect((await home.run(['show', reference])).code).toBe(0);
    const { code, err } = await home.run(['show', 'acme-staging']);
    expect(code).toBe(3);
    expect(err).toContain('relaysmith list');
    expect(SHAPES.error.parse((await home.run(['show', 'nobody', '--json'])).io.json()).error.code).toBe('NOT_FOUND');
  });

  test('are listed, filtered, switched off and on, and copied', async () => {
    await create('Acme');
    const copy = await home.json(SHAPES.profile, ['duplicate', 'Acme']);
    expect(copy.profile.name).not.toBe('Acme');
    expect((await home.json(SHAPES.profile, ['deactivate', copy.id])).profile.status).toBe('inactive');
    const names = async (...argv: string[]) =>
      (await home.json(SHAPES.list, ['list', ...argv])).profiles.map(({ name }) => name);
    expect(await names()).toHaveLength(2);
    expect(await names('--active')).toEqual(['Acme']);
    expect(await names('no-such-text')).toEqual([]);
    expect((await home.json(SHAPES.profile, ['activate', copy.id])).profile.status).toBe('active');
    expect((await home.run(['list'])).out).toContain('mail.acme.example:587');
  });

  test('go to the trash and come back, and leave it for good only with a yes', async () => {
    const { id } = await create('Acme');
    expect((await home.json(SHAPES.trashed, ['delete', 'Acme'])).id).toBe(id);
    expect((await home.json(SHAPES.list, ['list'])).profiles).toEqual([]);
    expect((await home.json(SHAPES.trash, ['trash'])).trash.map((entry) => entry.id)).toEqual([id]);
    expect((await home.json(SHAPES.profile, ['restore', 'Acme'])).id).toBe(id);
    await home.run(['delete', id]);
    expect((await home.run(['trash', '--purge', id])).code).toBe(2);
    expect((await home.json(SHAPES.purged, ['trash', '--purge', 'Acme', '--yes'])).purged.id).toBe(id);
    expect((await home.json(SHAPES.trash, ['trash'])).trash).toEqual([]);
    expect((await home.run(['restore', 'Acme'])).code).toBe(3);
  });

  test.each([
    [['create', '--host', 'mail.acme.example']],
    [['create', '--name', 'A']],
    [['create', '--name', 'A', '--host', 'mail.acme.example:25']],
    [['create', '--name', 'A', '--host', 'h.example', '--from', 'a@b.example, c@d.example']],
    [['create', '--name', 'A', '--host', 'h.example', '--header', 'no colon']],
    [['create', '--name', 'A', '--host', 'h.example', '--header', 'X: a\nBcc: b@c.example']],
    [['create', '--name', 'A', '--host', 'h.example', '--preset', 'no-such']],
    [['create', '--name', 'A', '--host', 'h.example', '--proxy', 'ftp://x:1']],
    [['create', '--name', 'A', '--host', 'h.example', '--set', 'server.port="x"']],
  ])('%j is refused with 2, and nothing is stored', async (argv) => {
    const { code, io } = await home.run([...argv, '--json']);
    expect(code).toBe(2);
    expect(SHAPES.error.parse(io.json()).error.what).not.toBe('');
    expect((await home.json(SHAPES.list, ['list'])).profiles).toEqual([]);
  });

  test('a CA file is stored as content; a key in it is refused', async () => {
    const { writeFileSync } = await import('node:fs');
    const { join } = await import('node:path');
    const path = join(home.directory, 'ca.pem');
    writeFileSync(path, '-----BEGIN PRIVATE KEY-----\ncanary-key\n-----END PRIVATE KEY-----\n');
    const refused = await home.run(['create', '--name', 'A', '--host', 'h.example', '--ca', path, '--json']);
    expect(refused.code).toBe(2);
    expect(refused.out).not.toContain('canary-key');
    expect(
      (await home.run(['create', '--name', 'A', '--host', 'h.example', '--ca', join(home.directory, 'none')])).code,
    ).toBe(5);
  });

  test('with --keep ask no secret is stored anywhere', async () => {
    const { secrets } = await home.json(
      SHAPES.profile,
      ['create', '--name', 'A', '--host', 'h.example', '--user', 'u', '--password-stdin', '--keep', 'ask'],
      { stdin: 'canary-never-stored\n' },
    );
    expect(secrets).toEqual([{ kind: 'password', storage: 'ask', available: false, matchesDestination: true }]);
    expect(home.contents()).not.toContain('canary-never-stored');
    expect((await home.run(['test', 'A', '--json'])).code).toBe(4);
  });
});
