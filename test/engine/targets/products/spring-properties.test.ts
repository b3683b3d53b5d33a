import { describe, expect, it } from 'vitest';
import { CANARY, sampleSettings, variable } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, fixture, imported, must, onlyProfile, target } from '../support.ts';

const spring = target('spring-properties');
const full = sampleSettings((settings) => {
  settings.server.ehloName = 'app.acme.example';
  settings.sender.envelopeFrom = 'bounce@acme.example';
  settings.signIn.mechanism = 'LOGIN';
  settings.server.proxy = { kind: 'socks5', host: 'proxy.acme.example', port: 1080 };
});
const DOLLAR = variable('literal.dollar:$');

describe('Spring Boot rendering', () => {
  it('writes the keys of spring.mail', () => {
    expect(must(spring.render(full, contextFor(spring, {}, 'include', CANARY)))).toBe(
      fixture('spring-properties/mail.properties'),
    );
  });

  it.each([
    ['none', ['starttls.enable=false']],
    ['starttls-if-offered', ['starttls.enable=true', 'ssl.checkserveridentity=true', 'ssl.protocols=TLSv1.2 TLSv1.3']],
    [
      'starttls',
      [
        'starttls.enable=true',
        'starttls.required=true',
        'ssl.checkserveridentity=true',
        'ssl.protocols=TLSv1.2 TLSv1.3',
      ],
    ],
    [
      'tls',
      ['starttls.enable=false', 'ssl.enable=true', 'ssl.checkserveridentity=true', 'ssl.protocols=TLSv1.2 TLSv1.3'],
    ],
  ] as const)('writes security %s', (security, expected) => {
    const settings = sampleSettings(({ server }) => Object.assign(server, { security }));
    const lines = must(spring.render(settings, contextFor(spring))).match(
      /(?<=^spring\.mail\.properties\.mail\.smtp\.)(?:starttls|ssl).*/gm,
    );
    expect(lines).toEqual(expected);
  });

  it('keeps Spring from taking a password for a placeholder', () => {
    const password = `a${variable('b')}ß`;
    const text = must(spring.render(full, contextFor(spring, {}, 'include', password)));
    expect(text).toContain(`spring.mail.password=a${DOLLAR}{b}\\u00df\n`);
    expect(onlyProfile(imported(text)).secrets).toMatchObject([{ state: 'value', value: password }]);
    expect(errorOf(spring.render(full, contextFor(spring, {}, 'include', `a\\${variable('b')}`))).code).toBe(
      'TARGET_REFUSES',
    );
  });

  it('points to the environment', () => {
    expect(must(spring.render(full, contextFor(spring, {}, 'environment')))).toContain(
      `spring.mail.password=${variable('SMTP_PASSWORD')}\n`,
    );
  });
});

