import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EXIT, exitCodeOf } from '../../cli/exit-codes.ts';
import { fixCommand } from '../../cli/fix-command.ts';
import { cut, pad, table, widthOf, wrap } from '../../cli/output/layout.ts';
import { safe } from '../../cli/output/safe.ts';
import { styleFor } from '../../cli/output/style.ts';
import { pick } from '../../cli/profile-ref.ts';
import { setByPath } from '../../cli/settings-path.ts';
import { commandLine } from '../../cli/shell.ts';
import { editDistance, nearest } from '../../cli/suggest.ts';
import { dataDirectory } from '../../engine/data-directory.ts';
import { ERROR_CODES } from '../../shared/errors.ts';
import { emptySettings } from '../../shared/profile.ts';
import { testIo } from './support/test-io.ts';

describe('suggestions', () => {
  test('find the word that was meant', () => {
    const names = ['list', 'show', 'create', 'edit', 'export', 'import', 'test'];
    expect(nearest('lsit', names)).toBe('list');
    expect(nearest('creat', names)).toBe('create');
    expect(nearest('exprot', names)).toBe('export');
    expect(nearest('zzzzzz', names)).toBeNull();
  });

  test('count a swap of neighbours as one mistake', () => {
    expect(editDistance('lsit', 'list')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('abc', 'abc')).toBe(0);
  });
});

describe('exit codes', () => {
  test('every error code has one that is not success', () => {
    for (const code of ERROR_CODES) expect(exitCodeOf(code)).toBeGreaterThan(0);
  });

  test('stay as documented', () => {
    expect(EXIT).toEqual({
      ok: 0,
      failed: 1,
      usage: 2,
      notFound: 3,
      secretNeeded: 4,
      storage: 5,
      keychain: 6,
      service: 7,
      internal: 70,
      cancelled: 130,
    });
  });
});

describe('the data directory', () => {
  const io = testIo({ homeDirectory: '/home/a', workingDirectory: '/somewhere' });
  test('is the one that --home names, before RELAYSMITH_HOME', () => {
    expect(dataDirectory({ ...io, env: { RELAYSMITH_HOME: '/there' } }, 'here')).toBe('/somewhere/here');
    expect(dataDirectory({ ...io, env: { RELAYSMITH_HOME: '/there' } })).toBe('/there');
  });

  test('follows the convention of the system', () => {
    expect(dataDirectory(io)).toBe('/home/a/.local/share/relaysmith');
    expect(dataDirectory({ ...io, env: { XDG_DATA_HOME: '/xdg' } })).toBe('/xdg/relaysmith');
    expect(dataDirectory({ ...io, env: { XDG_DATA_HOME: 'relative' } })).toBe('/home/a/.local/share/relaysmith');
    expect(dataDirectory({ ...io, platform: 'darwin' })).toBe('/home/a/Library/Application Support/Relaysmith');
    expect(dataDirectory({ ...io, platform: 'win32', env: { APPDATA: '/roaming' } })).toBe('/roaming/Relaysmith');
  });
});

