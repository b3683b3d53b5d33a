import { describe, expect, it } from 'vitest';
import { sampleSettings } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, imported, must, onlyProfile, target } from '../support.ts';

const keepnet = target('keepnet');
const withPassword = contextFor(keepnet, {}, 'include', 'canary-"pass"');
const full = sampleSettings((settings) => {
  settings.sender.errorsTo = 'errors@acme.example';
  settings.sender.cc = ['one@acme.example', 'two@acme.example'];
  settings.sender.headers = [{ name: 'X-Team', value: 'mail' }];
  settings.sender.relayAllowed = true;
});

describe('Keepnet rendering', () => {
  it('writes a body with the types of the API', () => {
    expect(JSON.parse(must(keepnet.render(full, withPassword)))).toMatchObject({
      serverPort: '587',
      useSSL: true,
      cc: 'one@acme.example',
      customHeader: 'X-Team: mail',
    });
  });

  it('writes a sheet in the order and words of the form', () => {
    const text = must(keepnet.render(full, contextFor(keepnet, { form: 'sheet' })));
    expect(text).toBe(`Keepnet > Company Settings > SMTP Settings > New

SMTP Setting Name          Acme production relay
Service Provider           Custom
SMTP Server Address        mail.acme.example
Port                       587
Username or Email Address  svc-mail@acme.example
Password                   (type it)
Use Authentication         On
Use SSL                    On
Has SMTP Relay             On
Make Available For         (leave empty)
Reply To                   help@acme.example
Error To                   errors@acme.example
CC                         one@acme.example
BCC                        (leave empty)
Custom Header              X-Team: mail
Status                     Active
`);
  });

  it('hides the password in both forms', () => {
    for (const form of ['file', 'sheet']) {
      for (const password of ['canary', '<canary', '(canary)']) {
        const text = must(keepnet.render(full, contextFor(keepnet, { form }, 'include', password)));
        expect(text).toContain(password);
        expect(keepnet.mask(text)).not.toContain('canary');
      }
    }
    expect(JSON.stringify(keepnet.apply(full, withPassword))).not.toContain('canary');
  });

  it('refuses what is too long, and what cannot be typed', () => {
    const long = contextFor(keepnet, {}, 'include', 'x'.repeat(201));
    expect(errorOf(keepnet.render(full, long))).toMatchObject({ facts: { field: 'password' } });
    const tab = contextFor(keepnet, { form: 'sheet' }, 'include', 'a\tb');
    expect(errorOf(keepnet.render(full, tab))).toMatchObject({ facts: { field: 'password' } });
  });
});

describe('Keepnet reading', () => {
  it('keeps the companies that a setting is there for, so that sending it back does not take it from them', () => {
    const companies = [
      { typeName: 'Company', targetResourceId: 'c-1', targetName: 'Globex', ownerCompanyName: 'Acme' },
    ];
    const answer = { data: { serverAddress: 'mail.acme.example', serverPort: '587', availableForList: companies } };
    const { settings } = onlyProfile(imported(JSON.stringify(answer)));
    expect(settings.organizations).toEqual(['Globex']);
    expect(JSON.parse(must(keepnet.render(settings, contextFor(keepnet))))).toMatchObject({
      availableForRequests: [{ type: 'Company', resourceId: 'c-1' }],
    });
  });

  it('takes its own body back', () => {
    const { settings, secrets } = onlyProfile(imported(must(keepnet.render(full, withPassword))));
    expect(settings.sender).toMatchObject({
      errorsTo: 'errors@acme.example',
      cc: ['one@acme.example'],
      headers: [{ name: 'X-Team', value: 'mail' }],
      relayAllowed: true,
    });
    expect(secrets).toMatchObject([{ state: 'value', value: 'canary-"pass"', key: 'password' }]);
  });

  it('reads a list of settings as the API answers it', () => {
    const item = (host: string, ssl: unknown) => ({
      resourceId: `r-${host}`,
      name: host,
      serverAddress: host,
      serverPort: '465',
      userName: 'u',
      password: '********',
      useAuthentication: 1,
      useSSL: ssl,
      statusName: 'Passive',
    });
    const { profiles } = imported(
      JSON.stringify({ data: { results: [item('a.example', 1), item('b.example', false)] }, status: 'OK' }),
    );
    expect(profiles.map(({ settings }) => [settings.server.host, settings.server.security, settings.status])).toEqual([
      ['a.example', 'tls', 'inactive'],
      ['b.example', 'none', 'inactive'],
    ]);
    expect(profiles[0]?.secrets).toMatchObject([{ state: 'mask' }]);
    expect(profiles[1]?.settings.products.keepnet?.resourceId).toBe('r-b.example');
  });
});

describe('Keepnet merging', () => {
  it('changes the setting of an answer and nothing else', () => {
    const existing =
      '{"data": {"resourceId": "r", "serverAddress": "old", "serverPort": "25", "other": [1]}, "status": "OK"}';
    const merged = must(keepnet.merge(existing, full, contextFor(keepnet)));
    expect(JSON.parse(merged)).toMatchObject({
      data: { resourceId: 'r', serverAddress: 'mail.acme.example', other: [1] },
      status: 'OK',
    });
    expect(must(keepnet.merge(merged, full, contextFor(keepnet)))).toBe(merged);
  });

  it('does not guess in a list', () => {
    const error = errorOf(keepnet.merge('{"data": {"results": []}}', full, contextFor(keepnet)));
    expect(error.code).toBe('TARGET_REFUSES');
  });
});

describe('Keepnet limits', () => {
  it('say what is lost, and that the password is required', () => {
    expect(fieldsOf(keepnet.limits(full, contextFor(keepnet)))).toEqual([
      'lossy server.security',
      'refused signIn.method',
      'lossy sender.cc',
      'lossy sender.from.address',
      'lossy sender.from.name',
    ]);
  });
});
