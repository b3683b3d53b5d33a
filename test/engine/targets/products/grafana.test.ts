import { describe, expect, it } from 'vitest';
import { CANARY, sampleSettings, variable } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, fixture, imported, must, onlyProfile, target } from '../support.ts';

const grafana = target('grafana');
const full = sampleSettings((settings) => {
  settings.server.ehloName = 'app.acme.example';
  settings.sender.replyTo.name = 'Help; desk';
  settings.sender.headers = [{ name: 'x-team', value: '#ops' }];
});

describe('Grafana rendering', () => {
  it('writes the part of grafana.ini', () => {
    expect(must(grafana.render(full, contextFor(grafana, {}, 'include', CANARY)))).toBe(fixture('grafana/smtp.ini'));
  });

  it('writes variables', () => {
    expect(must(grafana.render(full, contextFor(grafana, { form: 'env' })))).toBe(fixture('grafana/smtp.env'));
  });

  it('points to the environment, to a placeholder, or leaves the password out', () => {
    const text = (policy: 'leave-out' | 'placeholder' | 'environment') =>
      /^password.*$/m.exec(must(grafana.render(full, contextFor(grafana, {}, policy))))?.[0];
    expect(text('environment')).toBe('password = $__env{SMTP_PASSWORD}');
    expect(text('placeholder')).toBe('password = <smtp password>');
    expect(text('leave-out')).toBeUndefined();
  });

  it.each([
    ['none', 25, 'NoStartTLS'],
    ['starttls-if-offered', 587, 'OpportunisticStartTLS'],
    ['starttls', 587, 'MandatoryStartTLS'],
    ['tls', 465, 'MandatoryStartTLS'],
  ] as const)('writes security %s on port %i as %s', (security, port, policy) => {
    const settings = sampleSettings(({ server }) => Object.assign(server, { security, port }));
    expect(must(grafana.render(settings, contextFor(grafana)))).toContain(`startTLS_policy = ${policy}\n`);
  });

  it('writes an address of version 6 in brackets', () => {
    const settings = sampleSettings(({ server }) => Object.assign(server, { host: '2001:db8::1' }));
    expect(must(grafana.render(settings, contextFor(grafana)))).toContain('host = [2001:db8::1]:587\n');
  });

  it('refuses a password that Grafana would take for a variable, and says what works', () => {
    const render = (password: string) => grafana.render(full, contextFor(grafana, {}, 'include', password));
    expect(errorOf(render(`a${variable('b')}`))).toMatchObject({
      code: 'TARGET_REFUSES',
      facts: { field: 'the password' },
    });
    expect(errorOf(render('$__file{/x}')).code).toBe('TARGET_REFUSES');
    expect(errorOf(render('a%(host)s')).code).toBe('TARGET_REFUSES');
    expect(render('a$b{c}%d').ok).toBe(true);
  });

  it('refuses a header name that keeps Grafana from starting', () => {
    const settings = sampleSettings(({ sender }) => {
      sender.headers = [{ name: 'X_Team', value: 'a' }];
    });
    expect(errorOf(grafana.render(settings, contextFor(grafana)))).toMatchObject({ facts: { field: 'X_Team' } });
    expect(fieldsOf(grafana.limits(settings, contextFor(grafana)))).toContain('refused sender.headers');
  });
});

describe('Grafana merging', () => {
  it('puts keys below their commented-out defaults and keeps every other byte', () => {
    const existing =
      '\ufeff[server]\r\nhttp_port = 3000 ; web\r\n\r\n[smtp]\r\n;enabled = false\r\n;host = localhost:25\r\nuser = "old" # who\r\npassword = `kept`\r\n\r\n[smtp.static_headers]\r\nX-Old = 1\r\n[emails]\r\n;templates_pattern = a';
    expect(must(grafana.merge(existing, full, contextFor(grafana)))).toBe(
      '\ufeff[server]\r\nhttp_port = 3000 ; web\r\n\r\n[smtp]\r\n;enabled = false\r\nenabled = true\r\n;host = localhost:25\r\nhost = mail.acme.example:587\r\nuser = svc-mail@acme.example # who\r\npassword = `kept`\r\nskip_verify = false\r\nfrom_address = alerts@acme.example\r\nfrom_name = Acme Alerts\r\nehlo_identity = app.acme.example\r\nstartTLS_policy = MandatoryStartTLS\r\n\r\n[smtp.static_headers]\r\nX-Team = `#ops`\r\nReply-To = `"Help; desk" <help@acme.example>`\r\n[emails]\r\n;templates_pattern = a',
    );
  });

  it('takes user and password out when there is no sign-in', () => {
    const settings = sampleSettings(({ signIn }) => {
      signIn.method = 'none';
    });
    const merged = must(grafana.merge('[smtp]\nuser = u\npassword = p\n', settings, contextFor(grafana)));
    expect(merged).not.toMatch(/^(?:user|password)/m);
  });

  it('refuses a file that Grafana would not start with', () => {
    expect(errorOf(grafana.merge('[smtp]\nhost\n', full, contextFor(grafana)))).toMatchObject({
      code: 'PARSE_FAILED',
      facts: { line: 2 },
    });
  });
});

