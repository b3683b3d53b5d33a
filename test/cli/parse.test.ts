import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defineCommand } from '../../cli/command.ts';
import { parseArguments } from '../../cli/parse.ts';

const command = defineCommand({
  usage: 'PROFILE',
  details: [],
  options: {
    port: { kind: 'number', range: [1, 65_535], help: '' },
    security: { kind: 'text', choices: ['none', 'starttls', 'tls'], synonyms: { implicit: 'tls' }, help: '' },
    header: { kind: 'list', help: '' },
    verify: { kind: 'flag', help: '' },
    'password-stdin': { kind: 'flag', help: '' },
  },
  positionals: [0, 1],
  examples: [],
  run: async () => ({ ok: true, value: 0 }),
});

const parse = (...argv: string[]) => parseArguments('edit', command, argv);
const usageOf = (...argv: string[]) => {
  const parsed = parse(...argv);
  if (parsed.ok || parsed.error.code !== 'USAGE') throw new Error('Expected a usage error');
  return parsed.error.facts;
};

describe('the argument parser', () => {
  test('reads flags, texts, numbers, lists and arguments without dashes', () => {
    const parsed = parse(
      'acme',
      '--port',
      '465',
      '--security=tls',
      '--header',
      'A: 1',
      '--header=B: 2',
      '--verify',
      '--json',
    );
    expect(parsed).toEqual({
      ok: true,
      value: {
        positionals: ['acme'],
        values: { port: 465, security: 'tls', header: ['A: 1', 'B: 2'], verify: true, 'password-stdin': false },
        json: true,
        help: false,
        home: undefined,
      },
    });
  });

  test('offers the nearest option and the nearest value', () => {
    expect(usageOf('--prot', '25').next).toBe('Did you mean --port?');
    expect(usageOf('--securty=tls').next).toBe('Did you mean --security?');
    expect(usageOf('--security', 'startls').next).toContain('Did you mean starttls?');
  });

  test('takes a value in any case, and knows what other products call it', () => {
    expect(parse('--security', 'STARTTLS')).toMatchObject({ ok: true, value: { values: { security: 'starttls' } } });
    expect(usageOf('--security', 'implicit').next).toBe('Did you mean tls? It is one of: none, starttls, tls.');
  });

  test('takes a single option once', () => {
    expect(usageOf('--port', '25', '--port', '26').what).toBe('--port is there twice.');
    expect(usageOf('--security', 'tls', '--security', 'none').what).toBe('--security is there twice.');
  });

  test('refuses a password in the command line, warns of the shell history, and does not repeat it', () => {
    for (const argv of [
      ['--password', 'canary-1f'],
      ['--password=canary-1f'],
      ['--pass', 'canary-1f'],
      ['--client-secret=canary-1f'],
    ]) {
      const { what, next } = usageOf(...argv);
      expect(what).toContain('shell history');
      expect(next).toContain('--password-stdin');
      expect(what + next).not.toContain('canary-1f');
    }
  });

  test.each([
    [['--port', 'abc']],
    [['--port', '0']],
    [['--port', '65536']],
    [['--port', '1e3']],
    [['--port', '25', '--port']],
    [['--verify=yes']],
    [['--security', '--verify']],
    [['--security', 'tls', '--security', 'none']],
    [['one', 'two']],
    [['--nothing-like-it']],
    [['-x']],
  ])('refuses %j', (argv) => {
    expect(parse(...argv)).toMatchObject({ ok: false, error: { code: 'USAGE' } });
  });

  test('takes everything after -- as arguments', () => {
    expect(parse('--', '--odd-name')).toMatchObject({ ok: true, value: { positionals: ['--odd-name'] } });
  });

  test('never throws and never repeats a value, whatever is typed', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom('--port', '--security', '--header', '--', '-', '--json', '--home'),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (argv) => {
        const parsed = parse(...argv, '--security', 'canary-77aa');
        if (parsed.ok) return;
        expect(JSON.stringify(parsed.error)).not.toContain('canary-77aa');
      }),
    );
  });
});
