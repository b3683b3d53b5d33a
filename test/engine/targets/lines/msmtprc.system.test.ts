import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { MSMTP_SYNTAX, msmtpUnwritable } from '../../../../engine/targets/lines/msmtprc.ts';
import { requireTool } from '../../../support/requires.ts';
import { hostileSecret, sampleSettings } from '../arbitrary.ts';
import { contextFor, must, target } from '../support.ts';

describe.skipIf(!requireTool('msmtp'))('msmtp itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'relaysmith-msmtp-'));
  const file = join(folder, 'msmtprc');

  /** What msmtp says that it read, by name. */
  const pretend = (text: string) => {
    writeFileSync(file, text, { mode: 0o600 });
    const { stdout, stderr } = spawnSync('msmtp', ['-C', file, '--pretend', '--account=default'], {
      input: '',
      encoding: 'utf8',
    });
    const lines = stdout.split('\n').flatMap((line) => {
      const match = /^(\S[^=]*?) = (.*)$/s.exec(line);
      return match?.[1] && match[2] !== undefined ? [[match[1], match[2]] as const] : [];
    });
    return { values: Object.fromEntries(lines), stderr };
  };

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('reads back every argument that we write', () => {
    const values = fc
      .sample(hostileSecret, { numRuns: 250, seed: 17 })
      .filter((value) => msmtpUnwritable(value) === null);
    for (const value of ['"', '""', '"a"', ' ', ' a', 'a#b', '# a', ...values]) {
      const { values: read } = pretend(`account default\nhost a.example\nauth on\nuser ${MSMTP_SYNTAX.write(value)}\n`);
      expect(read.user).toBe(value);
    }
  });

  it('takes the file that we write as it is meant', () => {
    const msmtp = target('msmtp');
    const settings = sampleSettings(({ server }) => {
      server.security = 'tls';
      server.port = 465;
      server.ehloName = 'app.acme.example';
      server.proxy = { kind: 'socks5', host: 'proxy.acme.example', port: 1080 };
    });
    const { values, stderr } = pretend(must(msmtp.render(settings, contextFor(msmtp, {}, 'include', 'secret'))));
    expect(stderr).toBe('');
    expect(values).toMatchObject({
      host: 'mail.acme.example',
      port: '465',
      'proxy host': 'proxy.acme.example',
      tls: 'on',
      tls_starttls: 'off',
      tls_certcheck: 'on',
      auth: 'choose',
      user: 'svc-mail@acme.example',
      password: '*',
      domain: 'app.acme.example',
      timeout: '10 seconds',
      from: 'alerts@acme.example',
    });
  });

  it('takes a reset for what would be inherited', () => {
    const existing =
      'defaults\ndomain x.example\nproxy_host p.example\ntls_host_override o.example\naccount default\nhost a.example\n';
    const msmtp = target('msmtp');
    const { values } = pretend(must(msmtp.merge(existing, sampleSettings(), contextFor(msmtp))));
    expect(values).toMatchObject({ domain: 'localhost', 'proxy host': '(not set)', tls_host_override: '(not set)' });
  });
});
