import { describe, expect, it } from 'vitest';
import { SourceDocument } from '../../../engine/targets/source.ts';
import type { Target } from '../../../engine/targets/target.ts';
import { hasNames } from '../../../renderer/features/profile/field-names.tsx';
import { fieldNames, NAMED_TARGETS } from '../../../shared/field-names/index.ts';
import { fieldValue } from '../../../shared/fix.ts';
import { emptySettings, type ProfileSettings, SECURITIES } from '../../../shared/profile.ts';
import { SECRET_KINDS } from '../../../shared/secrets.ts';
import { target } from './support.ts';

/** Settings in which every field that a product could name has a value of its own. */
function fullSettings(security: ProfileSettings['server']['security'], method: 'password' | 'none' | 'oauth2') {
  const settings = emptySettings();
  const server = { ...settings.server, host: 'mail.acme.example', port: 2587, security, ehloName: 'app.acme.example' };
  const oauth = {
    provider: 'microsoft' as const,
    grant: 'client-credentials' as const,
    tenant: 'acme-tenant',
    clientId: 'acme-client',
    scope: 'https://outlook.office365.com/.default',
    tokenUrl: '',
  };
  return {
    ...settings,
    name: 'Acme',
    server: { ...server, connectTimeoutSeconds: 17, commandTimeoutSeconds: 23 },
    tls: {
      ...settings.tls,
      verifyCertificate: false,
      minVersion: 'TLSv1.3' as const,
      serverName: 'tls.acme.example',
      caPem: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
    },
    signIn: {
      ...settings.signIn,
      method,
      username: 'user@acme.example',
      ...(method === 'oauth2' ? { oauth } : { mechanism: 'LOGIN' as const }),
    },
    sender: {
      ...settings.sender,
      from: { address: 'from@acme.example', name: 'Acme From' },
      replyTo: { address: 'reply@acme.example', name: 'Acme Reply' },
      envelopeFrom: 'bounce@acme.example',
      errorsTo: 'errors@acme.example',
      cc: ['cc@acme.example'],
      bcc: ['bcc@acme.example'],
      headers: [{ name: 'X-Acme', value: '1' }],
    },
  };
}

/** The keys that the target reads for each field, from files that it wrote itself. */
function keysRead({ info, render, parse }: Target): Map<string, Set<string>> {
  const keys = new Map<string, Set<string>>();
  const add = (field: string, key: string) => keys.set(field, (keys.get(field) ?? new Set()).add(key));
  const options = Object.fromEntries(info.options.map(({ key, default: standard }) => [key, standard]));
  const values = { password: 'one', clientSecret: 'two', refreshToken: 'three', accessToken: 'four' };
  for (const security of SECURITIES) {
    for (const method of ['password', 'none', 'oauth2'] as const) {
      const full = fullSettings(security, method);
      const plain = { ...full, tls: emptySettings().tls, sender: { ...full.sender, headers: [], errorsTo: '' } };
      const refresh = { ...full.signIn.oauth, provider: 'other' as const, grant: 'refresh-token' as const };
      const other = { ...refresh, tokenUrl: 'https://id.acme.example/token' };
      const settings = [full, plain, { ...plain, signIn: { ...plain.signIn, oauth: other } }];
      for (const each of settings) {
        const text = render(each, { options, secrets: { policy: 'include', values } });
        const parsed = text.ok ? parse(new SourceDocument(text.value, info.fileName)) : text;
        if (!parsed.ok) continue;
        for (const { origins, secrets } of parsed.value.profiles) {
          for (const [field, { key }] of Object.entries(origins)) add(field, key);
          for (const { kind, key } of secrets) add(`secret.${kind}`, key);
        }
      }
    }
  }
  return keys;
}

const FIELDS = [
  ...['server.host', 'server.port', 'server.security', 'server.ehloName', 'server.connectTimeoutSeconds'],
  ...['server.commandTimeoutSeconds', 'signIn.method', 'signIn.username', 'signIn.mechanism'],
  ...['signIn.oauth.provider', 'signIn.oauth.tenant', 'signIn.oauth.clientId', 'signIn.oauth.scope'],
  ...['signIn.oauth.tokenUrl', 'sender.from.address', 'sender.from.name', 'sender.replyTo.address'],
  ...['sender.replyTo.name', 'sender.envelopeFrom', 'sender.errorsTo', 'sender.cc', 'sender.bcc', 'sender.headers'],
  ...['sender.relayAllowed', 'tls.verifyCertificate', 'tls.serverName', 'tls.minVersion', 'tls.caPem'],
  ...SECRET_KINDS.map((kind) => `secret.${kind}`),
];

describe('what products call our fields', () => {
  it.each(NAMED_TARGETS)('is what %s itself reads', (id) => {
    const read = keysRead(target(id));
    const names = FIELDS.flatMap((field) =>
      fieldNames(field)
        .filter((each) => each.target === id)
        .flatMap(({ name }) => name.split(', ').map((key) => ({ field, key }))),
    );
    expect(names.length).toBeGreaterThan(5);
    for (const { field, key } of names) {
      const known = [...(read.get(field) ?? [])];
      expect(
        known.some((each) => each === key || each.endsWith(`.${key}`)),
        `${field} = ${key}, read: ${known.join(' ')}`,
      ).toBe(true);
    }
  });

  it('are names of fields that settings have', () => {
    for (const field of FIELDS.filter((each) => !each.startsWith('secret.'))) {
      expect(fieldValue(emptySettings(), field), field).not.toBeUndefined();
    }
    expect(fieldNames('notes')).toEqual([]);
    expect(fieldNames('toString')).toEqual([]);
  });

  it('are offered in the form for exactly the fields that some product names', () => {
    const all = [...leaves(emptySettings()), ...SECRET_KINDS.map((kind) => `secret.${kind}`)];
    for (const field of all) expect(hasNames(field), field).toBe(fieldNames(field).length > 0);
  });

  it('come with those of the wanted products first', () => {
    const products = fieldNames('server.host', ['grafana', 'keycloak']).map((each) => each.target);
    expect(new Set(products.slice(0, 2))).toEqual(new Set(['grafana', 'keycloak']));
    expect(products).toHaveLength(NAMED_TARGETS.length);
  });
});

function leaves(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, path ? `${path}.${key}` : key));
}
