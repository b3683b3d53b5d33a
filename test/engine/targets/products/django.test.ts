import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMailUrl } from '../../../../engine/targets/env/mail-url.ts';
import { readPythonLiteral } from '../../../../engine/targets/python/literal.ts';
import { requireTool } from '../../../support/requires.ts';
import { hostileSecret, sampleSettings } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, imported, must, onlyProfile, target } from '../support.ts';

const django = target('django');
const python = requireTool('python3');
const file = contextFor(django);

/** What Python itself makes of each text: its names in capitals. */
function runPython(texts: string[]): Record<string, unknown>[] {
  const script = `import json, os, sys, warnings
warnings.simplefilter('ignore')
os.environ['EMAIL_HOST_PASSWORD'] = 'from the environment'
def run(text):
    names = {}
    exec(text, names)
    return {k: v for k, v in names.items() if k.isupper()}
print(json.dumps([run(text) for text in json.load(sys.stdin)]))`;
  const { stdout, stderr, status } = spawnSync('python3', ['-c', script], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, unknown>[];
}

const GOLDEN = `EMAIL_BACKEND = 'django.core.mail.backends.smtp.EmailBackend'
EMAIL_HOST = 'mail.acme.example'
EMAIL_PORT = 587
EMAIL_HOST_USER = 'svc-mail@acme.example'
EMAIL_USE_TLS = True
EMAIL_USE_SSL = False
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = 'Acme Alerts <alerts@acme.example>'
`;

const EXISTING = `"""Settings.

EMAIL_HOST = 'no'
"""
from pathlib import Path

DATABASES = {
    'default': {'PASSWORD': 'canary'},
EMAIL_PORT = 1
}
SECRET_KEY = "canary"
EMAIL_HOST = "old\\x2eacme.example"  # kept
EMAIL_HOST_PASSWORD = os.environ.get(
    'X', 'canary'
)
# EMAIL_TIMEOUT = 5
if DEBUG:
    EMAIL_HOST = 'localhost'
LAST = 1`;

describe('Django rendering', () => {
  it('writes settings.py', () => {
    expect(must(django.render(sampleSettings(), file))).toBe(GOLDEN);
  });

  it('writes variables of the same names', () => {
    const text = must(django.render(sampleSettings(), contextFor(django, { form: 'env' })));
    expect(text).toContain('EMAIL_HOST=mail.acme.example\nEMAIL_PORT=587\n');
    expect(text).toContain('EMAIL_USE_TLS=True\nEMAIL_USE_SSL=False\n');
  });

  it.each([
    ['environ', 'none', 'smtp://'],
    ['environ', 'starttls', 'smtp+tls://'],
    ['environ', 'tls', 'smtp+ssl://'],
    ['dj-email-url', 'none', 'smtp://'],
    ['dj-email-url', 'starttls', 'submission://'],
    ['dj-email-url', 'tls', 'smtp://'],
  ] as const)('writes the URL of %s for %s as %s', (library, security, scheme) => {
    const settings = sampleSettings((draft) => {
      draft.server.security = security;
    });
    const context = contextFor(django, { form: 'url', library, reader: 'compose' }, 'include', 'a b+c/@:%');
    const text = must(django.render(settings, context));
    expect(text).toContain(`${scheme}svc-mail%40acme.example:a%20b%2Bc%2F%40%3A%25@mail.acme.example:587/`);
    const read = onlyProfile(imported(text));
    expect(read.settings.server.security).toBe(security);
    expect(read.secrets).toMatchObject([{ state: 'value', value: 'a b+c/@:%' }]);
    expect(django.mask(text)).not.toContain('a%20b');
  });

  it('keeps the password of a URL that it changes', () => {
    const context = contextFor(django, { form: 'url' });
    const merged = must(django.merge('EMAIL_URL=smtp://u:se%25cret@old.example:25/\n', sampleSettings(), context));
    expect(merged).toMatch(/^EMAIL_URL=smtp\+tls:\/\/svc-mail%40acme\.example:se%25cret@mail\.acme\.example:587\/\n/);
  });

  it('refuses what django-environ would take for the name of a variable', () => {
    const context = contextFor(django, { form: 'env' }, 'include', '$secret');
    expect(errorOf(django.render(sampleSettings(), context))).toMatchObject({
      facts: { field: 'EMAIL_HOST_PASSWORD' },
    });
  });

  it.skipIf(!python)('gives Python every password as it is', () => {
    const passwords = fc.sample(hostileSecret, { numRuns: 1_000, seed: 8 });
    const texts = passwords.map((password) =>
      must(django.render(sampleSettings(), contextFor(django, {}, 'include', password))),
    );
    expect(runPython(texts).map(({ EMAIL_HOST_PASSWORD }) => EMAIL_HOST_PASSWORD)).toEqual(passwords);
  });

  it.skipIf(!python)('points to the environment so that it works with and without import os', () => {
    const context = contextFor(django, {}, 'environment');
    const texts = [
      must(django.render(sampleSettings(), context)),
      must(django.merge('A = 1\n', sampleSettings(), context)),
      must(django.merge('import os\nA = 1\n', sampleSettings(), context)),
    ];
    for (const names of runPython(texts)) expect(names.EMAIL_HOST_PASSWORD).toBe('from the environment');
    for (const text of texts) {
      expect(onlyProfile(imported(text)).secrets).toMatchObject([{ state: 'reference' }]);
      expect(onlyProfile(imported(text)).secrets[0]?.reference).toContain('EMAIL_HOST_PASSWORD');
    }
  });
});

describe('Django reading', () => {
  it.skipIf(!python)('takes literals as Python does, and nothing else', () => {
    const parts = fc.constantFrom('a', '\\', "'", '"', '{', '\\n', '\\u00e9', '\\x41', '\\101', ' ', '#', '\\q', '\n');
    const sources = fc.sample(
      fc.oneof(
        fc
          .array(parts, { maxLength: 6 })
          .chain((list) =>
            fc.constantFrom(
              `'${list.join('')}'`,
              `"${list.join('')}"`,
              `'''${list.join('')}'''`,
              `r'${list.join('')}'`,
            ),
          ),
        fc.constantFrom('587', '1_000', 'True', 'None', '-1'),
      ),
      { numRuns: 2_000, seed: 2 },
    );
    const read = sources.flatMap((source) => {
      const found = readPythonLiteral(source, 0);
      if (found?.end !== source.length) return [];
      return [{ source, value: 'value' in found.literal ? found.literal.value : null }];
    });
    expect(read.length).toBeGreaterThan(300);
    const real = runPython(read.map(({ source }) => `X = ${source}\n`));
    expect(read.map(({ source }, index) => ({ source, value: real[index]?.X }))).toEqual(read);
  });

  it('leaves docstrings, lists and blocks alone, and computes nothing', () => {
    const { profiles, ignored } = imported(EXISTING);
    expect(profiles[0]?.settings.server).toMatchObject({ host: 'old.acme.example', port: 25, security: 'none' });
    expect(profiles[0]?.origins['server.host']).toEqual({ key: 'EMAIL_HOST', line: 12 });
    expect(profiles[0]?.secrets).toEqual([
      { kind: 'password', key: 'EMAIL_HOST_PASSWORD', line: 13, state: 'reference', reference: '' },
    ]);
    expect(ignored).toContainEqual({
      key: 'EMAIL_HOST',
      line: 18,
      reason: 'This is inside of a block and holds only at times.',
    });
  });

  it.each([
    ['EMAIL_USE_TLS = True', 'starttls'],
    ['EMAIL_USE_SSL = True', 'tls'],
    ['EMAIL_USE_TLS = False', 'none'],
  ])('of %s takes %s', (line, security) => {
    const text = `import os\nEMAIL_HOST = 'a.example'\n${line}\n`;
    expect(onlyProfile(imported(text)).settings.server.security).toBe(security);
  });

  it.each([
    ['smtp://u:p@a.example', 25, 'none'],
    ['smtps://u:p@a.example', 587, 'starttls'],
    ['submission://u:p@a.example:2525', 2525, 'starttls'],
    ['smtp+ssl://u:p@a.example', 465, 'tls'],
    ['smtp://u:p@[::1]:465/?ssl=True', 465, 'tls'],
  ])('of EMAIL_URL=%s takes port %i and %s', (url, port, security) => {
    expect(onlyProfile(imported(`EMAIL_URL="${url}"\n`)).settings.server).toMatchObject({ port, security });
  });

  it('takes a backend that sends nothing for switched off', () => {
    expect(onlyProfile(imported('EMAIL_URL=consolemail://\n')).settings.status).toBe('inactive');
    const text =
      "import os\nEMAIL_HOST = 'a.example'\nEMAIL_BACKEND = 'django.core.mail.backends.console.EmailBackend'\n";
    expect(onlyProfile(imported(text)).settings.status).toBe('inactive');
  });
});

describe('mail URLs', () => {
  it('are split at the last @, and taken as they stand where they are not encoded', () => {
    expect(readMailUrl('smtp://u:p@ss%zz@h.example:25?a=b+c&d')).toEqual({
      scheme: 'smtp',
      username: 'u',
      password: 'p@ss%zz',
      host: 'h.example',
      port: 25,
      query: new Map([
        ['a', 'b c'],
        ['d', ''],
      ]),
    });
    expect(readMailUrl('not a url')).toBeNull();
  });
});

describe('Django merging', () => {
  const merged = must(django.merge(EXISTING, sampleSettings(), file));

  it('changes its settings and nothing else', () => {
    expect(merged).toContain("\nEMAIL_HOST = 'mail.acme.example'  # kept\n");
    expect(merged).toMatch(/# EMAIL_TIMEOUT = 5\n(EMAIL_.*\n)*EMAIL_TIMEOUT = 10\n/);
    const kept = merged.split('\n').filter((line) => !/^(EMAIL_(?!PORT = 1$)|DEFAULT_)/.test(line));
    const before = EXISTING.split('\n').filter((line) => !/^(EMAIL_(?!PORT = 1$)|DEFAULT_)/.test(line));
    expect(kept).toEqual(before);
    expect(must(django.merge(merged, sampleSettings(), file))).toBe(merged);
  });

  it('hides every secret', () => {
    expect(django.mask(EXISTING)).not.toContain('canary');
    expect(django.mask(EXISTING).split('\n')).toHaveLength(EXISTING.split('\n').length);
  });

  it('has limits for what it cannot say', () => {
    expect(fieldsOf(django.limits(sampleSettings(), file))).toEqual(['lossy sender.replyTo.address']);
  });
});