describe('Spring Boot merging', () => {
  it('changes keys where they stand, adds below them, and takes out what would override them', () => {
    const existing =
      '# app\r\nserver.port=8080\r\nspring.mail.host: old.example\r\nspring.mail.protocol=smtps\r\nspring.mail.properties[mail.smtp.auth] = false\r\nspring.mail.password=kept\r\nspring.jpa.show-sql=true';
    const merged = must(spring.merge(existing, sampleSettings(), contextFor(spring)));
    expect(merged).toMatch(
      /^# app\r\nserver\.port=8080\r\nspring\.mail\.host: mail\.acme\.example\r\nspring\.mail\.properties\[mail\.smtp\.auth\] = true\r\nspring\.mail\.password=kept\r\nspring\.mail\.port=587\r\n/,
    );
    expect(merged.endsWith('\r\nspring.jpa.show-sql=true')).toBe(true);
    expect(merged).not.toContain('protocol=');
    expect(merged.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('leaves a document alone that counts for one profile of the server only', () => {
    const existing =
      'spring.mail.host=a\n#---\nspring.config.activate.on-profile=dev\nspring.mail.host=b\nspring.mail.port=1\n';
    const merged = must(spring.merge(existing, sampleSettings(), contextFor(spring)));
    expect(merged).toMatch(/^spring\.mail\.host=mail\.acme\.example\n/);
    expect(
      merged.endsWith('#---\nspring.config.activate.on-profile=dev\nspring.mail.host=b\nspring.mail.port=1\n'),
    ).toBe(true);
  });
});

describe('Spring Boot limits', () => {
  it('tells what the application decides', () => {
    expect(fieldsOf(spring.limits(full, contextFor(spring)))).toEqual([
      'lossy sender.from.address',
      'lossy sender.from.name',
      'lossy sender.replyTo.address',
    ]);
  });

  it('refuses OAuth, whose token only code can fetch', () => {
    const settings = sampleSettings(({ signIn }) => {
      signIn.method = 'oauth2';
    });
    expect(errorOf(spring.render(settings, contextFor(spring))).code).toBe('TARGET_REFUSES');
  });
});

describe('Spring Boot import', () => {
  it('reads every key with its line', () => {
    const { settings, origins, secrets } = onlyProfile(imported(fixture('spring-properties/mail.properties')));
    expect(settings.server).toEqual(full.server);
    expect(settings.sender.envelopeFrom).toBe('bounce@acme.example');
    expect(settings.signIn).toMatchObject({ method: 'password', mechanism: 'LOGIN' });
    expect(origins['server.host']).toEqual({ key: 'spring.mail.host', line: 1 });
    expect(secrets).toMatchObject([{ state: 'value', value: CANARY }]);
  });

  it.each([
    ['spring.mail.protocol=smtps', 465, 'tls'],
    ['spring.mail.ssl.enabled=true\nspring.mail.port=465', 465, 'tls'],
    [
      'spring.mail.port=465\nspring.mail.properties.mail.smtp.socketFactory.class=javax.net.ssl.SSLSocketFactory',
      465,
      'tls',
    ],
    ['spring.mail.properties.mail.smtp.starttls.required=true', 25, 'starttls'],
    ['spring.mail.properties.mail.smtp.starttls.enable=TRUE', 25, 'starttls-if-offered'],
    ['spring.mail.properties.mail.smtp.starttls.enable=yes', 25, 'none'],
  ])('reads the security of %j', (lines, port, security) => {
    expect(onlyProfile(imported(`spring.mail.host=a.example\n${lines}\n`)).settings.server).toMatchObject({
      port,
      security,
    });
  });

  it('takes the fallback of a placeholder, but never one of a password', () => {
    const parsed = imported(
      `spring.mail.host=${variable('H:a.example')}\nspring.mail.port=${variable('P')}\nspring.mail.username=u\nspring.mail.password=${variable('PW:hunter2')}\nspring.mail.properties.mail.smtp.auth=true\n`,
    );
    const { settings, secrets } = onlyProfile(parsed);
    expect(settings.server).toMatchObject({ host: 'a.example', port: 25 });
    expect(parsed.ignored).toMatchObject([{ key: 'spring.mail.port', line: 2 }]);
    expect(secrets).toEqual([
      { kind: 'password', key: 'spring.mail.password', line: 4, state: 'reference', reference: '' },
    ]);
    expect(JSON.stringify(parsed)).not.toContain('hunter2');
  });

  it('signs in with a user name as JavaMail does, and says what is no key of Spring’s', () => {
    const parsed = imported(
      'spring.mail.host=a.example\nspring.mail.port=25\nspring.mail.username=u\nspring.mail.from=a@a.example\n',
    );
    expect(onlyProfile(parsed).settings).toMatchObject({
      signIn: { method: 'password', username: 'u' },
      sender: { from: { address: 'a@a.example' } },
    });
    expect(parsed.warnings).toEqual([
      'Line 4: spring.mail.from is no key of Spring Boot’s own. Whether it counts is up to the application.',
    ]);
  });

  it('takes only what counts for every profile of the server', () => {
    const parsed = imported(
      'spring.mail.host=a.example\nspring.mail.port=25\n#---\nspring.config.activate.on-profile=dev\nspring.mail.host=b.example\n#---\nspring.mail.port=26\n',
    );
    expect(onlyProfile(parsed).settings.server).toMatchObject({ host: 'a.example', port: 26 });
    expect(parsed.ignored).toMatchObject([{ key: 'spring.mail.host', line: 5 }]);
  });

  it('masks passwords, also as a fallback and inside of addresses', () => {
    const text = `spring.mail.password=${variable('PW:hunter2')}\n#spring.datasource.password=hunter2\nspring.rabbitmq.addresses=amqp://u:hunter2@mq\nspring.mail.password=a\\\n  hunter2\n`;
    expect(spring.mask(text)).not.toContain('hunter2');
    expect(spring.mask(text).split('\n')).toHaveLength(text.split('\n').length);
  });

  it('refuses a broken escape, and a file without mail', () => {
    expect(() => imported('spring.mail.host=\\u12\n')).toThrow('PARSE_FAILED');
    expect(() => imported('spring.application.name=a\n')).toThrow('NO_MAIL_SETTINGS');
  });
});
