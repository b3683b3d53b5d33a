import { describe, expect, it } from 'vitest';
import { sampleSettings } from '../arbitrary.ts';
import { contextFor, imported, must, onlyProfile, target } from '../support.ts';

const containers = ['compose', 'kubernetes'].map(target);

describe.each(containers)('$info.id', (container) => {
  const programs = container.info.options.find(({ key }) => key === 'program')?.values.map(({ value }) => value) ?? [];

  it.each(programs)('gives a container the variables of %s, which read back as the same server', (program) => {
    const context = contextFor(container, { program }, 'include', 'canary-"pa$s');
    const text = must(container.render(sampleSettings(), context));
    const { settings, secrets } = onlyProfile(imported(text));
    expect(settings.server).toMatchObject({ host: 'mail.acme.example', port: 587 });
    expect(settings.signIn).toMatchObject({ method: 'password', username: 'svc-mail@acme.example' });
    expect(settings.sender.from.address).toBe('alerts@acme.example');
    expect(secrets).toMatchObject([{ kind: 'password', value: 'canary-"pa$s' }]);
  });

  it('names the file variable of a program that reads one, and the secret in no step', () => {
    const stepsFor = (program: string) =>
      container.apply(sampleSettings(), contextFor(container, { program }, 'environment')).map(({ title }) => title);
    expect(stepsFor('grafana').join()).toContain('GF_SMTP_PASSWORD__FILE');
    expect(stepsFor('gitea').join()).toContain('GITEA__mailer__PASSWD__FILE');
    expect(stepsFor('rocketchat').join()).not.toContain('_FILE');
    const included = container.apply(
      sampleSettings(),
      contextFor(container, { program: 'grafana' }, 'include', 'canary'),
    );
    expect(JSON.stringify(included)).not.toMatch(/canary|__FILE/);
  });
});
