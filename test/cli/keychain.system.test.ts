import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canRunKeyring, createKeyringHome, type KeyringState, runUnderKeyring } from '../support/keyring.ts';

const CANARY = 'Canary-keyring-4Wd9';
const USER = 'app@acme.example';
const bin = resolve(import.meta.dirname, '../../bin/relaysmith.js');

let directory: string;
let keyring: ReturnType<typeof createKeyringHome>;
let server: SMTPServer;
let port: number;
let passwords: string[];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'relaysmith-keychain-'));
  keyring = createKeyringHome();
  passwords = [];
  server = new SMTPServer({
    authMethods: ['PLAIN'],
    allowInsecureAuth: true,
    hideSTARTTLS: true,
    onAuth: (auth, _session, done) => {
      passwords.push(auth.password ?? '');
      done(null, { user: auth.username ?? '' });
    },
  });
  port = await new Promise((listening) => {
    const listener = server.listen(0, '127.0.0.1', () => listening((listener.address() as { port: number }).port));
  });
});
afterEach(async () => {
  await new Promise<void>((closed) => server.close(closed));
  keyring.remove();
  rmSync(directory, { recursive: true, force: true });
});

/** Runs terminal commands one after another in one keyring session. */
function inSession(state: KeyringState, ...commands: string[]) {
  const script = join(directory, 'commands.sh');
  const lines = commands.map((command) => `${process.execPath} ${bin} ${command}`);
  const home = `export RELAYSMITH_HOME='${join(directory, 'data')}'`;
  writeFileSync(script, ['set -e', home, ...lines, ''].join('\n'));
  return runUnderKeyring(state, ['sh', script], keyring.home);
}

const secretFile = () => {
  const file = join(directory, 'secret');
  writeFileSync(file, CANARY, { mode: 0o600 });
  return file;
};

const create = () =>
  `create --name Acme --host 127.0.0.1 --port ${port} --security none --user ${USER} --from ${USER} ` +
  `--set signIn.allowWithoutTls=true --password-file ${secretFile()} --keep keychain`;

/** Every file that Relaysmith wrote: library, backups, log. */
function written(): string {
  return readdirSync(join(directory, 'data'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

describe.skipIf(!canRunKeyring())('a password in the system keychain', () => {
  it('signs in from one process to the next, and stands in no file, output or log', async () => {
    const made = await inSession('unlocked', create(), 'test Acme --json');
    expect(made.stderr + made.stdout).not.toContain(CANARY);
    expect(made.code).toBe(0);
    expect(passwords).toEqual([CANARY]);
    expect(written()).not.toContain(CANARY);
    expect(written()).not.toContain(Buffer.from(CANARY).toString('base64'));
  });

  it('does not follow its profile to another port', async () => {
    const moved = await inSession(
      'unlocked',
      create(),
      `edit Acme --port ${port === 2525 ? 2526 : 2525}`,
      'test Acme --json || test $? -eq 4',
    );
    expect(moved.stdout).toContain('destination-changed');
    expect(passwords).toEqual([]);
  });

  it('goes into a bundle and out of it again, encrypted on the way', async () => {
    const bundle = join(directory, 'acme.relaysmith');
    const passphrase = `--passphrase-file ${secretFile()}`;
    const moved = await inSession(
      'unlocked',
      create(),
      `bundle save ${bundle} Acme --with-secrets ${passphrase} --json`,
      'delete Acme',
      'trash --purge Acme --yes',
      `bundle open ${bundle} ${passphrase} --json`,
      'test Acme --json',
    );
    expect(moved.code).toBe(0);
    expect(passwords).toEqual([CANARY]);
    for (const text of [moved.stdout, moved.stderr, written(), readFileSync(bundle, 'latin1')]) {
      expect(text).not.toContain(CANARY);
    }
  });

  it('is told apart from a missing one while the keychain is locked, and works again afterwards', async () => {
    expect((await inSession('unlocked', create())).code).toBe(0);
    const locked = await inSession('locked', 'test Acme --json || test $? -eq 6');
    expect(locked.stdout).toContain('KEYCHAIN_LOCKED');
    expect(passwords).toEqual([]);
    const again = await inSession('unlocked', 'test Acme --json');
    expect(again.code).toBe(0);
    expect(passwords).toEqual([CANARY]);
  });

  it('is refused with the reason where there is no keychain, and the profile is not half stored', async () => {
    const refused = await inSession('absent', `${create()} --json || test $? -eq 6`, 'list --json');
    expect(refused.stdout).toContain('KEYCHAIN_UNAVAILABLE');
    expect(refused.stdout).not.toContain('"Acme"');
  });
});
