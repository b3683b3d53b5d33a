import { expect, test } from 'vitest';
import { wireAddress } from '../../../engine/smtp/addresses.ts';
import { chooseMechanism } from '../../../engine/smtp/auth/choose.ts';
import { capabilitiesOf } from '../../../engine/smtp/capabilities.ts';
import { clockFacts } from '../../../engine/smtp/clock.ts';
import { ehloNameFor } from '../../../engine/smtp/ehlo-name.ts';
import { isCustomHeader } from '../../../engine/smtp/message.ts';
import { tokenEndpoint } from '../../../engine/smtp/oauth/endpoint.ts';
import { queueIdIn } from '../../../engine/smtp/queue-id.ts';
import { serverKindOf } from '../../../engine/smtp/server-kind.ts';
import { tlsErrorCode, tlsErrorText } from '../../../engine/smtp/tls-error.ts';
import { emptySettings } from '../../../shared/profile.ts';

test.each([
  ['Ok: queued as 4F2A1B9C', '4F2A1B9C'],
  ['OK id=1rAbCd-000001-2X', '1rAbCd-000001-2X'],
  ['4BCDEF012345 Message accepted for delivery', '4BCDEF012345'],
  ['5a6b7c8d Message accepted for delivery', '5a6b7c8d'],
  ['<id@x> [InternalId=12345, Hostname=EX01.corp.example] Queued mail for delivery', '12345'],
  ['Ok 010201abc-0123-4567', '010201abc-0123-4567'],
  ['OK  1700000000 ab12-20020a05.12 - gsmtp', 'ab12-20020a05.12'],
  ['Ok', ''],
])('the queue id in %j', (text, id) => {
  expect(queueIdIn(text)).toBe(id);
});

test.each([
  ['220 mx.example.com ESMTP Postfix (Debian)', [], 'postfix'],
  ['220 host ESMTP Exim 4.96 Mon', [], 'exim'],
  ['220 EX01.corp.example Microsoft ESMTP MAIL Service ready', [], 'exchange'],
  ['220 mx.example.com ESMTP', ['X-ANONYMOUSTLS'], 'exchange'],
  ['220 AM0PR01CA0001.eurprd01.prod.outlook.com Microsoft ESMTP MAIL Service ready', [], 'microsoft365'],
  ['220 smtp.gmail.com ESMTP x-20 - gsmtp', [], 'gmail'],
  ['220 host ESMTP Sendmail 8.17.1; Mon', [], 'sendmail'],
  ['220 host ESMTP OpenSMTPD', [], 'opensmtpd'],
  ['220 host ESMTP', [], ''],
])('the product behind %j', (banner, ehlo, kind) => {
  expect(serverKindOf(banner, ehlo)).toBe(kind);
});

test.each([
  ['220 h ESMTP Exim 4.96 Sat, 21 Nov 2026 06:00:10 +0100', 10],
  ['220 h ESMTP Sendmail 8.17.1; Sat, 21 Nov 2026 04:59:00 GMT', null],
  ['220 h ESMTP Sendmail 8.17.1/8.17.1; Fri, 20 Nov 2026 05:00:00 +0000', 86_400],
  ['220 h Microsoft ESMTP MAIL Service ready at Sun, 22 Nov 2026 05:00:00 +0000', 86_400],
  ['220 h ESMTP Postfix', null],
  ['220 h 99 Nov 2026 99:99:99 +9999', null],
])('the clock in %j', (banner, seconds) => {
  const facts = clockFacts(banner, new Date('2026-11-21T05:00:00Z'));
  expect(facts).toEqual(seconds === null ? {} : { clockSkewSeconds: seconds });
});

test('EHLO lines are read whatever their case and order', () => {
  const lines = ['mx', 'size 1000', 'auth PLAIN login', 'AUTH=CRAM-MD5', 'StartTLS', 'SMTPUTF8'];
  const read = capabilitiesOf({ code: 250, lines, raw: '', delayMs: 0, oddities: [] });
  expect(read).toMatchObject({ size: 1000, starttls: true, smtpUtf8: true, dsn: false });
  expect(read.mechanisms).toEqual(['PLAIN', 'LOGIN', 'CRAM-MD5']);
  expect(
    capabilitiesOf({ code: 250, lines: ['mx', 'AUTHX'], raw: '', delayMs: 0, oddities: [] }).mechanisms,
  ).toBeNull();
});

test('EHLO gets a full name or an address literal', () => {
  expect(ehloNameFor('app.example.com', '192.0.2.1')).toBe('app.example.com');
  expect(ehloNameFor('bücher.example', '192.0.2.1')).toBe('xn--bcher-kva.example');
  expect(ehloNameFor('192.0.2.7', '192.0.2.1')).toBe('[192.0.2.7]');
  expect(ehloNameFor('::1', '192.0.2.1')).toBe('[IPv6:::1]');
  expect(ehloNameFor('', '192.0.2.1')).toMatch(/^\[192\.0\.2\.1\]$|^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
});

test('the mechanism depends on what is offered and on TLS', () => {
  const choose = (offered: string[], encrypted: boolean) =>
    chooseMechanism({ method: 'password', wanted: 'auto', offered, encrypted }).mechanism;
  expect(choose(['CRAM-MD5', 'LOGIN', 'PLAIN'], true)).toBe('PLAIN');
  expect(choose(['CRAM-MD5', 'LOGIN'], true)).toBe('LOGIN');
  expect(choose(['PLAIN', 'CRAM-MD5'], false)).toBe('CRAM-MD5');
  expect(choose(['XOAUTH2'], true)).toBeNull();
});

test('an address that is not exactly one never reaches a command', () => {
  for (const bad of ['a@b> SIZE=1', 'a@b,c@d', 'a@b\r\nRCPT TO:<x@y>', 'no-at', 'a@', '<a@b>']) {
    expect(wireAddress(bad)).toBeNull();
  }
  expect(wireAddress('a@[192.0.2.1]')).toBe('a@[192.0.2.1]');
  expect(wireAddress('a@bücher.example')).toBe('a@xn--bcher-kva.example');
});

test('a profile cannot replace the headers that the message itself has', () => {
  expect(['From', 'BCC', 'Content-Type', 'Resent-To', 'message-id'].some(isCustomHeader)).toBe(false);
  expect(['X-Mailer', 'List-Id', 'Priority'].every(isCustomHeader)).toBe(true);
});

test('the token address of the providers', () => {
  const { oauth } = emptySettings().signIn;
  expect(tokenEndpoint(oauth)).toBe('');
  expect(tokenEndpoint({ ...oauth, provider: 'google' })).toBe('https://oauth2.googleapis.com/token');
  expect(tokenEndpoint({ ...oauth, provider: 'microsoft', tenant: 'a/../b' })).toBe(
    'https://login.microsoftonline.com/a%2F..%2Fb/oauth2/v2.0/token',
  );
});

test('one code for a TLS error in every runtime', () => {
  const openssl = Object.assign(
    new Error('40A7:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../x.c:3:'),
    {
      code: 'ERR_SSL_WRONG_VERSION_NUMBER',
    },
  );
  const boring = Object.assign(new Error('error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER'), {
    code: 'EPROTO',
  });
  expect([tlsErrorCode(openssl), tlsErrorCode(boring)]).toEqual(Array(2).fill('ERR_SSL_WRONG_VERSION_NUMBER'));
  expect(tlsErrorText(openssl)).toBe('wrong version number');
});
