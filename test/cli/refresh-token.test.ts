import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { goodToken, tokenServer } from '../engine/smtp/oauth-server.ts';
import { type RawServer, rawServer } from '../support/raw-server.ts';
import { type TestHome, testHome } from './support/home.ts';
import { SHAPES } from './support/shapes.ts';

const FIRST = 'kanary-refresh-0';
const NEXT = 'kanary-refresh-next';

let home: TestHome;
let mail: RawServer;
beforeEach(async () => {
  home = testHome();
  mail = await rawServer([
    { send: '220 mx\r\n' },
    { expect: /^EHLO/ },
    { send: '250-mx\r\n250 AUTH XOAUTH2\r\n' },
    { expect: /^AUTH/ },
    { send: '235 ok\r\n' },
  ]);
});
afterEach(async () => {
  await mail.close();
  home.remove();
});

/** A profile whose token server puts a new refresh token in the place of the one that it is sent. */
async function acme() {
  const endpoint = await tokenServer(() => goodToken('kanary-access', { refresh_token: NEXT }));
  return home.json(SHAPES.profile, [
    ...['create', '--name', 'acme', '--host', '127.0.0.1', '--port', String(mail.port), '--security', 'none'],
    ...['--auth', 'oauth2', '--user', 'alice@acme.example', '--allow-plain-password', '--oauth-client-id', 'app'],
    ...['--oauth-grant', 'refresh-token', '--oauth-token-url', endpoint.url],
  ]);
}

const argv = ['test', 'acme', '--until', 'auth', '--secret-env', 'refreshToken=RT'];
const env = { RT: FIRST };

test('a replaced refresh token is written into the file that was named, for its owner alone, and shown nowhere', async () => {
  await acme();
  const file = join(home.directory, 'refresh-token');
  const { code, out, err } = await home.run([...argv, '--refresh-token-file', file], { env });
  expect(code).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(NEXT);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(err).toContain('The token server replaced the refresh token.');
  expect(out + err + home.contents()).not.toContain('kanary');
});

test('where it can be kept nowhere, that is said', async () => {
  await acme();
  const { code, out, err } = await home.run(argv, { env });
  expect(code).toBe(0);
  expect(err).toContain('the one that you gave works no more');
  expect(out + err).not.toContain('kanary');
});

test('on a terminal the keychain is offered; without one that is said too', async () => {
  await acme();
  const { io, err } = await home.run(argv, { env, terminal: true, answers: ['y'] });
  expect(io.asked.join()).toContain('Keep the new one in the keychain');
  expect(err).toContain('It could not be stored.');
});

test('a file that cannot be written is an error', async () => {
  await acme();
  const file = join(home.directory, 'no', 'such', 'folder', 'token');
  const { code } = await home.run([...argv, '--refresh-token-file', file], { env });
  expect(code).toBe(5);
});
