import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testReport } from '../../shared/report.ts';
import { type RawServer, rawServer } from '../support/raw-server.ts';
import { type TestHome, testHome } from './support/home.ts';
import { SHAPES } from './support/shapes.ts';

const CANARY = 'canary-7!pässwörd';

let home: TestHome;
let server: RawServer;
beforeEach(async () => {
  home = testHome();
  // Refuses the sign-in and gives the password back in what it says.
  server = await rawServer([
    { send: '220 mx.acme.example ESMTP\r\n' },
    { expect: /^EHLO/ },
    { send: '250-mx.acme.example\r\n250 AUTH PLAIN\r\n' },
    { expect: /^AUTH PLAIN/ },
    {
      send: `535-5.7.8 not ${CANARY}\r\n535-5.7.8 nor ${Buffer.from(CANARY).toString('base64')}\r\n535 5.7.8 nor ${encodeURIComponent(CANARY)}\r\n`,
    },
    { end: true },
  ]);
});
afterEach(async () => {
  await server.close();
  home.remove();
});

async function makeProfile(): Promise<string> {
  const options = ['--host', '127.0.0.1', '--port', String(server.port), '--security', 'none', '--user', 'alerts'];
  const argv = ['create', '--name', 'Acme', ...options, '--allow-plain-password', '--from', 'a@acme.example'];
  return (await home.json(SHAPES.profile, argv)).id;
}

const check = (...more: string[]) => home.run(['test', 'Acme', '--password-stdin', ...more], { stdin: CANARY });

describe('relaysmith history', () => {
  test('lists every test of a profile, newest first, and the list of profiles has the last one', async () => {
    const id = await makeProfile();
    expect((await home.json(SHAPES.history, ['history', 'Acme'])).runs).toEqual([]);
    const reports = [];
    for (const options of [[], ['--host', 'localhost']]) {
      reports.push(testReport.parse((await check('--json', ...options)).io.json()));
    }
    const { runs } = await home.json(SHAPES.history, ['history', 'Acme']);
    expect(runs.map(({ runId }) => runId)).toEqual(reports.map((report) => report.id).reverse());
    // The options of the second run are not the profile's.
    expect(runs.map(({ unsaved }) => unsaved)).toEqual([true, false]);
    expect(runs[1]).toMatchObject({ outcome: 'failed', stage: 'auth' });
    const { profiles } = await home.json(SHAPES.list, ['list']);
    expect(profiles.find((profile) => profile.id === id)?.lastResult).toEqual(runs[0]);
    const { out } = await home.run(['history', 'Acme']);
    expect(out).toMatch(/^Run +When/);
    expect(out).toMatch(/@last .*unsaved settings/);
    expect(out).toMatch(/@-2 .*failed +auth/);
  });

  test('leaves out what was tested with --no-history', async () => {
    await makeProfile();
    expect((await check('--no-history')).code).toBe(1);
    expect((await home.json(SHAPES.history, ['history', 'Acme'])).runs).toEqual([]);
  });

  test('holds no secret in any encoding, though the server gave it back', async () => {
    await makeProfile();
    expect((await check()).code).toBe(1);
    expect((await home.json(SHAPES.history, ['history', 'Acme'])).runs).toHaveLength(1);
    const kept = home.contents();
    expect(kept).toContain('mx.acme.example');
    for (const form of [
      CANARY,
      Buffer.from(CANARY).toString('base64').replace(/=+$/, ''),
      encodeURIComponent(CANARY),
    ]) {
      expect(kept).not.toContain(Buffer.from(form).toString('latin1'));
      expect(kept).not.toContain(form);
    }
    expect(kept).not.toContain(Buffer.from(`\0alerts\0${CANARY}`).toString('base64').slice(0, 20));
  });

  test('goes with --clear, of one or of all, and with a profile that is removed for good', async () => {
    const id = await makeProfile();
    await check();
    expect((await home.run(['history', 'Acme', '--clear'])).code).toBe(2);
    expect((await home.json(SHAPES.historyCleared, ['history', 'Acme', '--clear', '--yes'])).cleared.profiles).toBe(1);
    await check();
    expect((await home.run(['history', '--clear', '--all', '--yes'])).out).toContain('Forgot');
    await check();
    const files = () => readdirSync(join(home.data, 'history'));
    expect(files()).toContain(`${id}.jsonl`);
    expect((await home.run(['delete', 'Acme'])).code).toBe(0);
    expect(files()).toContain(`${id}.jsonl`);
    await home.run(['trash', '--purge', 'Acme', '--yes']);
    expect(files()).toEqual(['last.json']);
    expect((await home.json(SHAPES.list, ['list'])).profiles).toEqual([]);
  });

  test('says how to name what it needs', async () => {
    expect((await home.run(['history'])).err).toContain('There is no profile.');
    expect((await home.run(['history', '--all'])).code).toBe(2);
    expect((await home.run(['history', 'nobody'])).code).toBe(3);
  });
});
