import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { CANARY, sampleSettings } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, fixture, imported, must, onlyProfile, target } from '../support.ts';

const sonarqube = target('sonarqube');
const full = sampleSettings(({ sender }) => {
  sender.replyTo.address = '';
});
const oauth = sampleSettings(({ signIn, sender }) => {
  signIn.method = 'oauth2';
  signIn.oauth = {
    provider: 'microsoft',
    grant: 'client-credentials',
    tokenUrl: '',
    tenant: 'acme',
    scope: '',
    clientId: 'id',
  };
  sender.replyTo.address = '';
});

describe('SonarQube rendering', () => {
  it('writes the body of the API', () => {
    expect(must(sonarqube.render(full, contextFor(sonarqube, {}, 'include', CANARY)))).toBe(
      fixture('sonarqube/mail.json'),
    );
  });

  it.each([
    ['none', 'NONE', ''],
    ['starttls-if-offered', 'STARTTLS', 'starttls'],
    ['starttls', 'STARTTLS', 'starttls'],
    ['tls', 'SSLTLS', 'ssl'],
  ] as const)('writes security %s as %s, and for old versions as %j', (security, protocol, old) => {
    const settings = sampleSettings(({ server }) => Object.assign(server, { security }));
    expect(JSON.parse(must(sonarqube.render(settings, contextFor(sonarqube)))).securityProtocol).toBe(protocol);
    const script = must(sonarqube.render(settings, contextFor(sonarqube, { form: 'commands' })));
    expect(script).toMatch(
      old === ''
        ? /keys=email\.smtp_secure_connection\.secured .*reset"$/m
        : new RegExp(`^printf '%s' ${old} \\| .*smtp_secure_connection`, 'm'),
    );
  });

  it('writes OAuth 2.0 for Microsoft, and refuses it for others and for old versions', () => {
    expect(JSON.parse(must(sonarqube.render(oauth, contextFor(sonarqube))))).toMatchObject({
      authMethod: 'OAUTH',
      oauthAuthenticationHost: 'https://login.microsoftonline.com',
      oauthTenant: 'acme',
    });
    expect(errorOf(sonarqube.render(oauth, contextFor(sonarqube, { form: 'commands' }))).code).toBe('TARGET_REFUSES');
    const other = {
      ...oauth,
      signIn: { ...oauth.signIn, oauth: { ...oauth.signIn.oauth, provider: 'google' as const } },
    };
    expect(errorOf(sonarqube.render(other, contextFor(sonarqube))).code).toBe('TARGET_REFUSES');
  });

  it('writes commands that a shell accepts and that hold the password in no argument', () => {
    const script = must(sonarqube.render(full, contextFor(sonarqube, { form: 'commands' }, 'include', `${CANARY}'x`)));
    execFileSync('sh', ['-n'], { input: script });
    // printf is a part of the shell: its arguments are in no list of processes.
    for (const line of script.split('\n').filter((text) => text.includes('canary'))) {
      expect(line.slice(line.lastIndexOf(' | '))).not.toContain('canary');
      const printed = execFileSync('sh', ['-c', line.slice(0, line.lastIndexOf(' | '))], { encoding: 'utf8' });
      expect(printed).toBe(`${CANARY}'x`);
    }
    expect(sonarqube.mask(script)).not.toContain('canary');
  });
});

describe('SonarQube merging', () => {
  it('changes fields of a body and keeps the others', () => {
    const merged = must(
      sonarqube.merge(
        '{"subjectPrefix":"[S]","host":"old","oauthTenant":"x","basicPassword":"kept"}',
        full,
        contextFor(sonarqube),
      ),
    );
    expect(JSON.parse(merged)).toMatchObject({
      subjectPrefix: '[S]',
      host: 'mail.acme.example',
      basicPassword: 'kept',
    });
    expect(merged).not.toContain('oauthTenant');
  });

  it('has nothing to merge commands into', () => {
    expect(errorOf(sonarqube.merge('', full, contextFor(sonarqube, { form: 'commands' }))).code).toBe('NOT_AVAILABLE');
  });
});

describe('SonarQube limits', () => {
  it('has none for plain settings and for OAuth that it can do', () => {
    expect(sonarqube.limits(full, contextFor(sonarqube))).toEqual([]);
    expect(fieldsOf(sonarqube.limits(oauth, contextFor(sonarqube)))).toEqual([]);
  });

  it('tells what it cannot', () => {
    const settings = sampleSettings(({ server, signIn, tls }) => {
      server.security = 'starttls-if-offered';
      signIn.method = 'oauth2';
      tls.verifyCertificate = false;
    });
    expect(fieldsOf(sonarqube.limits(settings, contextFor(sonarqube)))).toEqual([
      'refused signIn.oauth.provider',
      'refused signIn.oauth.grant',
      'lossy server.security',
      'lossy tls.verifyCertificate',
      'lossy sender.replyTo.address',
    ]);
  });
});

describe('SonarQube import', () => {
  it('reads a body with its lines', () => {
    const { settings, origins, secrets } = onlyProfile(imported(fixture('sonarqube/mail.json')));
    expect(settings).toMatchObject({ server: full.server, sender: full.sender, signIn: { method: 'password' } });
    expect(origins['server.host']).toEqual({ key: 'host', line: 2 });
    expect(secrets).toMatchObject([{ key: 'basicPassword', line: 9, state: 'value', value: CANARY }]);
  });

  it.each([
    [
      '{"emailConfigurations":[{"id":"1","host":"a.example","port":"465","securityProtocol":"SSLTLS","authMethod":"BASIC","username":"u","isBasicPasswordSet":true}]}',
    ],
    [
      '{"settings":[{"key":"sonar.x","value":"1"},{"key":"email.smtp_host.secured","value":"a.example"},{"key":"email.smtp_port.secured","value":"465"},{"key":"email.smtp_secure_connection.secured","value":"ssl"},{"key":"email.smtp_username.secured","value":"u"}]}',
    ],
    [
      'email.smtp_host.secured=a.example\nemail.smtp_port.secured=465\nemail.smtp_secure_connection.secured=ssl\nemail.smtp_username.secured=u\n',
    ],
  ])('reads %s', (text) => {
    const { settings } = onlyProfile(imported(text));
    expect(settings.server).toMatchObject({ host: 'a.example', port: 465, security: 'tls' });
    expect(settings.signIn).toMatchObject({ method: 'password', username: 'u' });
  });

  it('reads OAuth 2.0', () => {
    const { settings, secrets } = onlyProfile(imported(must(sonarqube.render(oauth, contextFor(sonarqube)))));
    expect(settings.signIn).toEqual(oauth.signIn);
    expect(secrets).toEqual([]);
  });

  it('refuses a body without a server, and masks passwords', () => {
    expect(() => imported('{"securityProtocol":"NONE","authMethod":"BASIC"}')).toThrow('NO_MAIL_SETTINGS');
    expect(sonarqube.mask('{"basicPassword":"hunter2"}')).not.toContain('hunter2');
    expect(sonarqube.mask('email.smtp_password.secured=hunter2\n')).not.toContain('hunter2');
  });
});
