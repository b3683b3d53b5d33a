import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { preview } from '../../../../engine/targets/export.ts';
import { SourceDocument } from '../../../../engine/targets/source.ts';
import { SECURITIES } from '../../../../shared/profile.ts';
import { sampleSettings } from '../arbitrary.ts';
import { contextFor, fixture, imported, must, onlyProfile, target } from '../support.ts';
import { hasPyYaml, readWithPyYaml } from '../yaml/python.ts';

const PRODUCTS = [
  'alertmanager',
  'sentry',
  'homeassistant',
  'redmine',
  'zabbix',
  'spring-yaml',
  'jenkins',
  'discourse',
  'compose',
  'kubernetes',
  'ansible',
];

const CANARY = 'canary-77aa-secret';

/** A file that has the product's place, with what must stay: comments, other keys, odd spacing, CRLF. */
const AROUND: Record<string, string> = {
  alertmanager: '# mine\nglobal:\n    resolve_timeout:  5m # keep\n\nroute: {receiver: a}\nreceivers:\n- name: a\n',
  sentry: "# mine\nsystem.url-prefix:  'https://x' # keep\nmail.host: 'smtp'\n\nother: [1,  2]\n",
  homeassistant:
    '# mine\nhomeassistant:\n  name:  Home # keep\n\nnotify:\n- platform: telegram\n  name: x\n\ntts: !include tts.yaml\n',
  redmine: '# mine\ndefault:\n    scm_stderr:  x # keep\n    email_delivery:\n\nproduction:\n',
  zabbix: "# mine\nzabbix_export:\n  version:  '6.4' # keep\n  media_types:\n    - name: a\n      type: SMS\n",
  'spring-yaml': '# mine\nspring:\n    application:\n        name:  x # keep\n\nserver.port: 1\n',
  jenkins: '# mine\njenkins:\n  mode:  NORMAL # keep\nunclassified:\n  location:\n    url: https://ci\n',
  discourse: '# mine\ntemplates:\n  - "a" # keep\n\nenv:\n  LANG:  en_US.UTF-8\n\nrun:\n  - exec: x\n',
  compose: '# mine\nservices:\n  web:\n    image:  x # keep\n    environment:\n      - LANG=C\n\nvolumes: {}\n',
  kubernetes: '# mine\napiVersion: v1\nkind: ConfigMap\nmetadata: {name:  x} # keep\ndata:\n  LANG: C\n',
  ansible: '# mine\n---\ngitlab_domain:  x # keep\ngitlab_list: [a,  b]\n',
};

describe.each(PRODUCTS)('%s', (id) => {
  const product = target(id);
  const settings = sampleSettings();

  it('writes its file with a placeholder for the password', () => {
    const text = must(product.render(settings, contextFor(product, {}, 'placeholder')));
    expect(text).toBe(fixture(`${id}/placeholder.yml`));
  });

  it.skipIf(!hasPyYaml())('writes what PyYAML reads as the yaml package does', () => {
    const text = must(product.render(settings, contextFor(product, {}, 'placeholder')));
    const documents = text.split(/^---\n/m);
    const expected = documents.map((part) => parseAllDocuments(part).map((document) => document.toJS())[0] as unknown);
    expect(readWithPyYaml(documents)).toEqual(expected);
  });

  it('recognises what it writes before any other product does', () => {
    const text = must(product.render(settings, contextFor(product, {}, 'placeholder')));
    expect(product.recognise(new SourceDocument(text))).toBeGreaterThanOrEqual(0.9);
    const { settings: read, secrets, origins } = onlyProfile(imported(text));
    expect(read.server).toMatchObject({ host: 'mail.acme.example', port: 587 });
    expect(read.signIn.username).toBe('svc-mail@acme.example');
    expect(secrets.map(({ kind, state }) => `${kind} ${state}`)).toEqual(['password mask']);
    const lines = text.split('\n');
    for (const [field, value] of [
      ['server.host', 'mail.acme.example'],
      ['signIn.username', 'svc-mail@acme.example'],
    ] as const) {
      expect(lines[(origins[field]?.line ?? 0) - 1]).toContain(value);
    }
  });

  it('holds the password only where it was asked for, and never in commands, limits or a preview', () => {
    for (const policy of ['leave-out', 'placeholder', 'environment', 'include'] as const) {
      const context = contextFor(product, {}, policy, CANARY);
      const text = must(product.render(settings, context));
      const encoded = Buffer.from(CANARY).toString('base64');
      expect(text.includes(CANARY) || text.includes(encoded)).toBe(policy === 'include');
      expect(JSON.stringify([product.apply(settings, context), product.limits(settings, context)])).not.toContain(
        CANARY,
      );
      const shown = preview(settings, { password: CANARY }, { target: id, options: {}, policy, into: null });
      expect(JSON.stringify(shown)).not.toContain(CANARY);
      expect(product.mask(text)).not.toContain(CANARY);
      expect(product.mask(text).split('\n')).toHaveLength(text.split('\n').length);
    }
  });

  it.each(['\n', '\r\n'])('merges into a file with line ends %j and changes nothing else', (newline) => {
    const before = (AROUND[id] ?? '').replaceAll('\n', newline);
    const context = contextFor(product);
    const once = must(product.merge(before, settings, context));
    expect(must(product.merge(once, settings, context))).toBe(once);
    const kept = before.split(newline).filter((line) => !/^mail\.host|email_delivery/.test(line));
    const after = once.split(newline);
    let at = -1;
    for (const line of kept) {
      const found = after.indexOf(line, at + 1);
      expect(found, line).toBeGreaterThan(at);
      at = found;
    }
    expect(newline === '\r\n' && /[^\r]\n/.test(once)).toBe(false);
    expect(onlyProfile(imported(once)).settings.server.host).toBe('mail.acme.example');
  });

  it('keeps a missing last line end and a byte order mark', () => {
    const before = `\ufeff${AROUND[id]?.trimEnd()}`;
    const merged = must(product.merge(before, settings, contextFor(product)));
    expect(merged.startsWith('\ufeff# mine')).toBe(true);
    expect(merged.endsWith('\n')).toBe(false);
  });

  it('leaves a password in the file alone unless it has one to put there, and takes it out without sign-in', () => {
    const first = must(product.render(settings, contextFor(product, {}, 'include', CANARY)));
    const moved = sampleSettings((next) => {
      next.server.host = 'other.acme.example';
    });
    expect(must(product.merge(first, moved, contextFor(product)))).toContain(CANARY);
    const open = sampleSettings((next) => {
      next.signIn.method = 'none';
      next.signIn.username = '';
    });
    expect(must(product.merge(first, open, contextFor(product)))).not.toContain(CANARY);
  });

  it('gives every security back, or says that it does not', () => {
    for (const security of SECURITIES) {
      const wanted = sampleSettings((next) => {
        next.server.security = security;
        next.server.port = security === 'tls' ? 465 : 587;
      });
      const context = contextFor(product);
      const read = onlyProfile(imported(must(product.render(wanted, context)))).settings.server.security;
      const told = product.limits(wanted, context).some(({ field }) => field === 'server.security');
      expect(read === security || told, security).toBe(true);
    }
  });

  it('refuses OAuth 2.0, and tells so before', () => {
    const wanted = sampleSettings((next) => {
      next.signIn.method = 'oauth2';
    });
    const context = contextFor(product);
    expect(product.render(wanted, context)).toMatchObject({ ok: false, error: { code: 'TARGET_REFUSES' } });
    expect(product.limits(wanted, context).filter(({ severity }) => severity === 'refused')).not.toEqual([]);
  });
});
