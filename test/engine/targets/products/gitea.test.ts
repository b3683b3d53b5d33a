import { describe, expect, it } from 'vitest';
import { CANARY, sampleSettings } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, fixture, imported, must, onlyProfile, target } from '../support.ts';

const gitea = target('gitea');
const full = sampleSettings((settings) => {
  settings.server.ehloName = 'git.acme.example';
  settings.sender.from.name = 'Acme, Inc. #1';
  settings.sender.envelopeFrom = 'bounce@acme.example';
  settings.sender.headers = [{ name: 'X-Team', value: 'ops' }];
});

describe('Gitea rendering', () => {
  it('writes the part of app.ini', () => {
    expect(must(gitea.render(full, contextFor(gitea, {}, 'include', CANARY)))).toBe(fixture('gitea/mailer.ini'));
  });

  it('writes variables of the container', () => {
    expect(must(gitea.render(full, contextFor(gitea, { form: 'env' })))).toBe(fixture('gitea/mailer.env'));
  });

  it.each([
    ['none', 'smtp'],
    ['starttls-if-offered', 'smtp+starttls'],
    ['starttls', 'smtp+starttls'],
    ['tls', 'smtps'],
  ] as const)('writes security %s as %s', (security, protocol) => {
    const settings = sampleSettings(({ server }) => Object.assign(server, { security }));
    expect(must(gitea.render(settings, contextFor(gitea)))).toContain(`PROTOCOL = ${protocol}\n`);
  });

  it('refuses a password that Gitea would lose when it saves the file', () => {
    const render = (password: string) => gitea.render(full, contextFor(gitea, {}, 'include', password));
    expect(errorOf(render('"quoted"'))).toMatchObject({ code: 'TARGET_REFUSES', facts: { field: 'PASSWD' } });
    expect(errorOf(render('end\\')).code).toBe('TARGET_REFUSES');
    expect(must(render('a#b;c`d"'))).toContain('PASSWD = `a#b;c`d"`\n');
  });
});

describe('Gitea merging', () => {
  it('takes the keys of versions before 1.18 out and keeps all else', () => {
    const existing =
      'APP_NAME = Git ; name\n\n[mailer]\nENABLED = true\nHOST    = old.example:25\nSKIP_VERIFY = true\nPASSWD  = `kept`\n; note\nSUBJECT_PREFIX = [git]\n\n[service]\nA = 1\n';
    expect(must(gitea.merge(existing, sampleSettings(), contextFor(gitea)))).toBe(
      'APP_NAME = Git ; name\n\n[mailer]\nENABLED = true\nPASSWD  = `kept`\n; note\nSUBJECT_PREFIX = [git]\nPROTOCOL = smtp+starttls\nSMTP_ADDR = mail.acme.example\nSMTP_PORT = 587\nUSER = svc-mail@acme.example\nFROM = Acme Alerts <alerts@acme.example>\nFORCE_TRUST_SERVER_CERT = false\n\n[service]\nA = 1\n\n[mailer.override_header]\nReply-To = help@acme.example\n',
    );
  });

  it('refuses a file of Gogs', () => {
    expect(errorOf(gitea.merge('[email]\nHOST = a:25\n', full, contextFor(gitea)))).toMatchObject({
      code: 'TARGET_REFUSES',
      facts: { field: 'this file' },
    });
  });

  it('keeps the names of Forgejo in a file of variables', () => {
    const merged = must(
      gitea.merge('FORGEJO__mailer__SMTP_PORT=25\n', sampleSettings(), contextFor(gitea, { form: 'env' })),
    );
    expect(merged).toMatch(/^FORGEJO__mailer__SMTP_PORT=587\n/);
    expect(merged).not.toContain('GITEA');
  });
});

