import { describe, expect, it } from 'vitest';
import { CANARY, sampleSettings } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, fixture, imported, must, onlyProfile, target } from '../support.ts';

const msmtp = target('msmtp');
const full = sampleSettings(({ sender }) => {
  sender.from.name = '';
  sender.replyTo.address = '';
});

const FILE = `# mine
defaults
port 587
tls on
domain app.acme.example
account freemail
host smtp.freemail.example
from joe@freemail.example
auth on
user joe
passwordeval gpg2 -q -d ~/.pw.gpg
account other : freemail
from joey@freemail.example
account isp
  host mail.isp.example
\ttls_starttls off
account default : freemail
`;

describe('msmtp rendering', () => {
  it('writes an account', () => {
    expect(must(msmtp.render(full, contextFor(msmtp, {}, 'include', CANARY)))).toBe(fixture('msmtp/msmtprc'));
  });

  it('points to the environment by a command', () => {
    expect(must(msmtp.render(full, contextFor(msmtp, {}, 'environment')))).toContain(
      '\npasswordeval printenv SMTP_PASSWORD\n',
    );
  });

  it.each([
    ['none', /^tls off$/m],
    ['starttls-if-offered', /^tls on\ntls_starttls on$/m],
    ['starttls', /^tls on\ntls_starttls on$/m],
    ['tls', /^tls on\ntls_starttls off$/m],
  ] as const)('writes security %s', (security, expected) => {
    const settings = sampleSettings(({ server }) => Object.assign(server, { security }));
    expect(must(msmtp.render(settings, contextFor(msmtp)))).toMatch(expected);
  });

  it('refuses what a line cannot hold, and a sender with a sign that msmtp replaces', () => {
    const render = (password: string) => msmtp.render(full, contextFor(msmtp, {}, 'include', password));
    expect(errorOf(render('two\nlines')).code).toBe('TARGET_REFUSES');
    expect(errorOf(render('x'.repeat(500))).code).toBe('TARGET_REFUSES');
    const settings = sampleSettings(({ sender }) => {
      sender.from.address = 'a%b@acme.example';
    });
    expect(errorOf(msmtp.render(settings, contextFor(msmtp))).code).toBe('TARGET_REFUSES');
  });
});

describe('msmtp merging', () => {
  it('writes into the account that the file uses by default, and resets what it would inherit', () => {
    const merged = must(msmtp.merge(FILE, full, contextFor(msmtp)));
    expect(merged).toBe(
      FILE.replace(
        'smtp.freemail.example\nfrom joe@freemail.example',
        'mail.acme.example\nfrom alerts@acme.example',
      ).replace(
        'user joe\npasswordeval gpg2 -q -d ~/.pw.gpg\n',
        'user svc-mail@acme.example\npasswordeval gpg2 -q -d ~/.pw.gpg\nport 587\ntls on\ntls_starttls on\ntls_certcheck on\ndomain localhost\ntimeout 10\n',
      ),
    );
  });

  it('writes into the account that is named, and adds one that is not there', () => {
    expect(must(msmtp.merge(FILE, full, contextFor(msmtp, { account: 'isp' })))).toContain(
      'account isp\n  host mail.acme.example\n\ttls_starttls on\n',
    );
    expect(must(msmtp.merge(FILE, full, contextFor(msmtp, { account: 'new' })))).toContain(
      'account default : freemail\n\naccount new\nhost mail.acme.example\n',
    );
  });

  it('asks for a name where the file has several accounts and no default', () => {
    const error = errorOf(msmtp.merge('account a\nhost a\naccount b\nhost b\n', full, contextFor(msmtp)));
    expect(error).toMatchObject({ code: 'TARGET_REFUSES', facts: { field: 'this file' } });
  });

  it('takes the command out when the password itself is written', () => {
    const merged = must(msmtp.merge(FILE, full, contextFor(msmtp, {}, 'include', 'pw')));
    expect(merged).not.toContain('passwordeval');
    expect(merged).toContain('\npassword pw\n');
  });
});

describe('msmtp limits', () => {
  it('has none for plain settings', () => {
    expect(msmtp.limits(full, contextFor(msmtp))).toEqual([]);
  });

  it('says that STARTTLS is always required, and OAuth needs a command', () => {
    const settings = sampleSettings(({ server, signIn, sender }) => {
      server.security = 'starttls-if-offered';
      signIn.method = 'oauth2';
      sender.replyTo.address = '';
    });
    expect(fieldsOf(msmtp.limits(settings, contextFor(msmtp)))).toEqual([
      'refused signIn.method',
      'lossy server.security',
      'lossy sender.from.name',
    ]);
    expect(errorOf(msmtp.render(settings, contextFor(msmtp))).code).toBe('TARGET_REFUSES');
  });
});

describe('msmtp import', () => {
  it('reads every command with its line', () => {
    const { settings, origins, secrets } = onlyProfile(imported(fixture('msmtp/msmtprc')));
    expect(settings).toMatchObject({ server: full.server, sender: full.sender });
    expect(origins['server.host']).toEqual({ key: 'host', line: 2 });
    expect(secrets).toMatchObject([{ key: 'password', line: 10, state: 'value', value: CANARY }]);
  });

  it('reads several accounts with what they inherit, the default first', () => {
    const { profiles } = imported(FILE);
    expect(
      profiles.map(({ settings: { name, server, signIn, sender } }) => [
        name,
        server.port,
        server.security,
        signIn.method,
        sender.from.address,
      ]),
    ).toEqual([
      ['msmtp freemail smtp.freemail.example', 587, 'starttls', 'password', 'joe@freemail.example'],
      ['msmtp other smtp.freemail.example', 587, 'starttls', 'password', 'joey@freemail.example'],
      ['msmtp isp mail.isp.example', 587, 'tls', 'none', ''],
    ]);
    expect(profiles[0]?.secrets).toMatchObject([{ state: 'reference', reference: 'gpg2 -q -d ~/.pw.gpg' }]);
  });

  it('takes the password for the secret that it is, whatever prints it', () => {
    const parsed = imported('account default\nhost a.example\nauth on\nuser u\npasswordeval "echo hunter2"\n');
    expect(onlyProfile(parsed).secrets).toMatchObject([{ state: 'reference', reference: '' }]);
    expect(msmtp.mask('account a\npasswordeval "echo hunter2"\npassword hunter2\n')).toBe(
      'account a\npasswordeval ••••••••\npassword ••••••••\n',
    );
  });

  it('refuses a file of defaults only, and leaves other files alone', () => {
    expect(() => imported('defaults\ntls on\ntls_starttls off\n')).toThrow('NO_MAIL_SETTINGS');
    expect(() => imported('account: a\nhost: b\nport: 1\n')).toThrow('NOT_RECOGNISED');
  });
});
