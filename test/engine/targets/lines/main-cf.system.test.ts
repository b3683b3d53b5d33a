import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readPostfix } from '../../../../engine/targets/lines/main-cf.ts';
import { requireTool } from '../../../support/requires.ts';
import { hostileSecret, sampleSettings } from '../arbitrary.ts';
import { contextFor, must, target } from '../support.ts';

const postfix = target('postfix');

describe.skipIf(!requireTool('postconf'))('Postfix itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'relaysmith-postfix-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('reads any main.cf as we do', () => {
    const piece = fc.constantFrom(
      'relayhost = [a]:587',
      'smtp_helo_name=b',
      '  more',
      '# c',
      '  # d',
      '',
      '\t',
      'relayhost=',
      'smtp_helo_name =',
      ' = x',
    );
    for (const lines of fc.sample(fc.array(piece, { maxLength: 8 }), { numRuns: 6, seed: 5 })) {
      // Without a name of its own, Postfix asks DNS for this machine's each time.
      const text = ['myhostname = a.example', 'smtp_helo_name = first', ...lines, ''].join('\n');
      writeFileSync(join(folder, 'main.cf'), text);
      const { stdout } = spawnSync('postconf', ['-c', folder, 'relayhost', 'smtp_helo_name'], { encoding: 'utf8' });
      const { entries } = readPostfix(text, 'parameters');
      const value = (key: string, standard: string) =>
        entries.findLast((entry) => entry.key === key)?.value ?? standard;
      const words = (shown: string) => shown.replace(/\s+/g, ' ').trim();
      expect(words(stdout)).toBe(
        words(`relayhost = ${value('relayhost', '')} smtp_helo_name = ${value('smtp_helo_name', '')}`),
      );
    }
  });

  it('knows every parameter that we write', () => {
    const settings = sampleSettings(({ server, tls, signIn }) => {
      server.ehloName = 'app.acme.example';
      tls.serverName = 'relay.acme.example';
      signIn.mechanism = 'LOGIN';
    });
    const text = must(postfix.render(settings, contextFor(postfix)));
    writeFileSync(join(folder, 'main.cf'), `myhostname = a.example\n${text}`);
    const { stdout } = spawnSync('postconf', ['-c', folder, '-n'], { encoding: 'utf8' });
    for (const line of text.trimEnd().split('\n')) expect(stdout).toContain(line);
  });

  it('finds the password that we write for the relay', () => {
    const table = join(folder, 'sasl_passwd');
    writeFileSync(join(folder, 'main.cf'), 'myhostname = a.example\n');
    const written = fc.sample(hostileSecret, { numRuns: 200, seed: 6 }).flatMap((password, index) => {
      const settings = sampleSettings(({ server }) => Object.assign(server, { host: `relay${index}.example` }));
      const text = postfix.render(settings, contextFor(postfix, { form: 'passwords' }, 'include', password));
      return text.ok ? [{ key: `[relay${index}.example]:587`, text: text.value, password }] : [];
    });
    expect(written.length).toBeGreaterThan(100);
    writeFileSync(table, written.map(({ text }) => text).join(''));
    const found = execFileSync('postmap', ['-c', folder, '-q', '-', `texthash:${table}`], {
      input: written.map(({ key }) => `${key}\n`).join(''),
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    expect(found).toBe(written.map(({ key, password }) => `${key}\tsvc-mail@acme.example:${password}\n`).join(''));
  });
});
