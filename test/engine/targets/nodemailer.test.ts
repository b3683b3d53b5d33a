import { describe, expect, it } from 'vitest';
import { readText } from '../../../engine/targets/import.ts';
import { sampleSettings } from './arbitrary.ts';
import { contextFor, errorOf, fieldsOf, fixture, imported, must, onlyProfile, target } from './support.ts';

const nodemailer = target('nodemailer');
const zerothreat = target('zerothreat');
const plain = contextFor(nodemailer, {}, 'placeholder');

describe('nodemailer rendering', () => {
  it('writes transport and defaults', () => {
    const settings = sampleSettings((draft) => {
      draft.sender.from.name = 'Acme, Inc.';
      draft.sender.cc = ['a@acme.example'];
      draft.sender.errorsTo = 'errors@acme.example';
      draft.sender.headers = [
        { name: 'X-A', value: '1' },
        { name: 'X-A', value: '2' },
      ];
      draft.server.proxy = { kind: 'socks5', host: '::1', port: 1080 };
    });
    expect(must(nodemailer.render(settings, plain))).toBe(fixture('nodemailer.json'));
  });

  it('has no way to point to the environment, and says so', () => {
    const context = contextFor(nodemailer, {}, 'environment');
    expect(must(nodemailer.render(sampleSettings(), context))).not.toContain('pass');
    expect(fieldsOf(nodemailer.limits(sampleSettings(), context))).toEqual(['lossy signIn.method']);
  });
});

describe('nodemailer merging', () => {
  it('keeps user name and password where a program reads them', () => {
    const merged = JSON.parse(
      must(nodemailer.merge('{"port":25,"host":"old.example","user":"","pass":""}', sampleSettings(), plain)),
    );
    expect(merged).toMatchObject({
      host: 'mail.acme.example',
      port: 587,
      user: 'svc-mail@acme.example',
      pass: '<smtp password>',
    });
    expect(merged).not.toHaveProperty('auth');
  });

  it('keeps other settings of TLS and takes out the service that would win', () => {
    const text =
      '{"db":{"host":"db","port":5432},"smtp":{"service":"Gmail","auth":{"user":"a","pass":"kept"},"tls":{"ciphers":"X"}}}';
    const merged = JSON.parse(must(nodemailer.merge(text, sampleSettings(), contextFor(nodemailer))));
    expect(merged.db).toEqual({ host: 'db', port: 5432 });
    expect(merged.smtp).toMatchObject({
      auth: { user: 'svc-mail@acme.example', pass: 'kept' },
      tls: { ciphers: 'X', rejectUnauthorized: true },
    });
    expect(merged.smtp).not.toHaveProperty('service');
  });

  it('asks which of several accounts is meant', () => {
    const text = '{"a":{"host":"smtp.a.example","port":25},"b":{"host":"smtp.b.example","port":25}}';
    expect(errorOf(nodemailer.merge(text, sampleSettings(), plain))).toMatchObject({
      facts: { reason: 'it holds these accounts: a, b. Name one with the option Account.' },
    });
    const merged = JSON.parse(must(nodemailer.merge(text, sampleSettings(), contextFor(nodemailer, { account: 'b' }))));
    expect(merged).toMatchObject({ a: { host: 'smtp.a.example' }, b: { host: 'mail.acme.example' } });
  });

  it('adds transport and defaults to a configuration without mail', () => {
    const merged = JSON.parse(must(nodemailer.merge('{"port": 8080}', sampleSettings(), plain)));
    expect(Object.keys(merged)).toEqual(['port', 'transport', 'defaults']);
  });
});

