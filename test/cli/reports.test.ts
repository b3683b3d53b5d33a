import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { splitReference } from '../../cli/run-ref.ts';
import { testReport } from '../../shared/report.ts';
import { type RawServer, rawServer } from '../support/raw-server.ts';
import { type TestHome, testHome } from './support/home.ts';
import { SHAPES } from './support/shapes.ts';

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

async function serverOffering(keywords: string): Promise<string[]> {
  const server = await rawServer([
    { send: '220 mx.acme.test ESMTP\r\n' },
    { expect: /^EHLO/ },
    { send: `250-mx.acme.test\r\n250 ${keywords}\r\n` },
    { expect: /^MAIL/ },
    { send: '250 ok\r\n' },
    { expect: /^RCPT/ },
    { send: '550 5.7.1 <b@acme.test>: Relay access denied\r\n' },
  ]);
  servers.push(server);
  return ['--host', '127.0.0.1', '--port', String(server.port), '--security', 'none'];
}

/** A profile with two runs: first STARTTLS was offered, then no more. */
async function makeRuns(): Promise<{ first: string; second: string; said: string }> {
  const where = await serverOffering('STARTTLS');
  await home.run(['create', '--name', 'Acme relay', ...where, '--from', 'a@acme.test']);
  const first = testReport.parse((await home.run(['test', 'Acme relay', '--json'])).io.json());
  await home.run(['edit', 'Acme relay', ...(await serverOffering('SIZE'))]);
  const { out } = await home.run(['test', 'Acme relay']);
  const { runs } = await home.json(SHAPES.history, ['history', 'Acme relay']);
  return { first: first.id, second: runs[0]?.runId ?? '', said: out };
}

describe('relaysmith compare', () => {
  test('puts two kept runs beside each other, and ends with 1 when they differ', async () => {
    const { first, second, said } = await makeRuns();
    expect(said).toMatch(/Since the run of 20\d\d-.*:\n +! Earlier this server offered STARTTLS; now it does not\./);
    const { code, out } = await home.run(['compare', 'Acme relay@-2', 'Acme relay@last']);
    expect(code).toBe(1);
    expect(out).toContain('Earlier this server offered STARTTLS');
    expect(out).toMatch(/≠ EHLO +Warning, \d+ ms +|. EHLO /);
    expect(out).toMatch(/Offers:\n +A STARTTLS\n +B SIZE/);
    const compared = await home.json(SHAPES.runComparison, ['compare', 'Acme relay@-2', 'Acme relay@last']);
    expect([compared.before.runId, compared.after.runId]).toEqual([first, second]);
    const byId = await home.json(SHAPES.runComparison, [
      'compare',
      `Acme relay@${first.slice(0, 8)}`,
      'Acme relay@last',
    ]);
    expect(byId.before.runId).toBe(first);
  });

  test('takes report files, as another machine wrote them', async () => {
    await makeRuns();
    await home.run(['report', 'Acme relay@-2', '--output', pathIn('there.json')]);
    const same = await home.json(SHAPES.runComparison, ['compare', pathIn('there.json'), 'Acme relay@-2']);
    expect(same.stages.filter(({ differs }) => differs)).toEqual([]);
    expect((await home.run(['compare', pathIn('there.json'), 'Acme relay@-2'])).code).toBe(0);
    writeFileSync(pathIn('bad.json'), '{"version":1}');
    const bad = await home.run(['compare', pathIn('bad.json'), 'Acme relay@last', '--json']);
    expect(SHAPES.error.parse(bad.io.json()).error.code).toBe('INVALID_INPUT');
  });

  test('says which runs there are when one is missing', async () => {
    await makeRuns();
    expect((await home.run(['compare', 'Acme relay@last', 'Acme relay@-9'])).code).toBe(3);
    expect((await home.run(['compare', 'Acme relay@last', 'Acme relay@last'])).code).toBe(2);
    expect((await home.run(['compare', 'Acme relay@last', '/nonexistent.json'])).code).toBe(5);
  });
});

describe('relaysmith report', () => {
  test('shows the newest run as text, another by its number, and JSON as the tester gave it', async () => {
    const { first, second } = await makeRuns();
    const { code, out } = await home.run(['report', 'Acme relay']);
    expect(code).toBe(0);
    expect(out).toContain('Relaysmith: The check failed');
    expect(out).toContain('Relay access denied');
    expect((await home.json(testReport, ['report', 'Acme relay'])).id).toBe(second);
    expect((await home.json(testReport, ['report', 'Acme relay@-2'])).id).toBe(first);
    expect((await home.run(['report', 'Acme relay', '--format', 'html'])).out).toMatch(/^<!doctype html>/);
  });

  test('writes the form that the ending says, masked when asked', async () => {
    await makeRuns();
    const written = await home.json(SHAPES.reportWritten, [
      'report',
      'Acme relay',
      '--output',
      pathIn('r.html'),
      '--mask',
    ]);
    const text = readFileSync(pathIn('r.html'), 'utf8');
    expect(written.written).toMatchObject({ format: 'html', masked: true, bytes: Buffer.byteLength(text) });
    expect(text).not.toMatch(/acme/i);
    expect(text).not.toContain('127.0.0.1');
    expect((await home.run(['report', 'Acme relay', '--output', pathIn('r.pdf')])).code).toBe(2);
    expect((await home.run(['report', 'nobody'])).code).toBe(3);
  });

  test('masks a saved report afterwards', async () => {
    await makeRuns();
    await home.run(['report', 'Acme relay', '--output', pathIn('r.json')]);
    const masked = await home.json(testReport, ['report', pathIn('r.json'), '--mask']);
    expect(masked.destination.host).not.toBe('127.0.0.1');
  });
});

describe('relaysmith test --report', () => {
  test('writes the report of this very run, also of a server without a profile', async () => {
    const where = await serverOffering('SIZE');
    const report = await home.json(testReport, [
      'test',
      ...where,
      '--from-address',
      'a@acme.test',
      '--report',
      pathIn('r.json'),
    ]);
    expect(testReport.parse(JSON.parse(readFileSync(pathIn('r.json'), 'utf8')))).toEqual(report);
  });

  test('refuses before it connects what it could not write', async () => {
    const where = await serverOffering('SIZE');
    for (const bad of [['--report', pathIn('r.pdf')], ['--report', '/nonexistent/r.html'], ['--mask']]) {
      expect((await home.run(['test', ...where, ...bad])).code).not.toBe(1);
    }
    expect(servers[0]?.received()).toBe('');
  });
});

test('a run is told from a mail address and a name with @ in it', () => {
  expect(splitReference('acme@last')).toEqual(['acme', 'last']);
  expect(splitReference('a@b@-2')).toEqual(['a@b', '-2']);
  expect(splitReference('acme@1b2c3d4e')).toEqual(['acme', '1b2c3d4e']);
  for (const text of ['acme', 'alerts@acme.example', '@last', 'acme@', 'acme@lastly']) {
    expect(splitReference(text)).toBeNull();
  }
});
