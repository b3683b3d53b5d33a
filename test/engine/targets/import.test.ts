import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importPreviewOf, readBytes, readText } from '../../../engine/targets/import.ts';
import { describeError } from '../../../shared/messages.ts';
import { problemsOf } from '../../../shared/profile.ts';
import { importPreview } from '../../../shared/target.ts';
import { CANARY } from './arbitrary.ts';
import { errorOf, imported, must } from './support.ts';

const ID = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';

describe('import', () => {
  it('recognises each product by its content', () => {
    const cases = {
      mattermost: '{"EmailSettings":{"SMTPServer":"a.example"}}',
      keycloak: '{"realm":"a","smtpServer":{"host":"a.example","port":"25"}}',
      nodemailer: '{"smtp":{"host":"smtp.a.example","port":25}}',
      zerothreat:
        '{"from":"a@a.example","host":"a.example","port":25,"secure":false,"auth":{"user":"u"},"tls":{"rejectUnauthorized":true}}',
    };
    for (const [id, text] of Object.entries(cases)) expect(must(readText(text, 'x', null)).target.info.id).toBe(id);
  });

  it('takes the product that the user names', () => {
    const text = '{"host":"smtp.a.example","port":25,"from":"a@a.example","secure":false,"auth":{"user":"u"},"tls":{}}';
    expect(must(readText(text, 'x', 'nodemailer')).target.info.id).toBe('nodemailer');
    expect(errorOf(readText(text, 'x', 'nope')).code).toBe('TARGET_UNKNOWN');
    expect(errorOf(readText(text, 'x', 'mattermost')).code).toBe('NO_MAIL_SETTINGS');
  });

  it.each([
    ['hello', 'NOT_RECOGNISED'],
    ['relaysmith-bundle 1\n{}', 'NOT_AVAILABLE'],
    ['', 'NOT_RECOGNISED'],
    ['{"a":1}', 'NOT_RECOGNISED'],
    ['{"a":1,}', 'PARSE_FAILED'],
    ['{"SqlSettings":{},"TeamSettings":{}}', 'NO_MAIL_SETTINGS'],
    ['{"realm":"a","enabled":true,"smtpServer":{}}', 'NO_MAIL_SETTINGS'],
    ['{% if a %}\n{"EmailSettings":{}}\n{% endif %}', 'TEMPLATE_FILE'],
    ['smtp:\n  host: {{ .Values.smtp.host }}\n', 'TEMPLATE_FILE'],
    ['{"EmailSettings":{"SMTPServer":"{{ smtp_host }}"}}', 'TEMPLATE_FILE'],
  ])('refuses %j with %s', (text, code) => {
    const error = errorOf(readText(text, 'x', null));
    expect(error.code).toBe(code);
    expect(describeError(error).what).toMatch(/^[A-Z].*\.$/s);
  });

  it('imports a file whose password alone is a template, as a reference', () => {
    const parsed = imported(
      '{"EmailSettings":{"SMTPServer":"a.example","EnableSMTPAuth":true,"ConnectionSecurity":"TLS","SMTPPassword":"{{ vault_pw }}"}}',
    );
    expect(parsed.profiles[0]?.secrets).toMatchObject([{ state: 'reference', reference: '{{ vault_pw }}' }]);
  });

  it('refuses what is no UTF-8 by its encoding', () => {
    const bytes = new Uint8Array(Buffer.from('\ufeff{}', 'utf16le'));
    expect(errorOf(readBytes(bytes, 'a.json', null))).toMatchObject({
      code: 'FILE_NOT_TEXT',
      facts: { encoding: 'UTF-16LE' },
    });
  });

  it('hands out no secret with the preview, and a valid one', () => {
    const text = JSON.stringify({
      EmailSettings: { SMTPServer: 'a.example', SMTPPassword: CANARY, EnableSMTPAuth: true, ConnectionSecurity: 'TLS' },
    });
    const read = must(readText(text, 'x', null));
    expect(read.parsed.profiles[0]?.secrets[0]?.value).toBe(CANARY);
    const shown = importPreviewOf(ID, read);
    expect(importPreview.safeParse(shown).success).toBe(true);
    expect(JSON.stringify(shown)).not.toContain('canary');
    expect(shown.secrets).toEqual([
      { kind: 'password', profile: 0, key: 'EmailSettings.SMTPPassword', line: 1, state: 'value', reference: '' },
    ]);
  });

  it('lets no key of a file act on a terminal', () => {
    const key = '\u001b[2J\u202e'.padEnd(5_000, 'x');
    const text = `{"EmailSettings":{"SMTPServer":"a.example",${JSON.stringify(key)}:1,${JSON.stringify(key)}:2}}`;
    const shown = JSON.stringify(imported(text));
    expect(shown).not.toMatch(/\\u001b|\u202e/);
    expect(shown.length).toBeLessThan(6_000);
  });

  it('numbers the fields of later profiles', () => {
    const text =
      '[{"realm":"a","smtpServer":{"host":"a.example","port":"25"}},\n{"realm":"b","smtpServer":{"host":"b.example","port":"25"}}]';
    const shown = importPreviewOf(ID, must(readText(text, 'x', null)));
    expect(shown.origins['server.host']?.line).toBe(1);
    expect(shown.origins['1:server.host']).toEqual({ key: 'smtpServer.host', line: 2 });
  });

  const values = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const keysOf = (...keys: string[]) => fc.dictionary(fc.constantFrom(...keys), values, { maxKeys: keys.length });
  const hostile = fc.oneof(
    keysOf(
      'SMTPServer',
      'SMTPPort',
      'SMTPPassword',
      'SMTPUsername',
      'ConnectionSecurity',
      'EnableSMTPAuth',
      'FeedbackEmail',
      'FeedbackName',
      'SMTPServerTimeout',
      'EmailBatchingInterval',
      'PushNotificationBuffer',
    ).map((EmailSettings) => ({ EmailSettings })),
    keysOf(
      'host',
      'port',
      'from',
      'ssl',
      'starttls',
      'auth',
      'authType',
      'user',
      'password',
      'timeout',
      'connectionTimeout',
      'authTokenUrl',
      'replyTo',
    ).map((smtpServer) => ({ realm: 'x', smtpServer })),
    keysOf(
      'host',
      'port',
      'secure',
      'auth',
      'tls',
      'service',
      'url',
      'proxy',
      'name',
      'from',
      'replyTo',
      'cc',
      'headers',
      'connectionTimeout',
      'envelope',
      'authMethod',
      'requireTLS',
    ).map((smtp) => ({ smtp })),
    keysOf('type', 'user', 'pass', 'clientId', 'clientSecret', 'refreshToken', 'accessUrl', 'method').map((auth) => ({
      smtp: { host: 'smtp.a.example', port: 25, auth },
    })),
  );

  it('gives valid settings or a plain refusal for any values under known keys', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const read = readText(JSON.stringify(value, null, 1), 'x', null);
        if (!read.ok) {
          expect(describeError(read.error).what.length).toBeGreaterThan(5);
          return;
        }
        for (const { settings } of read.value.parsed.profiles) expect(problemsOf(settings)).toEqual([]);
        expect(importPreview.safeParse(importPreviewOf(ID, read.value)).success).toBe(true);
      }),
      { numRuns: 400 },
    );
  }, 30_000);

  it('never crashes on any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        const read = readText(text, 'x', null);
        if (!read.ok) expect(describeError(read.error).what).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});
