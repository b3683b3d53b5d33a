import { describe, expect, it } from 'vitest';
import { CANARY, sampleSettings, variable } from './arbitrary.ts';
import { contextFor, errorOf, fieldsOf, fixture, imported, must, onlyProfile, target } from './support.ts';

const keycloak = target('keycloak');
const oauth = sampleSettings((settings) => {
  settings.signIn.method = 'oauth2';
  settings.signIn.oauth = {
    provider: 'microsoft',
    grant: 'client-credentials',
    tokenUrl: '',
    tenant: 'acme.example',
    scope: 'https://outlook.office365.com/.default',
    clientId: 'client-1',
  };
  settings.products.keycloak = { realm: 'acme', allowutf8: true, timeout: 2_500 };
});

describe('Keycloak rendering', () => {
  it('writes the part of a realm, every value a text and authType always there', () => {
    const text = must(keycloak.render(sampleSettings(), contextFor(keycloak, { realm: 'acme' }, 'placeholder')));
    expect(text).toBe(fixture('keycloak.json'));
    const { smtpServer } = JSON.parse(text);
    expect(Object.values(smtpServer).every((value) => typeof value === 'string')).toBe(true);
  });

  it('writes token sign-in with a reference into the vault', () => {
    expect(must(keycloak.render(oauth, contextFor(keycloak, {}, 'environment')))).toBe(fixture('keycloak-token.json'));
  });

  it('writes a command that keeps the password out of its arguments', () => {
    const text = must(
      keycloak.render(
        sampleSettings(),
        contextFor(keycloak, { form: 'commands', realm: "o'neill" }, 'include', CANARY),
      ),
    );
    expect(text.split('\n')[0]).toBe("kcadm.sh update 'realms/o'\\''neill' -f - <<'END_OF_SETTINGS'");
    expect(text).toContain(JSON.stringify(CANARY));
  });

  it('points to a variable where the product reads one', () => {
    const text = must(keycloak.render(sampleSettings(), contextFor(keycloak, { reference: 'env' }, 'environment')));
    expect(JSON.parse(text).smtpServer.password).toBe(variable('SMTP_PASSWORD'));
  });
});

describe('Keycloak merging', () => {
  const realm = '{\n  "realm" : "acme",\n  "smtpServer" : { },\n  "enabled" : true\n}';

  it('fills an empty map in the spacing of kc.sh export and leaves the rest', () => {
    const merged = must(keycloak.merge(realm, sampleSettings(), contextFor(keycloak)));
    expect(merged.startsWith('{\n  "realm" : "acme",\n  "smtpServer" : {\n')).toBe(true);
    expect(merged).toContain('"host" : "mail.acme.example"');
    expect(merged.endsWith('},\n  "enabled" : true\n}')).toBe(true);
  });

  it('keeps unknown keys and empty values, and takes out what belongs to another sign-in', () => {
    const text =
      '{"realm":"acme","smtpServer":{"replyToDisplayName":"","mine":"1","authTokenUrl":"x","password":"kept","auth":true}}';
    const merged = JSON.parse(must(keycloak.merge(text, sampleSettings(), contextFor(keycloak))));
    expect(merged.smtpServer).toMatchObject({ replyToDisplayName: '', mine: '1', password: 'kept', auth: 'true' });
    expect(merged.smtpServer).not.toHaveProperty('authTokenUrl');
  });

  it('finds the realm in a file of several, or asks for it', () => {
    const text = '[{"realm":"master"},{"realm":"acme","smtpServer":null}]';
    expect(errorOf(keycloak.merge(text, sampleSettings(), contextFor(keycloak))).code).toBe('TARGET_REFUSES');
    const merged = JSON.parse(must(keycloak.merge(text, sampleSettings(), contextFor(keycloak, { realm: 'acme' }))));
    expect(merged[0]).toEqual({ realm: 'master' });
    expect(merged[1].smtpServer.host).toBe('mail.acme.example');
    expect(
      errorOf(keycloak.merge('{"realm":"other"}', sampleSettings(), contextFor(keycloak, { realm: 'acme' }))).code,
    ).toBe('TARGET_REFUSES');
  });

  it('leaves an export unchanged that the settings were read from', () => {
    const text =
      '{\n  "realm": "acme",\n  "smtpServer": {\n    "replyToDisplayName": "",\n    "starttls": "true",\n    "auth": "true",\n    "authType": "basic",\n    "envelopeFrom": "",\n    "ssl": "false",\n    "password": "**********",\n    "port": "587",\n    "host": "mail.acme.example",\n    "replyTo": "",\n    "from": "a@acme.example",\n    "fromDisplayName": "",\n    "user": "u"\n  }\n}';
    const { settings } = onlyProfile(imported(text));
    expect(must(keycloak.merge(text, settings, contextFor(keycloak)))).toBe(text);
  });
});

