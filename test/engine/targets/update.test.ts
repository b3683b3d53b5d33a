import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNKNOWN_HOST } from '../../../engine/targets/draft.ts';
import { readText } from '../../../engine/targets/import.ts';
import { changesFrom, updated } from '../../../engine/targets/update.ts';
import { problemsOf } from '../../../shared/profile.ts';
import { anySettings, sampleSettings } from './arbitrary.ts';
import { contextFor, must, onlyProfile, target } from './support.ts';

const GRAFANA = `[smtp]
enabled = true
host = smtp.globex.example:587
user = grafana@globex.example
startTLS_policy = MandatoryStartTLS
from_address = grafana@globex.example
`;

const imported = (text: string) => onlyProfile(must(readText(text, 'file', null)).parsed);
const current = () =>
  sampleSettings((settings) => {
    settings.notes = 'Ask Ada before changing this.';
    settings.organizations = ['Acme Ltd'];
    settings.environment = 'production';
    settings.sender.headers = [{ name: 'X-Team', value: 'mail' }];
  });

describe('an update from a file', () => {
  it('changes what the file says, each from its key and line, and nothing else', () => {
    const file = imported(GRAFANA);
    const changes = changesFrom(current(), file);
    expect(changes.filter(({ origin }) => origin)).toEqual([
      { field: 'server.host', origin: { key: 'smtp.host', line: 3 } },
      { field: 'signIn.username', origin: { key: 'smtp.user', line: 4 } },
      { field: 'sender.from.address', origin: { key: 'smtp.from_address', line: 6 } },
    ]);
    const after = updated(
      current(),
      file,
      changes.map(({ field }) => field),
    );
    expect(after).toMatchObject({
      name: 'Acme production relay',
      notes: 'Ask Ada before changing this.',
      organizations: ['Acme Ltd'],
      environment: 'production',
      server: { host: 'smtp.globex.example', port: 587, security: 'starttls' },
      sender: { headers: [{ name: 'X-Team', value: 'mail' }] },
    });
  });

  it('takes over what the product does by itself where the file says nothing', () => {
    const file = imported('{"realm":"acme","smtpServer":{"host":"mail.acme.example","from":"sso@acme.example"}}');
    const byProduct = changesFrom(current(), file).filter(({ origin }) => origin === null);
    expect(byProduct.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['server.port', 'server.security', 'signIn.method']),
    );
    expect(updated(current(), file, ['server.port']).server.port).toBe(25);
  });

  it('does not take over a host that the file does not name', () => {
    const file = imported('{"mail":{"service":"unheard-of","auth":{"user":"a@acme.example","pass":"x"}}}');
    expect(file.settings.server.host).toBe(UNKNOWN_HOST);
    expect(changesFrom(current(), file).map(({ field }) => field)).not.toContain('server.host');
  });

  it('makes the options of a product that the profile did not have yet', () => {
    const file = imported('{"realm":"acme","smtpServer":{"host":"m.example","from":"a@m.example","debug":"true"}}');
    expect(updated(current(), file, ['products.keycloak.debug']).products).toEqual({ keycloak: { debug: true } });
  });

  it.each(['mattermost', 'keycloak', 'grafana', 'nodemailer', 'env'])(
    'from %s gives valid settings, and has nothing left to change',
    (id) => {
      const product = target(id);
      fc.assert(
        fc.property(anySettings, anySettings, (mine, theirs) => {
          const text = product.render(theirs, contextFor(product));
          if (!text.ok) return;
          const read = readText(text.value, product.info.fileName, id);
          const file = read.ok ? read.value.parsed.profiles[0] : undefined;
          if (!file) return;
          const fields = changesFrom(mine, file).map(({ field }) => field);
          const after = updated(mine, file, fields);
          expect(problemsOf(after)).toEqual([]);
          expect(changesFrom(after, file)).toEqual([]);
          expect(updated(mine, file, [])).toEqual(mine);
        }),
        { numRuns: 30 },
      );
    },
  );
});