describe('nodemailer import', () => {
  const server = (text: string) => onlyProfile(imported(text, 'nodemailer')).settings.server;

  it.each([
    [
      '{"mail":{"service":"Gmail","auth":{"user":"a","pass":"b"}}}',
      { host: 'smtp.gmail.com', port: 465, security: 'tls' },
    ],
    ['{"host":"smtp.a.example","port":587,"user":"a","pass":"b"}', { port: 587, security: 'starttls-if-offered' }],
    ['{"smtp":{"host":"a.example","port":465,"user":"u","password":"p"}}', { port: 465, security: 'tls' }],
    ['{"smtp":{"host":"a.example","port":465,"secure":false}}', { port: 465, security: 'starttls-if-offered' }],
    ['{"smtp":{"host":"a.example","port":2525,"from":"a@a.example","tls":true}}', { port: 2525, security: 'tls' }],
    ['{"email":{"host":"a.example","port":25,"ignoreTLS":true}}', { port: 25, security: 'none' }],
    ['{"transport":{"host":"a.example","requireTLS":"true"}}', { port: 587, security: 'starttls' }],
    ['{"smtp":{"url":"smtps://u%40x:p%20q@a.example"}}', { host: 'a.example', port: 465, security: 'tls' }],
    [
      '{"smtp":{"servidor":"mail.a.example","porta":587,"usuario":"u","senha":"s"}}',
      { host: 'mail.a.example', port: 587 },
    ],
    ['{"smtp_config":{"smtp_host":"a.example","smtp_port":"2525","smtp_user":"u"}}', { host: 'a.example', port: 2525 }],
  ])('reads %s', (text, expected) => {
    expect(server(text)).toMatchObject(expected);
  });

  it('reads several accounts, each named by its place', () => {
    const { profiles } = imported(
      '{"accounts":[{"host":"smtp.a.example","port":25},{"host":"smtp.b.example","port":25}]}',
    );
    expect(profiles.map(({ settings }) => settings.name)).toEqual([
      'nodemailer accounts.0 smtp.a.example',
      'nodemailer accounts.1 smtp.b.example',
    ]);
  });

  it('takes no path for a certificate', () => {
    const parsed = imported('{"smtp":{"host":"a.example","secure":true,"tls":{\n"ca":"/etc/ssl/ca.pem"}}}');
    expect(onlyProfile(parsed).settings.tls.caPem).toBe('');
    expect(parsed.ignored).toMatchObject([{ key: 'smtp.tls.ca', line: 2 }]);
  });

  it('does not take a database or a web server for a mail server', () => {
    expect(
      errorOf(
        readText('{"db":{"host":"x","port":25,"database":"y","user":"u"},"web":{"host":"y","port":8080}}', 'x', null),
      ).code,
    ).toBe('NOT_RECOGNISED');
  });

  it('never lets a key of a hostile file reach a prototype', () => {
    imported(
      '{"__proto__":{"polluted":1},"smtp":{"host":"a.example","port":25,"__proto__":{"polluted":1},"headers":{"__proto__":"x"}}}',
    );
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('ZeroThreat', () => {
  it('writes the fields of its form', () => {
    expect(must(zerothreat.render(sampleSettings(), contextFor(zerothreat, {}, 'placeholder')))).toBe(
      fixture('zerothreat.json'),
    );
  });

  it('is recognised by its form, with nodemailer as the other candidate', () => {
    const read = must(readText(fixture('zerothreat.json'), 'x', null));
    expect(read.target.info.id).toBe('zerothreat');
    expect(read.otherCandidates).toEqual(['nodemailer']);
  });

  it('requires user name, password and From', () => {
    const settings = sampleSettings((draft) => {
      draft.signIn.method = 'none';
      draft.sender.from = { address: '', name: '' };
      draft.sender.replyTo.address = '';
      draft.server.security = 'tls';
    });
    expect(fieldsOf(zerothreat.limits(settings, contextFor(zerothreat)))).toEqual([
      'refused signIn.method',
      'refused sender.from.address',
    ]);
  });

  it('lists the fields to copy, without the password', () => {
    const steps = zerothreat.apply(sampleSettings(), contextFor(zerothreat, {}, 'include', 'hush-hush'));
    expect(steps.find(({ title }) => title === 'Host')?.command).toBe('mail.acme.example');
    expect(JSON.stringify(steps)).not.toContain('hush');
  });
});
