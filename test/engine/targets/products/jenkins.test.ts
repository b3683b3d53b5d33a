import { describe, expect, it } from 'vitest';
import { SourceDocument } from '../../../../engine/targets/source.ts';
import { sampleSettings, variable } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, imported, must, onlyProfile, target } from '../support.ts';

const jenkins = target('jenkins');
const sourceOf = (text: string) => new SourceDocument(text);
const XML = (inner: string) =>
  `<?xml version='1.1' encoding='UTF-8'?>\n<hudson.tasks.Mailer_-DescriptorImpl>\n${inner}</hudson.tasks.Mailer_-DescriptorImpl>\n`;

describe('Jenkins', () => {
  it('escapes ${ as Configuration as Code wants it, and reads it back', () => {
    const password = `a${variable('b')}^${variable('c')}`;
    const text = must(jenkins.render(sampleSettings(), contextFor(jenkins, {}, 'include', password)));
    expect(text).toContain(`password: "a^${variable('b')}^^${variable('c')}"`);
    expect(onlyProfile(imported(text)).secrets[0]?.value).toBe(password);
  });

  it('writes the port as a text, switches as switches, and takes the sign-in out as a whole', () => {
    const settings = sampleSettings((next) => {
      next.signIn.method = 'none';
    });
    const before =
      'unclassified:\n  mailer:\n    smtpHost: a\n    authentication:\n      username: u\n      password: p\n    charset: UTF-8\n';
    const merged = must(jenkins.merge(before, settings, contextFor(jenkins)));
    expect(merged).not.toContain('authentication');
    expect(merged).toContain('    charset: UTF-8\n    smtpPort: "587"\n    useSsl: false\n    useTls: true\n');
  });

  it('takes defaults of variables for settings and never for the password', () => {
    const text = `unclassified:\n  mailer:\n    smtpHost: ${variable('H:-a.example')}\n    authentication:\n      username: u\n      password: ${variable('PW:-canary')}\n`;
    const result = imported(text);
    expect(result.profiles[0]?.settings.server.host).toBe('a.example');
    expect(result.profiles[0]?.secrets).toMatchObject([{ state: 'reference', reference: '' }]);
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  it('reads both plugins, each account with its own address', () => {
    const text =
      'unclassified:\n  location: {adminAddress: CI <ci@acme.example>}\n  mailer: {smtpHost: a.example, smtpPort: 25}\n  email-ext:\n    defaultReplyTo: r@acme.example\n    mailAccount: {smtpHost: b.example, useTls: true, credentialsId: id-1, advProperties: "mail.smtp.ssl.trust=*"}\n    addAccounts:\n    - {address: c@acme.example, smtpHost: c.example, useSsl: true}\n';
    const { profiles } = imported(text);
    expect(
      profiles.map(({ settings: { server, sender } }) => [
        server.host,
        server.port,
        server.security,
        sender.from.address,
      ]),
    ).toEqual([
      ['a.example', 25, 'none', 'ci@acme.example'],
      ['b.example', 587, 'starttls', 'ci@acme.example'],
      ['c.example', 465, 'tls', 'c@acme.example'],
    ]);
    expect(profiles[1]?.settings.tls.verifyCertificate).toBe(false);
    expect(profiles[1]?.secrets).toMatchObject([{ state: 'reference', reference: 'id-1' }]);
  });

  it('reads the Mailer’s file on disk, an encrypted password as kept elsewhere', () => {
    const text = XML(
      '  <smtpHost>a.example</smtpHost>\n  <useSsl>true</useSsl>\n  <authentication>\n    <username>u &amp; v</username>\n    <password>{AQAAABAAAAAQabcdefghijklmnopqrstuvwxyz0123456789+/=}</password>\n  </authentication>\n',
    );
    const { settings, secrets } = onlyProfile(imported(text));
    expect(settings.server).toMatchObject({ host: 'a.example', port: 465, security: 'tls' });
    expect(settings.signIn.username).toBe('u & v');
    expect(secrets).toMatchObject([{ state: 'reference', line: 7 }]);
    expect(jenkins.mask(text)).not.toContain('AQAA');
  });

  it('gives each account of the Email Extension its common reply address', () => {
    const text = `<?xml version='1.1' encoding='UTF-8'?>
<hudson.plugins.emailext.ExtendedEmailPublisherDescriptor>
  <mailAccount><smtpHost>a.example</smtpHost></mailAccount>
  <addAccounts><hudson.plugins.emailext.MailAccount><smtpHost>b.example</smtpHost></hudson.plugins.emailext.MailAccount></addAccounts>
  <defaultReplyTo>reply@example.com</defaultReplyTo>
</hudson.plugins.emailext.ExtendedEmailPublisherDescriptor>
`;
    const { profiles } = imported(text);
    expect(profiles.map(({ settings }) => [settings.server.host, settings.sender.replyTo.address])).toEqual([
      ['a.example', 'reply@example.com'],
      ['b.example', 'reply@example.com'],
    ]);
    expect(profiles[1]?.origins['sender.replyTo.address']).toMatchObject({ key: 'defaultReplyTo', line: 5 });
  });

  it('refuses broken XML, and follows no entity', () => {
    expect(errorOf(jenkins.parse(sourceOf(XML('<smtpHost>a</b>')))).code).toBe('PARSE_FAILED');
    const bomb = XML('<smtpHost>&x;</smtpHost>').replace('\n<hudson', '\n<!DOCTYPE a [<!ENTITY x "boom">]>\n<hudson');
    expect(errorOf(jenkins.parse(sourceOf(bomb))).code).toBe('PARSE_FAILED');
    expect(errorOf(jenkins.parse(sourceOf(XML('<a>'.repeat(60) + '</a>'.repeat(60))))).code).toBe('PARSE_FAILED');
  });

  it('tells what it cannot do', () => {
    const settings = sampleSettings((next) => {
      next.tls.verifyCertificate = false;
      next.server.security = 'starttls-if-offered';
    });
    expect(fieldsOf(jenkins.limits(settings, contextFor(jenkins)))).toEqual([
      'lossy server.security',
      'lossy tls.verifyCertificate',
    ]);
  });
});
