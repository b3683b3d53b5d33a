import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCli } from '../../cli/run.ts';
import { batchReport } from '../../shared/batch.ts';
import { type RawServer, rawServer } from '../support/raw-server.ts';
import { type TestHome, testHome } from './support/home.ts';
import { SHAPES } from './support/shapes.ts';
import { testIo } from './support/test-io.ts';

let home: TestHome;
let servers: RawServer[];
beforeEach(() => {
  home = testHome();
  servers = [];
});
afterEach(async () => {
  for (const server of servers) await server.close();
  home.remove();
});

const pathIn = (name: string) => join(home.directory, name);

/** A profile of its own server: healthy after its banner, or silent without one. */
async function makeProfile(name: string, banner: string | null, ...more: string[]): Promise<string> {
  const hello = [{ expect: /^EHLO/ }, { send: '250 mx\r\n' }, { expect: /^MAIL/ }, { send: '250 ok\r\n' }];
  const goodbye = [{ expect: /^RCPT/ }, { send: '250 ok\r\n' }, { expect: /^RSET/ }, { send: '250 ok\r\n' }];
  const end = [{ expect: /^QUIT/ }, { send: '221 bye\r\n' }];
  const greeting = banner === null ? [] : [{ send: `${banner}\r\n` }];
  const server = await rawServer([...greeting, ...hello, ...goodbye, ...end]);
  servers.push(server);
  const where = ['--host', '127.0.0.1', '--port', String(server.port), '--security', 'none'];
  const argv = ['create', '--name', name, ...where, '--from', 'a@acme.example', ...more];
  return (await home.json(SHAPES.profile, argv)).id;
}

describe('relaysmith test with many profiles', () => {
  test('ends with a table, reasons and 1 when one failed', async () => {
    await makeProfile('Good', '220 mx ESMTP');
    await makeProfile('Refusing', '554 no service');
    await makeProfile('With password', '220 mx ESMTP', '--user', 'alerts', '--allow-plain-password', '--keep', 'ask');
    await makeProfile('Resting', '220 mx ESMTP', '--status', 'inactive');
    const { code, out } = await home.run(['test', '--active']);
    expect(code).toBe(1);
    expect(out).toMatch(/Refusing +127\.0\.0\.1:\d+ none +failed +Greeting/);
    expect(out).toMatch(/Good +127\.0\.0\.1:\d+ none +passed/);
    expect(out).toMatch(/With password .*secret needed/);
    expect(out.indexOf('Refusing')).toBeLessThan(out.indexOf('Good'));
    expect(out).not.toContain('Resting');
    expect(out).toContain('1 failed, 1 secret needed, 1 passed');
  });

  test('prints one document with --json, and keeps each run in its history', async () => {
    const good = await makeProfile('Good', '220 mx ESMTP');
    const resting = await makeProfile('Resting', '554 no', '--status', 'inactive');
    const report = await home.json(batchReport, ['test', '--all']);
    expect(report.rows.map(({ profileId, outcome }) => [profileId, outcome])).toEqual([
      [good, 'passed'],
      [resting, 'failed'],
    ]);
    const { runs } = await home.json(SHAPES.history, ['history', 'Resting']);
    expect(runs.map(({ runId }) => runId)).toEqual([report.rows[1]?.runId]);
    expect((await home.json(SHAPES.list, ['list'])).profiles[0]?.lastResult?.outcome).toBe('passed');
    await home.json(batchReport, ['test', '--all', '--no-history']);
    expect((await home.json(SHAPES.history, ['history', 'Resting'])).runs).toHaveLength(1);
  });

  test('tests the named ones, up to a stage, and ends with 0 when all are well', async () => {
    await makeProfile('One', '220 mx ESMTP');
    await makeProfile('Two', '220 mx ESMTP');
    await makeProfile('Three', '554 no');
    const { code, io } = await home.run(['test', 'Two', 'One', '--until', 'greeting', '--json']);
    expect(code).toBe(0);
    const { rows } = batchReport.parse(io.json());
    expect(rows.map(({ name }) => name)).toEqual(['One', 'Two']);
    expect(rows[0]?.stages.find(({ stage }) => stage === 'ehlo')?.status).toBe('skipped');
  });

  test('writes CSV and JUnit files', async () => {
    await makeProfile('=cmd|calc', '554 <no> & "service"');
    const { code, out } = await home.run(['test', '--all', '--csv', pathIn('out.csv'), '--junit', pathIn('out.xml')]);
    expect(code).toBe(1);
    expect(readFileSync(pathIn('out.csv'), 'utf8')).toContain("\r\n'=cmd|calc,127.0.0.1,");
    expect(readFileSync(pathIn('out.xml'), 'utf8')).toMatch(
      /<testcase name="=cmd\|calc".*\n.*<failure type="GREET_554/,
    );
    expect(out).toContain('Wrote');
  });

  test('needs a secret: ends with 4 when that is all that is missing', async () => {
    await makeProfile('Ask', '220 mx ESMTP', '--user', 'alerts', '--allow-plain-password', '--keep', 'ask');
    expect((await home.run(['test', '--all'])).code).toBe(4);
  });

  test('ends with 130 when it is cancelled, and says what was not begun', async () => {
    await makeProfile('Silent', null);
    await makeProfile('Waiting', '220 mx ESMTP');
    const io = testIo({ env: { RELAYSMITH_HOME: home.data }, terminal: true });
    const ended = runCli(['test', '--all', '--concurrency', '1'], io);
    await expect.poll(() => servers[0]?.open()).toBe(1);
    io.abort();
    expect(await ended).toBe(130);
    expect(io.out()).toContain('2 cancelled. Cancelled after');
    expect(io.err()).toContain('0 of 2');
    expect(servers[1]?.received()).toBe('');
  });

  test('refuses what is about one profile, and unclear choices', async () => {
    await makeProfile('One', '220 mx ESMTP');
    expect((await home.run(['test', '--all', '--host', 'elsewhere.example'])).err).toContain('--host is for the test');
    expect((await home.run(['test', 'One', '--all'])).code).toBe(2);
    expect((await home.run(['test', '--concurrency', '3'])).code).toBe(2);
    expect((await home.run(['test', '--all', '--csv', '/nonexistent/x.csv'])).code).toBe(5);
    expect((await home.run(['test', 'One', 'nobody'])).code).toBe(3);
  });
});
