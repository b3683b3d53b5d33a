import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeEnv, quoteEnv, readEnv } from '../../../engine/targets/env/env.ts';
import { readSecret, secretText } from '../../../engine/targets/secret-policy.ts';
import { shellQuote } from '../../../engine/targets/shell.ts';
import { SECRET_KINDS } from '../../../shared/secrets.ts';
import { hostileSecret, variable } from './arbitrary.ts';

describe('secret policy', () => {
  it('writes nothing, a stand-in, a reference or the value', () => {
    const values = { password: 'hush' };
    expect(secretText({ policy: 'leave-out', values }, 'password', 'REF')).toBeNull();
    expect(secretText({ policy: 'placeholder', values }, 'password', 'REF')).toBe('<smtp password>');
    expect(secretText({ policy: 'environment', values }, 'password', 'REF')).toBe('REF');
    expect(secretText({ policy: 'environment', values }, 'password', null)).toBeNull();
    expect(secretText({ policy: 'include', values }, 'password', 'REF')).toBe('hush');
  });

  it('never takes its own placeholder for a secret', () => {
    for (const kind of SECRET_KINDS) {
      const text = secretText({ policy: 'placeholder', values: {} }, kind, null) ?? '';
      expect(readSecret(text).state).toBe('mask');
    }
  });

  it.each([
    ['', 'empty', ''],
    ['********************************', 'mask', ''],
    ['***********', 'mask', ''],
    [variable('vault.smtp_password'), 'reference', variable('vault.smtp_password')],
    [variable('SMTP_PASSWORD'), 'reference', variable('SMTP_PASSWORD')],
    [variable('SMTP_PASSWORD:s3cret'), 'reference', ''],
    ['{{ vault_smtp_password }}', 'reference', '{{ vault_smtp_password }}'],
    ['<%= @password %>', 'reference', '<%= @password %>'],
    [`pa${variable('x')}ss`, 'value', ''],
    ['$2b$12$abc', 'value', ''],
    ['hunter2', 'value', ''],
  ])('reads %j as %s', (text, state, reference) => {
    expect(readSecret(text)).toEqual({ state, reference });
  });
});

describe('shellQuote', () => {
  it('gives a shell exactly the text back', () => {
    const texts = fc.sample(hostileSecret, { numRuns: 60, seed: 11 }).filter((text) => !/[\r\n]/.test(text));
    const script = texts.map((text) => `printf '%s\\0' ${shellQuote(text)}`).join('\n');
    const out = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
    expect(out.split('\0').slice(0, -1)).toEqual(texts);
  });
});

describe('env files', () => {
  it('reads back every value that it writes', () => {
    fc.assert(
      fc.property(hostileSecret, (value) => {
        const quoted = quoteEnv(value);
        if (quoted === null) return;
        expect(readEnv(`KEY=${quoted}\n`)).toEqual([{ key: 'KEY', value, line: 1, open: false }]);
      }),
    );
  });

  it('refuses a value that no reader takes alike', () => {
    expect(quoteEnv("it's `here`")).toBeNull();
    expect(quoteEnv('two\nlines')).toBeNull();
  });

  it('gives a shell the same text', () => {
    const texts = fc.sample(hostileSecret, { numRuns: 60, seed: 5 }).filter((text) => quoteEnv(text) !== null);
    const script = texts.map((text) => `KEY=${quoteEnv(text)}; printf '%s\\0' "$KEY"`).join('\n');
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)).toEqual(texts);
  });

  it('replaces where a key stands, adds at the end, and keeps all else', () => {
    const before = '# mail\r\nexport A=1\r\nB=2 # two\r\nC=3';
    expect(mergeEnv(before, { A: '9', C: undefined, D: 'x' })).toBe('# mail\r\nexport A=9\r\nB=2 # two\r\nD=x');
  });

  it('tells a text over several lines from a value', () => {
    expect(readEnv('A="one\ntwo"\nB=1')).toMatchObject([
      { key: 'A', open: true },
      { key: 'B', value: '1' },
    ]);
  });
});