describe('Gitea limits', () => {
  it('has none for plain settings but STARTTLS that it cannot require', () => {
    expect(fieldsOf(gitea.limits(sampleSettings(), contextFor(gitea)))).toEqual(['lossy server.security']);
  });

  it('says that app.ini cannot point to the environment', () => {
    const settings = sampleSettings(({ server }) => Object.assign(server, { security: 'tls' }));
    expect(fieldsOf(gitea.limits(settings, contextFor(gitea, {}, 'environment')))).toEqual(['lossy signIn.method']);
    expect(gitea.limits(settings, contextFor(gitea, { form: 'env' }, 'environment'))).toEqual([]);
  });
});

describe('Gitea import', () => {
  it.each(['gitea/mailer.ini', 'gitea/mailer.env'])('reads %s', (file) => {
    const { settings } = onlyProfile(imported(fixture(file)));
    expect(settings.sender).toEqual(full.sender);
    expect(settings.server).toEqual({ ...full.server, security: 'starttls-if-offered' });
    expect(settings.signIn).toMatchObject({ method: 'password', username: 'svc-mail@acme.example' });
  });

  it.each([
    ['PROTOCOL =\nSMTP_PORT = 25', 25, 'none'],
    ['SMTP_PORT = 587', 587, 'starttls-if-offered'],
    ['SMTP_PORT = 2525', 2525, 'tls'],
    ['PROTOCOL = smtps', 465, 'tls'],
    ['PROTOCOL = smtp', 25, 'none'],
  ])('infers what is not said in %j', (lines, port, security) => {
    const { settings } = onlyProfile(imported(`[mailer]\nENABLED = true\nSMTP_ADDR = a.example\n${lines}\n`));
    expect(settings.server).toMatchObject({ host: 'a.example', port, security });
  });

  it.each([
    ['[mailer]\nENABLED = true\nHOST = a.example:25\nFROM = a@a.example\n', 25, 'starttls-if-offered'],
    ['[mailer]\nENABLED = true\nHOST = a.example:2465\nFROM = a@a.example\n', 2465, 'tls'],
    ['[mailer]\nENABLED = true\nHOST = a.example:587\nIS_TLS_ENABLED = true\n', 587, 'tls'],
    [
      '[repository]\nROOT = x\n[email]\nENABLED = true\nHOST = [2001:db8::1]:587\nPASSWORD = p\nUSER = u\n',
      587,
      'starttls-if-offered',
    ],
  ])('reads the old form %j as old servers do, and says so', (text, port, security) => {
    const parsed = imported(text);
    expect(onlyProfile(parsed).settings.server).toMatchObject({ port, security });
    expect(parsed.warnings.join()).toMatch(/HOST is the form of Gogs and of Gitea before 1\.18/);
  });

  it('takes the password under every name', () => {
    const state = (lines: string) =>
      onlyProfile(imported(`[mailer]\nENABLED = true\nSMTP_ADDR = a.example\nUSER = u@a.example\n${lines}\n`, 'gitea'))
        .secrets;
    expect(state('PASSWD = `a#b`')).toMatchObject([{ state: 'value', value: 'a#b', key: 'mailer.PASSWD', line: 5 }]);
    expect(state('PASSWD =')).toMatchObject([{ state: 'empty' }]);
    expect(state('PASSWD_URI = file:/etc/forgejo/pw')).toMatchObject([
      { state: 'reference', reference: 'file:/etc/forgejo/pw' },
    ]);
  });

  it('warns of mail that goes to no server, and of a sender that keeps it from starting', () => {
    const parsed = imported('[mailer]\nENABLED = true\nPROTOCOL = sendmail\nFROM = a@b, c@d\n');
    expect(parsed.warnings).toContain('Line 3: Gitea hands mail to sendmail here, not to a server.');
    expect(parsed.warnings).toContain('Line 4: Gitea does not start with this FROM.');
    expect(onlyProfile(parsed).settings.server.host).toBe('unknown.invalid');
  });

  it('refuses a section that only switches mail off', () => {
    expect(() => imported('[mailer]\nENABLED = false\n')).toThrow('NO_MAIL_SETTINGS');
  });
});
