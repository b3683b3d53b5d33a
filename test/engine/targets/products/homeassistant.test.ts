import { describe, expect, it } from 'vitest';
import { sampleSettings } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, imported, must, onlyProfile, target } from '../support.ts';

const home = target('homeassistant');
const FILE =
  'homeassistant:\n  name: Home\n  customize: !include customize.yaml\n\nnotify:\n  - platform: telegram\n    name: t\n  - platform: smtp\n    name: mail\n    server: old.example\n    sender: a@b.example\n    username: u\n    password: !secret mail_pw # keep\n    recipient: [x@y.example]\n\nscript: !include scripts.yaml\n';

describe('Home Assistant', () => {
  it('reads !secret as a reference and keeps every tag', () => {
    const { settings, secrets } = onlyProfile(imported(FILE));
    expect(settings.server).toMatchObject({ host: 'old.example', port: 587, security: 'starttls' });
    expect(secrets).toMatchObject([{ state: 'reference', reference: '!secret mail_pw', line: 13 }]);
    const merged = must(home.merge(FILE, sampleSettings(), contextFor(home)));
    expect(merged).toContain('    password: !secret mail_pw # keep\n    recipient: [x@y.example]\n');
    expect(merged).toContain('  customize: !include customize.yaml\n');
    expect(merged).toContain('script: !include scripts.yaml\n');
    expect(home.mask(FILE)).toBe(FILE);
  });

  it('writes a reference into secrets.yaml under the policy environment', () => {
    const text = must(home.render(sampleSettings(), contextFor(home, {}, 'environment')));
    expect(text).toContain('password: !secret smtp_password\n');
  });

  it('asks which one when there are several, and adds one of a new name', () => {
    const two = FILE.replace('\nscript', '  - platform: smtp\n    name: other\n\nscript');
    expect(JSON.stringify(errorOf(home.merge(two, sampleSettings(), contextFor(home))))).toContain(
      'several smtp notifiers',
    );
    const merged = must(home.merge(two, sampleSettings(), contextFor(home, { name: 'other' })));
    expect(merged).toContain('    name: other\n    server: "mail.acme.example"\n');
    const added = must(home.merge(two, sampleSettings(), contextFor(home, { name: 'third' })));
    expect(imported(added).profiles).toHaveLength(3);
  });

  it('says that notify is in another file, and merges into that one', () => {
    const outer = 'homeassistant:\nnotify: !include notify.yaml\n';
    expect(JSON.stringify(errorOf(home.merge(outer, sampleSettings(), contextFor(home))))).toContain(
      'line 2 takes notify',
    );
    const list = '- platform: smtp\n  name: mail\n  sender: a@b.example\n  recipient: x@y.example\n';
    expect(must(home.merge(list, sampleSettings(), contextFor(home)))).toContain('  server: "mail.acme.example"\n');
  });

  it('writes the recipient that is asked for, and says who gets the messages else', () => {
    const settings = sampleSettings((next) => {
      next.testRecipient = 'me@acme.example';
    });
    expect(must(home.render(settings, contextFor(home)))).toContain('recipient: "me@acme.example"');
    expect(
      must(
        home.merge(
          FILE.replace('[x@y.example]', 'x@y.example'),
          settings,
          contextFor(home, { recipient: 'you@acme.example' }),
        ),
      ),
    ).toContain('recipient: you@acme.example\n');
    const nobody = sampleSettings((next) => {
      next.sender.from.address = '';
    });
    expect(fieldsOf(home.limits(nobody, contextFor(home)))).toContain('refused testRecipient');
  });
});
