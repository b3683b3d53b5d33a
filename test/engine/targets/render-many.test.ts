import { describe, expect, it } from 'vitest';
import { TARGETS } from '../../../engine/targets/index.ts';
import { accountNames } from '../../../engine/targets/render-many.ts';
import { withDefaults } from '../../../engine/targets/target.ts';
import { sampleSettings } from './arbitrary.ts';
import { imported, must } from './support.ts';

const MANY = TARGETS.filter(({ renderMany }) => renderMany !== undefined);

const settings = ['mail.acme.example', 'mail.globex.example', 'relay.initech.example'].map((host, index) =>
  sampleSettings((sample) => {
    sample.name = `Profile ${index}`;
    sample.server.host = host;
    sample.server.port = 2_500 + index;
    sample.signIn.username = `user-${index}@acme.example`;
    sample.sender.from = { address: `from-${index}@acme.example`, name: `Sender ${index}` };
  }),
);

describe('a file that holds several profiles', () => {
  it('is what these products read', () => {
    expect(MANY.map(({ info }) => info.id)).toEqual(['nodemailer', 'msmtp', 'homeassistant', 'zabbix', 'kubernetes']);
  });

  it.each(MANY.map((target) => [target.info.id, target] as const))('gives each of them back: %s', (id, target) => {
    const names = accountNames(settings.map(({ name }) => name));
    const accounts = settings.map((each, index) => ({
      name: names[index] ?? '',
      settings: each,
      secrets: { policy: 'include' as const, values: { password: `pass word #${index}` } },
    }));
    const text = must(target.renderMany?.(accounts, withDefaults(target.info, {})) ?? { ok: true, value: '' });
    const read = imported(text, id);
    const seen = read.profiles.map((profile) => ({
      host: profile.settings.server.host,
      port: profile.settings.server.port,
      user: profile.settings.signIn.username,
      from: profile.settings.sender.from.address,
      password: profile.secrets.find(({ kind }) => kind === 'password')?.value,
    }));
    expect(seen).toEqual(
      settings.map(({ server, signIn, sender }, index) => ({
        host: server.host,
        port: server.port,
        user: signIn.username,
        from: sender.from.address,
        password: `pass word #${index}`,
      })),
    );
  });
});

describe('names of accounts', () => {
  it('are plain words, all different, whatever the profiles are called', () => {
    expect(accountNames(['Acme Relay', 'acme relay', 'Café №1', '邮件', '', '--'])).toEqual([
      'acme-relay',
      'acme-relay-2',
      'cafe-no1',
      'account',
      'account-2',
      'account-3',
    ]);
  });
});
