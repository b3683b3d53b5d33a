import { describe, expect, it } from 'vitest';
import { sampleSettings, variable } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, imported, must, onlyProfile, target } from '../support.ts';

const discourse = target('discourse');

describe('Discourse', () => {
  it('reads app.yml with the port that Discourse takes by itself', () => {
    const { settings, secrets, origins } = onlyProfile(
      imported(
        'env:\n  DISCOURSE_SMTP_ADDRESS: a.example\n  DISCOURSE_SMTP_USER_NAME: u\n  DISCOURSE_SMTP_PASSWORD: "pa$$word#1"\n',
      ),
    );
    expect(settings.server).toMatchObject({ host: 'a.example', port: 25, security: 'starttls-if-offered' });
    expect(origins['server.port']).toBeUndefined();
    expect(secrets).toMatchObject([{ state: 'value', value: 'pa$$word#1', line: 4 }]);
  });

  it('reads discourse.conf, one pair of quotes off', () => {
    const text =
      "# x\nsmtp_address = a.example\nsmtp_port = 465\nsmtp_force_tls = true\nsmtp_user_name = u\nsmtp_password = 'p # q'\n";
    const { settings, secrets } = onlyProfile(imported(text));
    expect(settings.server).toMatchObject({ host: 'a.example', port: 465, security: 'tls' });
    expect(secrets).toMatchObject([{ value: 'p # q', line: 6 }]);
  });

  it('takes FORCE_TLS out where it is not wanted', () => {
    const text = 'env:\n  DISCOURSE_SMTP_ADDRESS: a\n  DISCOURSE_SMTP_FORCE_TLS: true\n  ## note\n  LANG: C\n';
    const merged = must(discourse.merge(text, sampleSettings(), contextFor(discourse)));
    expect(merged).not.toContain('FORCE_TLS');
    expect(merged).toContain('  ## note\n  LANG: C\n');
  });

  it('refuses a password with a line break, and tells that STARTTLS is not required', () => {
    expect(errorOf(discourse.render(sampleSettings(), contextFor(discourse, {}, 'include', 'a\nb'))).code).toBe(
      'TARGET_REFUSES',
    );
    expect(fieldsOf(discourse.limits(sampleSettings(), contextFor(discourse)))).toContain('lossy server.security');
    expect(discourse.mask(`env:\n  #DISCOURSE_SMTP_PASSWORD: ${variable('x')}y\n`)).not.toContain('}y');
  });
});

describe('discourse.conf', () => {
  const context = (password = 'canary #1 "x" = y') => contextFor(discourse, { form: 'conf' }, 'include', password);

  it('changes its own keys and keeps every other byte', () => {
    const before =
      '# mine\nhostname = forum.acme.example\nsmtp_address = old\nsmtp_password = "old-canary"\ndb_pool = 8';
    const merged = must(discourse.merge(before, sampleSettings(), context()));
    expect(merged.startsWith('# mine\nhostname = forum.acme.example\nsmtp_address = mail.acme.example\n')).toBe(true);
    expect(merged).toContain(`smtp_password = 'canary #1 "x" = y'\n`);
    expect(merged).toContain('\ndb_pool = 8');
    expect(must(discourse.merge(merged, sampleSettings(), context()))).toBe(merged);
    expect(discourse.mask(merged)).not.toContain('canary');
    expect(onlyProfile(imported(merged)).secrets).toMatchObject([{ value: 'canary #1 "x" = y' }]);
  });

  it.each([' a', 'a ', 'a\nb', `'"`, '<%= x %>'])('refuses the password %j, with the reason', (password) => {
    expect(errorOf(discourse.render(sampleSettings(), context(password)))).toMatchObject({ code: 'TARGET_REFUSES' });
  });

  it('is not taken for an app.yml', () => {
    const conf = must(discourse.render(sampleSettings(), context()));
    expect(errorOf(discourse.merge(conf, sampleSettings(), contextFor(discourse))).code).toBe('TARGET_REFUSES');
  });
});
