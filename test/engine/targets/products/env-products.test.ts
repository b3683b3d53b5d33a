import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIALECT_IDS, DIALECTS } from '../../../../engine/targets/env/dialects.ts';
import { scanEnv } from '../../../../engine/targets/env/scan.ts';
import { readSecret } from '../../../../engine/targets/secret-policy.ts';
import type { Security } from '../../../../shared/profile.ts';
import { requireTool } from '../../../support/requires.ts';
import { hostileSecret, sampleSettings } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, imported, must, onlyProfile, target } from '../support.ts';

const PASSWORD = 'canary pa$$ "wörd" #1';

const PRODUCTS = ['mastodon', 'n8n', 'metabase', 'rocketchat', 'authentik', 'vaultwarden', 'laravel', 'env'];

/** Names of the password, and what a plain profile is written as. */
const GOLDEN: Record<string, string> = {
  mastodon: `SMTP_SERVER=mail.acme.example
SMTP_PORT=587
SMTP_LOGIN=svc-mail@acme.example
SMTP_AUTH_METHOD=plain
SMTP_FROM_ADDRESS='Acme Alerts <alerts@acme.example>'
SMTP_REPLY_TO=help@acme.example
SMTP_ENABLE_STARTTLS=always
SMTP_ENABLE_STARTTLS_AUTO=true
SMTP_OPENSSL_VERIFY_MODE=peer
`,
  n8n: `N8N_EMAIL_MODE=smtp
N8N_SMTP_HOST=mail.acme.example
N8N_SMTP_PORT=587
N8N_SMTP_SSL=false
N8N_SMTP_STARTTLS=true
N8N_SMTP_USER=svc-mail@acme.example
N8N_SMTP_SENDER='Acme Alerts <alerts@acme.example>'
`,
  metabase: `MB_EMAIL_SMTP_HOST=mail.acme.example
MB_EMAIL_SMTP_PORT=587
MB_EMAIL_SMTP_SECURITY=starttls
MB_EMAIL_SMTP_USERNAME=svc-mail@acme.example
MB_EMAIL_FROM_ADDRESS=alerts@acme.example
MB_EMAIL_FROM_NAME='Acme Alerts'
MB_EMAIL_REPLY_TO='["help@acme.example"]'
`,
  rocketchat: `OVERWRITE_SETTING_SMTP_Protocol=smtp
OVERWRITE_SETTING_SMTP_Host=mail.acme.example
OVERWRITE_SETTING_SMTP_Port=587
OVERWRITE_SETTING_SMTP_IgnoreTLS=false
OVERWRITE_SETTING_SMTP_Username=svc-mail@acme.example
OVERWRITE_SETTING_From_Email='Acme Alerts <alerts@acme.example>'
`,
  authentik: `AUTHENTIK_EMAIL__HOST=mail.acme.example
AUTHENTIK_EMAIL__PORT=587
AUTHENTIK_EMAIL__USERNAME=svc-mail@acme.example
AUTHENTIK_EMAIL__USE_TLS=true
AUTHENTIK_EMAIL__USE_SSL=false
AUTHENTIK_EMAIL__TIMEOUT=10
AUTHENTIK_EMAIL__FROM='Acme Alerts <alerts@acme.example>'
`,
  vaultwarden: `SMTP_HOST=mail.acme.example
SMTP_FROM=alerts@acme.example
SMTP_FROM_NAME='Acme Alerts'
SMTP_SECURITY=starttls
SMTP_PORT=587
SMTP_USERNAME=svc-mail@acme.example
SMTP_TIMEOUT=10
`,
  laravel: `MAIL_MAILER=smtp
MAIL_SCHEME=smtp
MAIL_ENCRYPTION=tls
MAIL_HOST=mail.acme.example
MAIL_PORT=587
MAIL_USERNAME=svc-mail@acme.example
MAIL_FROM_ADDRESS=alerts@acme.example
MAIL_FROM_NAME='Acme Alerts'
`,
  env: `SMTP_HOST=mail.acme.example
SMTP_PORT=587
SMTP_ENCRYPTION=starttls
SMTP_USERNAME=svc-mail@acme.example
SMTP_FROM=alerts@acme.example
SMTP_FROM_NAME='Acme Alerts'
SMTP_REPLY_TO=help@acme.example
`,
};

const withSecurity = (security: Security) =>
  sampleSettings((settings) => {
    settings.server.security = security;
    settings.server.port = security === 'tls' ? 465 : 587;
  });