describe('Grafana limits', () => {
  it('has none for plain settings', () => {
    expect(grafana.limits(sampleSettings(), contextFor(grafana))).toEqual([]);
  });

  it.each([
    ['tls', 587],
    ['starttls', 465],
    ['none', 465],
  ] as const)('says that %s on port %i can never work', (security, port) => {
    const settings = sampleSettings(({ server }) => Object.assign(server, { security, port }));
    expect(fieldsOf(grafana.limits(settings, contextFor(grafana)))).toContain('refused server.security');
  });

  it('says that variables hold no headers', () => {
    expect(fieldsOf(grafana.limits(full, contextFor(grafana, { form: 'env' })))).toEqual([
      'lossy sender.replyTo.address',
      'lossy sender.replyTo.name',
      'lossy sender.headers',
    ]);
  });
});

describe('Grafana import', () => {
  it('reads every key with its line', () => {
    const { settings, origins, secrets } = onlyProfile(imported(fixture('grafana/smtp.ini')));
    expect(settings.sender).toEqual({ ...full.sender, headers: [{ name: 'X-Team', value: '#ops' }] });
    expect(settings.server).toEqual(full.server);
    expect(origins['server.host']).toEqual({ key: 'smtp.host', line: 3 });
    expect(secrets).toMatchObject([{ key: 'smtp.password', state: 'value', value: CANARY }]);
  });

  it('reads variables, and a file that one of them names', () => {
    const parsed = imported(
      'GF_SMTP_ENABLED=true\nGF_SMTP_HOST=a.example:465\nGF_SMTP_USER=u\nGF_SMTP_PASSWORD__FILE=/run/p\n',
    );
    const { settings, secrets } = onlyProfile(parsed);
    expect(settings.server).toMatchObject({ host: 'a.example', port: 465, security: 'tls' });
    expect(secrets).toMatchObject([{ state: 'reference', reference: '/run/p' }]);
  });

  it.each(['$__env{SMTP_PW}', '$__file{/run/pw}', variable('SMTP_PW')])('takes %s for no password', (text) => {
    const parsed = imported(
      `[smtp]\nenabled = true\nhost = a.example:25\nfrom_address = a@a.example\nuser = u\npassword = ${text}\n`,
    );
    expect(onlyProfile(parsed).secrets).toMatchObject([{ state: 'reference', reference: text }]);
  });

  it('fills in what Grafana does without a key, and says so', () => {
    const parsed = imported('[smtp]\nhost = a.example\nuser = u\n;from_address = x\nstartTLS_policy = always\n');
    const { settings } = onlyProfile(parsed);
    expect(settings).toMatchObject({
      status: 'inactive',
      server: { port: 25, security: 'starttls-if-offered' },
      sender: { from: { address: 'admin@grafana.localhost', name: 'Grafana' } },
    });
    expect(parsed.warnings).toEqual([
      'Line 2: The port is missing. Grafana sends nothing without it.',
      'Line 5: Grafana does not know this policy and uses STARTTLS if it is offered.',
      'enabled is missing. Grafana then sends no mail.',
      'from_address is missing. Grafana then sends as admin@grafana.localhost.',
    ]);
  });

  it('reads %(name)s as the key of that name', () => {
    const parsed = imported(
      'domain = a.example\n[smtp]\nenabled = true\nhost = mail.%(domain)s:25\nfrom_address = x@%(domain)s\n',
    );
    expect(onlyProfile(parsed).settings.server.host).toBe('mail.a.example');
  });

  it('refuses what is commented out, a template, and the file of another product', () => {
    const read = (text: string) => () => imported(text);
    expect(read('[smtp]\n;host = localhost:25\n;from_address = a\n')).toThrow('NO_MAIL_SETTINGS');
    expect(read('[smtp]\nhost = {{ smtp_host }}\nfrom_address = a@b.example\n')).toThrow('TEMPLATE_FILE');
    expect(read('[smtp]\nmax-message-size = 1\n')).toThrow('NOT_RECOGNISED');
  });

  it('masks passwords, also those of databases and in comments', () => {
    const text =
      '[database]\nurl = mysql://u:hunter2@db/g\n[smtp]\n;password = hunter2\npassword = """hunter2"""\nuser = u\n';
    expect(grafana.mask(text)).not.toContain('hunter2');
    expect(grafana.mask(text, text.indexOf('password = "'))).toBe('password = ••••••••\nuser = u\n');
  });
});