describe('naming a profile', () => {
  const entries = [
    { id: '3f2a0000-0000-4000-8000-000000000001', name: 'Acme' },
    { id: '3f2a0000-0000-4000-8000-000000000002', name: 'Twin' },
    { id: '77770000-0000-4000-8000-000000000003', name: 'Twin' },
    { id: '88880000-0000-4000-8000-000000000004', name: '7777' },
  ];
  test('works by id, exact name and unique beginning of an id', () => {
    expect(pick(entries, entries[0]?.id ?? '', 'profile')).toMatchObject({ value: { name: 'Acme' } });
    expect(pick(entries, 'Acme', 'profile')).toMatchObject({ value: { id: entries[0]?.id } });
    expect(pick(entries, '8888', 'profile')).toMatchObject({ value: { name: '7777' } });
  });

  test('an exact name goes before the beginning of an id', () => {
    expect(pick(entries, '7777', 'profile')).toMatchObject({ value: { id: entries[3]?.id } });
  });

  test('lists the ids when several are meant, and says when none is', () => {
    expect(pick(entries, 'Twin', 'profile')).toMatchObject({
      error: { code: 'AMBIGUOUS_NAME', facts: { ids: [entries[1]?.id, entries[2]?.id] } },
    });
    expect(pick(entries, '3f2a', 'profile')).toMatchObject({ error: { code: 'AMBIGUOUS_NAME' } });
    expect(pick(entries, 'acme', 'profile')).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(pick(entries, '777', 'profile')).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  test('does not repeat a mail URI, which may hold a password', () => {
    expect(JSON.stringify(pick(entries, 'smtp://u:canary@h', 'profile'))).not.toContain('canary');
  });
});

describe('--set', () => {
  const set = (assignment: string) => setByPath(emptySettings(), assignment);
  test('sets numbers, texts, lists and options of a product', () => {
    expect(set('server.port=465')).toMatchObject({ value: { server: { port: 465 } } });
    expect(set('notes=123')).toMatchObject({ value: { notes: '123' } });
    expect(set('notes="a \\"b\\""')).toMatchObject({ value: { notes: 'a "b"' } });
    expect(set('sender.cc=["a@b.example"]')).toMatchObject({ value: { sender: { cc: ['a@b.example'] } } });
    expect(set('products.keycloak.allowutf8=true')).toMatchObject({
      value: { products: { keycloak: { allowutf8: true } } },
    });
  });

  test('refuses unknown fields without repeating the value', () => {
    for (const path of ['signIn.password', 'server.nothing', 'server.port.deep', 'nothing']) {
      const result = set(`${path}=canary-5b`);
      expect(result).toMatchObject({ ok: false, error: { code: 'USAGE' } });
      expect(JSON.stringify(result)).not.toContain('canary-5b');
    }
  });

  test('cannot reach a prototype', () => {
    for (const path of [
      '__proto__.polluted',
      'products.__proto__.polluted',
      'products.keycloak.__proto__',
      'constructor.prototype.x',
    ]) {
      expect(set(`${path}=1`).ok).toBe(false);
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('commands that are printed', () => {
  test('survive a shell, whatever stands in them', () => {
    expect(commandLine(['a', "it's", 'x y', ''])).toBe(`a 'it'\\''s' 'x y' ''`);
  });

  test('make a fix with the options that a person would type', () => {
    const fix = {
      label: 'Switch',
      set: [
        { field: 'server.security', value: 'tls' },
        { field: 'server.port', value: 465 },
      ],
    };
    expect(fixCommand('id-1', fix)).toBe('relaysmith edit id-1 --security tls --port 465');
    const verify = {
      label: '',
      set: [
        { field: 'tls.verifyCertificate', value: true },
        { field: 'sender.relayAllowed', value: true },
      ],
    };
    expect(fixCommand('id-1', verify)).toBe('relaysmith edit id-1 --verify --set sender.relayAllowed=true');
  });

  test('a fix with a certificate comes back as the same value', () => {
    const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    const words = fixCommand('id-1', { label: '', set: [{ field: 'tls.caPem', value: pem }] });
    const assignment = /--set '(.*)'$/s.exec(words)?.[1] ?? '';
    expect(setByPath(emptySettings(), assignment)).toMatchObject({ value: { tls: { caPem: pem } } });
  });
});

describe('text on the terminal', () => {
  test('never carries a control or hiding character from outside', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
        expect(safe(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b-\u200f]/);
      }),
    );
  });

  test('fits the width, wide characters counted as two', () => {
    expect(widthOf('日本')).toBe(4);
    expect(widthOf('é')).toBe(1);
    expect(cut('日本語', 5)).toBe('日本…');
    expect(pad('日', 4)).toBe('日  ');
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    for (const line of table([['a'.repeat(50), 'b'.repeat(50)]], 40)) expect(widthOf(line)).toBeLessThanOrEqual(40);
  });

  test('has colour only on a terminal and without NO_COLOR', () => {
    const red = (env: Record<string, string>, isTTY: boolean) =>
      styleFor({ env, platform: 'linux' }, { isTTY }).failed('x');
    expect(red({}, true)).toContain('\u001b[31m');
    expect(red({}, false)).toBe('x');
    expect(red({ NO_COLOR: '1' }, true)).toBe('x');
    expect(red({ TERM: 'dumb' }, true)).toBe('x');
  });

  test('has ASCII symbols where the locale does not say UTF-8', () => {
    expect(styleFor({ env: { LANG: 'C' }, platform: 'linux' }, { isTTY: true }).icons.passed).toBe('+');
    expect(styleFor({ env: { LANG: 'de_DE.UTF-8' }, platform: 'linux' }, { isTTY: true }).icons.passed).toBe('✓');
  });
});
