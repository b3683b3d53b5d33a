import { describe, expect, it } from 'vitest';
import { sampleSettings, variable } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, imported, must, onlyProfile, target } from '../support.ts';

const ansible = target('ansible');

describe('Ansible', () => {
  it.each(['gitlab', 'grafana', 'alertmanager'])('writes and reads the variables of %s', (role) => {
    const text = must(ansible.render(sampleSettings(), contextFor(ansible, { role }, 'environment')));
    const { settings, secrets } = onlyProfile(imported(text));
    expect(settings.server).toMatchObject({ host: 'mail.acme.example', port: 587 });
    expect(settings.sender.from).toEqual({ address: 'alerts@acme.example', name: 'Acme Alerts' });
    expect(secrets).toMatchObject([{ state: 'reference', reference: '{{ vault_smtp_password }}' }]);
  });

  it('marks a text that Jinja would read, and reads it back', () => {
    const password = 'a{{ b }}{% c';
    const context = contextFor(ansible, {}, 'include', password);
    const text = must(ansible.render(sampleSettings(), context));
    expect(text).toContain('gitlab_smtp_password: !unsafe "a{{ b }}{% c"\n');
    expect(onlyProfile(imported(text)).secrets).toMatchObject([{ state: 'value', value: password }]);
    expect(must(ansible.merge(text, sampleSettings(), context))).toBe(text);
    const old = 'gitlab_smtp_enable: "true"\ngitlab_smtp_password: old\n';
    expect(must(ansible.merge(old, sampleSettings(), context))).toContain(
      'gitlab_smtp_password: !unsafe "a{{ b }}{% c"\n',
    );
  });

  it('writes switches as the texts that the role compares with', () => {
    const settings = sampleSettings((next) => {
      next.server.security = 'tls';
      next.server.port = 465;
    });
    const text = must(ansible.render(settings, contextFor(ansible)));
    expect(text).toMatch(/gitlab_smtp_enable: "true"[\s\S]*starttls_auto: "false"\ngitlab_smtp_tls: "true"/);
  });

  it('reads a vault as a reference and leaves it as it is', () => {
    const vault = 'gitlab_smtp_password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n';
    const text = `---\n# x\ngitlab_smtp_address: a.example\ngitlab_smtp_user_name: u\n${vault}other: "{{ x }}"\n`;
    expect(onlyProfile(imported(text)).secrets).toMatchObject([{ state: 'reference', reference: '!vault', line: 5 }]);
    const merged = must(ansible.merge(text, sampleSettings(), contextFor(ansible)));
    expect(merged).toContain(`${vault}other: "{{ x }}"\n`);
    const replaced = must(ansible.merge(text, sampleSettings(), contextFor(ansible, {}, 'include', 'pw')));
    expect(replaced).toContain('gitlab_smtp_password: "pw"\nother: "{{ x }}"\n');
  });

  it('refuses what the template of the role would break', () => {
    const refuses = (role: string, password: string) =>
      ansible.render(sampleSettings(), contextFor(ansible, { role }, 'include', password)).ok === false;
    expect(refuses('gitlab', "a'b")).toBe(true);
    expect(refuses('gitlab', 'a"b#{c}')).toBe(false);
    expect(refuses('grafana', 'a#;b')).toBe(false);
    expect(refuses('grafana', 'a"""b')).toBe(true);
    expect(refuses('alertmanager', 'a: b')).toBe(true);
    expect(refuses('alertmanager', 'no')).toBe(true);
    expect(refuses('alertmanager', 'aB3_x')).toBe(false);
  });

  it('warns of both kinds of TLS, and tells what a role cannot do', () => {
    const text = 'gitlab_smtp_address: a.example\ngitlab_smtp_tls: true\ngitlab_smtp_enable_starttls_auto: yes\n';
    expect(imported(text).warnings.join()).toContain('exclude each other');
    const settings = sampleSettings((next) => {
      next.server.security = 'tls';
      next.server.port = 2465;
    });
    expect(fieldsOf(ansible.limits(settings, contextFor(ansible, { role: 'grafana' })))).toContain(
      'refused server.security',
    );
    expect(errorOf(ansible.merge('- a\n', settings, contextFor(ansible))).code).toBe('TARGET_REFUSES');
    expect(
      imported(`grafana_smtp: {host: "a.example:25", user: u, password: "${variable('x')}"}\n`).profiles,
    ).toHaveLength(1);
  });
});