describe.each(PRODUCTS)('variables of %s', (id) => {
  const product = target(id);

  it('are written under the names and in the words of the product', () => {
    expect(must(product.render(sampleSettings(), contextFor(product)))).toBe(GOLDEN[id]);
  });

  it('are recognised again without being named', () => {
    const text = must(product.render(sampleSettings(), contextFor(product)));
    const { settings } = onlyProfile(imported(`TZ=UTC\n${text}`));
    expect(settings.server).toMatchObject({ host: 'mail.acme.example', port: 587 });
    expect(settings.name).toContain(product.info.name);
    expect(settings.sender.from.address).toBe('alerts@acme.example');
  });

  it.each(['none', 'starttls-if-offered', 'starttls', 'tls'] as const)('say %s, or a limit tells otherwise', (mode) => {
    const settings = withSecurity(mode);
    const read = onlyProfile(imported(must(product.render(settings, contextFor(product))), id)).settings;
    const told = product.limits(settings, contextFor(product)).some(({ field }) => field === 'server.security');
    if (!told) expect(read.server.security).toBe(mode);
    if (mode === 'tls') expect(read.server.security).toBe('tls');
  });

  it('carry a password unharmed to every reader, or are refused with the reader named as the way out', () => {
    let written = 0;
    fc.assert(
      fc.property(hostileSecret, fc.constantFrom('common', ...DIALECT_IDS), (password, reader) => {
        const context = contextFor(product, { reader }, 'include', password);
        const text = product.render(sampleSettings(), context);
        if (!text.ok) {
          expect(text.error.code).toBe('TARGET_REFUSES');
          expect(JSON.stringify(text.error.facts)).not.toContain(JSON.stringify(password).slice(1, -1).padEnd(12, ' '));
          return;
        }
        written++;
        const readers = reader === 'common' ? DIALECT_IDS.filter((name) => name !== 'docker') : [reader];
        for (const name of readers) {
          const { entries } = scanEnv(text.value, DIALECTS[name as (typeof DIALECT_IDS)[number]]);
          expect(entries.filter(({ value }) => value === password).length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 200 },
    );
    expect(written).toBeGreaterThan(5);
  });

  it('bring the password back as an import, and never a mask or a reference as one', () => {
    const secret = (password: string) => {
      const text = must(product.render(sampleSettings(), contextFor(product, {}, 'include', password)));
      return onlyProfile(imported(text, id)).secrets[0];
    };
    expect(secret('canary-pass')).toMatchObject({ state: 'value', value: 'canary-pass' });
    const reading = readSecret('********');
    if (id !== 'mastodon') expect(secret('********')?.state).toBe(reading.state);
  });

  it('hide the password wherever they are shown', () => {
    const context = contextFor(product, { reader: 'compose' }, 'include', id === 'mastodon' ? 'canary-pass' : PASSWORD);
    const text = must(product.render(sampleSettings(), context));
    const shown = product.mask(`${text}#OLD_PASSWORD=canary\nDATABASE_URL=postgres://u:canary@db/x\n`);
    expect(shown).not.toContain('canary');
    expect(shown.split('\n')).toHaveLength(text.split('\n').length + 2);
  });

  it('leave all else in a file as it is', () => {
    const first = must(product.render(sampleSettings(), contextFor(product))).split('\n');
    const existing = `\ufeff# head\r\nexport TZ='UTC'  # zone\r\n${first[1]}   # kept\r\nOTHER="a\r\nb"\r\n\r\n# end`;
    const changed = sampleSettings((settings) => {
      settings.server.host = 'new.acme.example';
      settings.server.port = 2525;
    });
    const merged = must(product.merge(existing, changed, contextFor(product)));
    expect(merged.startsWith("\ufeff# head\r\nexport TZ='UTC'  # zone\r\n")).toBe(true);
    expect(merged).toContain('   # kept\r\nOTHER="a\r\nb"\r\n');
    expect(merged.endsWith('\r\n\r\n# end')).toBe(true);
    expect(merged.replaceAll('\r\n', '')).not.toContain('\n');
    expect(must(product.merge(merged, changed, contextFor(product)))).toBe(merged);
  });

  it('without a sign-in take user and password out of a file', () => {
    const context = contextFor(product, {}, 'include', 'canary-pass');
    const existing = must(product.render(sampleSettings(), context));
    const settings = sampleSettings((draft) => {
      draft.signIn.method = 'none';
    });
    const merged = must(product.merge(existing, settings, contextFor(product)));
    expect(merged).not.toContain('canary');
    expect(merged).not.toContain('svc-mail');
    expect(onlyProfile(imported(merged, id)).settings.signIn.method).toBe('none');
  });

  it('refuse OAuth and say so before', () => {
    const settings = sampleSettings((draft) => {
      draft.signIn.method = 'oauth2';
    });
    expect(errorOf(product.render(settings, contextFor(product))).code).toBe('TARGET_REFUSES');
    expect(fieldsOf(product.limits(settings, contextFor(product)))).toContain('refused signIn.method');
  });

  it('come with steps that hold no secret', () => {
    const context = contextFor(product, {}, 'include', 'canary-pass');
    const steps = product.apply(sampleSettings(), context);
    expect(steps.length).toBeGreaterThan(0);
    expect(JSON.stringify(steps)).not.toContain('canary');
  });
});

describe('Mastodon', () => {
  const mastodon = target('mastodon');
  const ruby = requireTool('ruby');
  const judge = (values: string[]) => {
    const script = `require 'yaml'; require 'json'
puts JSON.generate(JSON.parse($stdin.read).map { |v| (YAML.unsafe_load("password: #{v}\\nport: 25\\n")['password'] rescue nil) })`;
    const { stdout, stderr } = spawnSync('ruby', ['-Ku', '-e', script], {
      input: JSON.stringify(values),
      encoding: 'utf8',
    });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as unknown[];
  };

  it.each([
    'a: b',
    '#x',
    'no',
    '0123',
    '@x',
    '*x',
    "'x",
    '12:30:45',
    '1,000',
    ':x',
    '2024-01-01',
    'x #y',
    '<%= 1 %>',
    '~',
  ])('refuses the password %j, which its YAML would change', (password) => {
    const error = errorOf(
      mastodon.render(sampleSettings(), contextFor(mastodon, { reader: 'ruby' }, 'include', password)),
    );
    expect(error).toMatchObject({ code: 'TARGET_REFUSES', facts: { field: 'SMTP_PASSWORD' } });
  });

  it.skipIf(!ruby)('lets no password through that the YAML of Ruby would change', { timeout: 30_000 }, () => {
    const samples = fc.sample(fc.oneof(hostileSecret, fc.stringMatching(/^[-+:=,._0-9a-zA-Z!?&*@ ]{1,8}$/)), {
      numRuns: 2_000,
      seed: 3,
    });
    const passed = samples.filter(
      (password) => mastodon.render(sampleSettings(), contextFor(mastodon, { reader: 'sh' }, 'include', password)).ok,
    );
    expect(passed.length).toBeGreaterThan(200);
    expect(judge(passed)).toEqual(passed);
  });
});

describe('authentik', () => {
  it('takes no password that it would follow as a reference', () => {
    const product = target('authentik');
    for (const password of ['env://HOME', 'file:///etc/passwd']) {
      const error = errorOf(product.render(sampleSettings(), contextFor(product, {}, 'include', password)));
      expect(error).toMatchObject({ code: 'TARGET_REFUSES', facts: { field: 'AUTHENTIK_EMAIL__PASSWORD' } });
    }
  });

  it('says when both kinds of TLS are on', () => {
    const text = 'AUTHENTIK_EMAIL__HOST=a.example\nAUTHENTIK_EMAIL__USE_TLS=true\nAUTHENTIK_EMAIL__USE_SSL=true\n';
    expect(imported(text).warnings.join()).toContain('are both on');
  });
});

describe('Vaultwarden', () => {
  const product = target('vaultwarden');
  const file = contextFor(product, { form: 'file' }, 'include', 'canary-pass');

  it('writes data/config.json with numbers and switches', () => {
    const settings = sampleSettings((draft) => {
      draft.tls.verifyCertificate = false;
    });
    expect(JSON.parse(must(product.render(settings, file)))).toEqual({
      _enable_smtp: true,
      smtp_host: 'mail.acme.example',
      smtp_from: 'alerts@acme.example',
      smtp_from_name: 'Acme Alerts',
      smtp_security: 'starttls',
      smtp_port: 587,
      smtp_username: 'svc-mail@acme.example',
      smtp_password: 'canary-pass',
      smtp_timeout: 10,
      smtp_accept_invalid_certs: true,
      smtp_accept_invalid_hostnames: true,
    });
  });

  it('reads data/config.json, and hides its password', () => {
    const text =
      '{\n  "domain": "https://v.example",\n  "_enable_smtp": false,\n  "smtp_host": "mail.acme.example",\n  "smtp_password": "canary"\n}\n';
    const { settings, secrets, origins } = onlyProfile(imported(text));
    expect(settings).toMatchObject({ status: 'inactive', server: { port: 587, security: 'starttls' } });
    expect(secrets).toMatchObject([{ state: 'value', line: 5 }]);
    expect(origins['server.host']).toEqual({ key: 'smtp_host', line: 4 });
    expect(product.mask(text)).not.toContain('canary');
  });

  it.each([
    ['SMTP_EXPLICIT_TLS=true\nSMTP_SSL=true', 'tls'],
    ['SMTP_SSL=false\nSMTP_EXPLICIT_TLS=false', 'none'],
    ['SMTP_SECURITY=force_tls', 'tls'],
    ['SMTP_SECURITY=off', 'none'],
    ['SMTP_SECURITY=wrong', 'starttls'],
  ])('reads %j as %s', (lines, security) => {
    const text = `SMTP_HOST=a.example\nSMTP_FROM=a@b.example\n${lines}\n`;
    expect(onlyProfile(imported(text, 'vaultwarden')).settings.server.security).toBe(security);
  });
});
