import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRuby } from '../../../../engine/targets/ruby/read.ts';
import { requireTool } from '../../../support/requires.ts';
import { hostileSecret, sampleSettings, variable } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, imported, must, onlyProfile, target } from '../support.ts';

const gitlab = target('gitlab');
const ruby = requireTool('ruby');

/** What Ruby itself makes of each text. */
function runRuby(texts: string[]): Record<string, unknown>[] {
  const script = `require 'json'
puts JSON.generate(JSON.parse($stdin.read).map { |text| gitlab_rails = {}; eval(text, binding); gitlab_rails })`;
  const { stdout, stderr, status } = spawnSync('ruby', ['-Ku', '-e', script], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, unknown>[];
}

const GOLDEN = `gitlab_rails['smtp_enable'] = true
gitlab_rails['smtp_address'] = 'mail.acme.example'
gitlab_rails['smtp_port'] = 587
gitlab_rails['smtp_user_name'] = 'svc-mail@acme.example'
gitlab_rails['smtp_enable_starttls_auto'] = true
gitlab_rails['smtp_tls'] = false
gitlab_rails['smtp_openssl_verify_mode'] = 'peer'
gitlab_rails['smtp_open_timeout'] = 10
gitlab_rails['smtp_read_timeout'] = 30
gitlab_rails['gitlab_email_enabled'] = true
gitlab_rails['gitlab_email_from'] = 'alerts@acme.example'
gitlab_rails['gitlab_email_display_name'] = 'Acme Alerts'
gitlab_rails['gitlab_email_reply_to'] = 'help@acme.example'
`;

const TEMPLATE = `## GitLab URL
external_url 'https://git.acme.example'

### Email Settings
# gitlab_rails['gitlab_email_from'] = 'example@example.com'

# gitlab_rails['smtp_enable'] = true
# gitlab_rails['smtp_address'] = "smtp.server"
# gitlab_rails['smtp_port'] = 465
gitlab_rails['ldap_servers'] = YAML.load <<-'EOS'
  gitlab_rails['smtp_port'] = 1
EOS
=begin
gitlab_rails['smtp_port'] = 2
=end
nginx['enable'] = true # gitlab_rails['smtp_port'] = 3
`;

describe('GitLab rendering', () => {
  it('writes the keys of gitlab.rb', () => {
    expect(must(gitlab.render(sampleSettings(), contextFor(gitlab)))).toBe(GOLDEN);
  });

  it.each([
    ['none', false, false],
    ['starttls-if-offered', true, false],
    ['starttls', true, false],
    ['tls', false, true],
  ] as const)('never turns on both kinds of TLS: %s', (security, starttls, tls) => {
    const settings = sampleSettings((draft) => {
      draft.server.security = security;
    });
    const text = must(gitlab.render(settings, contextFor(gitlab)));
    expect(text).toContain(`['smtp_enable_starttls_auto'] = ${starttls}\n`);
    expect(text).toContain(`['smtp_tls'] = ${tls}\n`);
  });

  it('points to the environment with Ruby’s own words', () => {
    const text = must(gitlab.render(sampleSettings(), contextFor(gitlab, {}, 'environment')));
    expect(text).toContain("gitlab_rails['smtp_password'] = ENV['SMTP_PASSWORD']\n");
    expect(onlyProfile(imported(text)).secrets).toMatchObject([
      { state: 'reference', reference: "ENV['SMTP_PASSWORD']" },
    ]);
  });

  it.skipIf(!ruby)('gives Ruby every password as it is, or refuses it', () => {
    const passwords = fc.sample(hostileSecret, { numRuns: 1_000, seed: 5 });
    const written = passwords.flatMap((password) => {
      const text = gitlab.render(sampleSettings(), contextFor(gitlab, {}, 'include', password));
      return text.ok ? [{ password, text: text.value }] : [];
    });
    expect(written.length).toBeGreaterThan(900);
    const read = runRuby(written.map(({ text }) => text));
    expect(read.map(({ smtp_password }) => smtp_password)).toEqual(written.map(({ password }) => password));
  });
});

describe('GitLab reading', () => {
  it.skipIf(!ruby)('takes literals as Ruby does, and nothing else', () => {
    const sources = fc.sample(
      fc.oneof(
        fc
          .array(fc.constantFrom('a', '\\', "'", '"', '#', '{', '\\n', '\\u00e9', '\\x41', '\\101', ' ', '$'), {
            maxLength: 6,
          })
          .chain((parts) => fc.constantFrom(`'${parts.join('')}'`, `"${parts.join('')}"`)),
        fc.constantFrom(
          '587',
          '1_000',
          ':plain',
          'true',
          'nil',
          "'a' # c",
          '"a".upcase',
          "'a' + 'b'",
          '1 + 1',
          'true && false',
        ),
      ),
      { numRuns: 1_500, seed: 9 },
    );
    const read = sources.flatMap((source) => {
      const [entry, ...more] = readRuby(`gitlab_rails['x'] = ${source}\n`, 'gitlab_rails').entries;
      if (!entry || more.length > 0 || entry.literal.kind === 'expression') return [];
      return [{ source, value: 'value' in entry.literal ? entry.literal.value : null }];
    });
    expect(read.length).toBeGreaterThan(300);
    const real = runRuby(read.map(({ source }) => `gitlab_rails['x'] = ${source}\n`));
    expect(read.map(({ source }, index) => ({ source, value: real[index]?.x }))).toEqual(read);
  });

  it('follows what comes last, and leaves comments and blocks alone', () => {
    const text = `${TEMPLATE}gitlab_rails["smtp_enable"]=true;gitlab_rails['smtp_address'] = "one.example"; gitlab_rails['smtp_port'] = 465\r\ngitlab_rails['smtp_address'] = 'two.example' # now\r\ngitlab_rails['smtp_tls'] = true\n`;
    const { settings, origins } = onlyProfile(imported(text));
    expect(settings.server).toMatchObject({ host: 'two.example', port: 465, security: 'tls' });
    expect(origins['server.host']).toEqual({ key: "gitlab_rails['smtp_address']", line: 18 });
    expect(origins['server.port']?.line).toBe(17);
  });

  it('takes no expression for a value', () => {
    const text = `gitlab_rails['smtp_enable'] = true
gitlab_rails['smtp_address'] = ENV['SMTP_HOST']
gitlab_rails['smtp_port'] = ${variable('smtp_port')}
gitlab_rails['smtp_user_name'] = "#{user}@acme.example"
gitlab_rails['smtp_password'] = ENV.fetch('SMTP_PASSWORD', 'canary')
`;
    const { profiles, ignored } = imported(text);
    expect(profiles[0]?.secrets).toEqual([
      { kind: 'password', key: "gitlab_rails['smtp_password']", line: 5, state: 'reference', reference: '' },
    ]);
    expect(ignored.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(profiles[0]?.settings.signIn.method).toBe('password');
    expect(JSON.stringify(profiles)).not.toContain('canary');
  });

  it('reads the variable of the container', () => {
    const text = `GITLAB_ROOT_EMAIL=a@b.example\nGITLAB_OMNIBUS_CONFIG="external_url 'https://a.example'; gitlab_rails['smtp_enable'] = true;\n gitlab_rails['smtp_address'] = 'mail.example'"\n`;
    const { settings, origins } = onlyProfile(imported(text));
    expect(settings.server.host).toBe('mail.example');
    expect(origins['server.host']?.line).toBe(3);
  });

  it.each([
    ["gitlab_rails['smtp_enable'] = false\n", 'inactive'],
    ["gitlab_rails['smtp_enable'] = true\ngitlab_rails['gitlab_email_enabled'] = false\n", 'inactive'],
    ["gitlab_rails['smtp_address'] = 'a.example'\n", 'inactive'],
    ["gitlab_rails['smtp_enable'] = true\n", 'active'],
  ])('of %j says %s', (text, status) => {
    expect(onlyProfile(imported(text)).settings.status).toBe(status);
  });

  it('warns of both kinds of TLS at once', () => {
    const text =
      "gitlab_rails['smtp_enable'] = true\ngitlab_rails['smtp_tls'] = true\ngitlab_rails['smtp_enable_starttls_auto'] = true\n";
    expect(imported(text).warnings.join()).toContain('both on');
  });

  it('refuses a template', () => {
    const text = "gitlab_rails['smtp_enable'] = true\ngitlab_rails['smtp_address'] = <%= host %>\n";
    expect(() => imported(text)).toThrow('TEMPLATE_FILE');
  });
});

describe('GitLab merging', () => {
  it('puts each key below its commented-out default and changes nothing else', () => {
    const merged = must(gitlab.merge(TEMPLATE, sampleSettings(), contextFor(gitlab)));
    const kept = merged
      .split('\n')
      .filter((line) => !/^gitlab_rails\['(smtp|gitlab_email)_/.test(line) || /= [123]$/.test(line));
    expect(kept.join('\n')).toBe(TEMPLATE);
    expect(merged).toContain(
      "# gitlab_rails['smtp_address'] = \"smtp.server\"\ngitlab_rails['smtp_address'] = 'mail.acme.example'\n",
    );
    expect(must(gitlab.merge(merged, sampleSettings(), contextFor(gitlab)))).toBe(merged);
  });

  it('keeps the way in which an equal value is written, comments, and several statements on a line', () => {
    const text =
      'gitlab_rails["smtp_port"] = 5_87; gitlab_rails["smtp_address"] = "old" # here\r\ngitlab_rails["smtp_enable"] = true';
    const merged = must(gitlab.merge(text, sampleSettings(), contextFor(gitlab)));
    expect(
      merged.startsWith(
        'gitlab_rails["smtp_port"] = 5_87; gitlab_rails["smtp_address"] = \'mail.acme.example\' # here\r\ngitlab_rails["smtp_enable"] = true\r\n',
      ),
    ).toBe(true);
    expect(merged.endsWith("'")).toBe(true);
  });

  it('hides passwords, those in comments too', () => {
    const text = `gitlab_rails['smtp_password'] = "canary\n2"\n# gitlab_rails['db_password'] = 'canary'\nx = { 'password' => 'canary', url: 'redis://:canary@h' }\ngitlab_rails['smtp_password'] = ENV.fetch('X', 'canary')\n`;
    const shown = gitlab.mask(text);
    expect(shown).not.toContain('canary');
    expect(shown.split('\n')).toHaveLength(text.split('\n').length);
  });
});

describe('GitLab limits', () => {
  it('has one for plain settings: STARTTLS that it cannot require', () => {
    expect(fieldsOf(gitlab.limits(sampleSettings(), contextFor(gitlab)))).toEqual(['lossy server.security']);
  });

  it('refuses OAuth', () => {
    const settings = sampleSettings((draft) => {
      draft.signIn.method = 'oauth2';
    });
    expect(errorOf(gitlab.render(settings, contextFor(gitlab))).code).toBe('TARGET_REFUSES');
  });
});