describe('Keycloak limits', () => {
  it('tells that a stored password is forgotten when none is sent', () => {
    expect(fieldsOf(keycloak.limits(sampleSettings(), contextFor(keycloak)))).toEqual([
      'lossy signIn.method',
      'lossy server.security',
    ]);
  });

  it('tells what is refused', () => {
    const settings = sampleSettings((draft) => {
      draft.server.security = 'tls';
      draft.sender.from.address = 'jürgen@acme.example';
      draft.signIn.method = 'oauth2';
      draft.signIn.oauth.grant = 'refresh-token';
    });
    expect(fieldsOf(keycloak.limits(settings, contextFor(keycloak, {}, 'placeholder')))).toEqual([
      'refused sender.from.address',
      'refused signIn.oauth.grant',
      'refused signIn.oauth.tokenUrl',
    ]);
  });

  it('tells of a password that an import file would change, without showing it', () => {
    const limits = keycloak.limits(
      sampleSettings(),
      contextFor(keycloak, {}, 'include', `${CANARY}${variable('HOME')}`),
    );
    expect(limits[0]).toMatchObject({ severity: 'lossy', field: 'signIn.method' });
    expect(JSON.stringify(limits)).not.toContain('canary');
  });
});

describe('Keycloak import', () => {
  it('reads token sign-in back', () => {
    const { settings, secrets } = onlyProfile(imported(fixture('keycloak-token.json')));
    expect(settings.signIn.oauth).toEqual(oauth.signIn.oauth);
    expect(settings.products.keycloak).toEqual(oauth.products.keycloak);
    expect(secrets).toMatchObject([
      { kind: 'clientSecret', state: 'reference', reference: variable('vault.smtp_client_secret') },
    ]);
  });

  it('reads every realm of a file and leaves out those without mail', () => {
    const { profiles } = imported(
      '[{"realm":"a","smtpServer":{"host":"a.example","port":"25"}},{"realm":"b","smtpServer":{}},{"realm":"c","smtpServer":{"host":"c.example","port":"25"}}]',
    );
    expect(profiles.map(({ settings }) => settings.name)).toEqual(['Keycloak a a.example', 'Keycloak c c.example']);
  });

  it('takes JSON switches and numbers as Keycloak does, and only the exact word true', () => {
    const parsed = imported(
      '{"realm":"a","smtpServer":{"host":"a.example","port":2525,"auth":true,"starttls":"TRUE","ssl":""}}',
    );
    expect(onlyProfile(parsed).settings).toMatchObject({
      server: { port: 2525, security: 'none' },
      signIn: { method: 'password' },
    });
    expect(parsed.warnings).toEqual(['Line 1: starttls is neither true nor false. Keycloak takes it as off.']);
  });

  it('takes the fallback of a variable, and reports a variable without one', () => {
    const text = `{"realm":"a","smtpServer":{"host":"${variable('HOST:a.example')}","port":"25",\n"from":"${variable('FROM')}","password":"${variable('PASS:hush')}"}}`;
    const parsed = imported(text);
    const { settings, secrets } = onlyProfile(parsed);
    expect(settings.server.host).toBe('a.example');
    expect(parsed.ignored).toMatchObject([{ key: 'smtpServer.from', line: 2 }]);
    expect(secrets).toMatchObject([{ state: 'reference', reference: '' }]);
    expect(JSON.stringify(parsed)).not.toContain('hush');
  });

  it('says where the port stands that wants TLS from the first byte', () => {
    const parsed = imported(
      '{"realm":"a","smtpServer":{"host":"a.example","starttls":"true","ssl":"false",\n"port":"465"}}',
    );
    expect(parsed.warnings).toEqual(['Line 2: Port 465 expects TLS from the first byte.']);
  });
});
