import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { askSecret } from '../../cli/prompt.ts';

class FakeTerminal extends PassThrough {
  readonly modes: boolean[] = [];
  setRawMode(mode: boolean): this {
    this.modes.push(mode);
    return this;
  }
}

async function type(...keys: string[]) {
  const input = new FakeTerminal();
  const output = new PassThrough();
  const asked = askSecret(input as unknown as NodeJS.ReadStream, output as unknown as NodeJS.WriteStream, 'Password: ');
  for (const key of keys) input.write(key);
  const answer = await asked;
  return { answer, shown: String(output.read()), modes: input.modes };
}

describe('asking for a secret', () => {
  test('shows nothing of what is typed and leaves raw mode', async () => {
    const { answer, shown, modes } = await type('can', 'ary\r');
    expect(answer).toBe('canary');
    expect(shown).toBe('Password: \n');
    expect(modes).toEqual([true, false]);
  });

  test('takes backspace, kill and characters beyond ASCII', async () => {
    expect((await type('ab\u007fc\r')).answer).toBe('ac');
    expect((await type('wrong\u0015right\n')).answer).toBe('right');
    expect((await type('pässwörd🔑\u007f\r')).answer).toBe('pässwörd');
  });

  test('Ctrl-C and Ctrl-D on an empty line give up', async () => {
    expect((await type('abc\u0003')).answer).toBeNull();
    expect((await type('\u0004')).answer).toBeNull();
  });

  test('an escape sequence is no part of the secret’s control characters', async () => {
    expect((await type('a\u001bb\r')).answer).toBe('ab');
  });
});
