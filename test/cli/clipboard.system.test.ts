import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localClipboard } from '../../cli/clipboard.ts';
import { onPath, requireTool } from '../support/requires.ts';

const CANARY = 'Canary-x11-8Ph "ß😀 %x\\n$y';
const needed = ['Xvfb', 'xclip', 'xsel'].map(requireTool).every(Boolean);

describe.skipIf(!needed)('the clipboard of an X server', () => {
  let server: ChildProcess;
  let display: string;
  let bin: string;

  beforeAll(async () => {
    bin = mkdtempSync(join(tmpdir(), 'relaysmith-bin-'));
    server = spawn('Xvfb', ['-displayfd', '3', '-nolisten', 'tcp', '-screen', '0', '64x64x8'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const numbers = createInterface({ input: server.stdio[3] as NodeJS.ReadableStream });
    display = `:${await new Promise<string>((resolve) => numbers.once('line', resolve))}`;
  });
  afterAll(() => {
    server.kill();
    rmSync(bin, { recursive: true });
  });

  /** A clipboard that finds one tool only. */
  function clipboardOf(tool: string) {
    const directory = mkdtempSync(join(bin, `${tool}-`));
    symlinkSync(onPath(tool) ?? '', join(directory, tool));
    return localClipboard({ env: { PATH: directory, DISPLAY: display, HOME: bin }, platform: 'linux' });
  }

  it.each(['xclip', 'xsel'])('takes a text with %s, gives it back exactly, and is cleared', async (tool) => {
    const clipboard = clipboardOf(tool);
    expect(await clipboard.write(CANARY)).toEqual({ ok: true, value: undefined });
    expect(await clipboard.read()).toBe(CANARY);
    await clipboard.write('');
    expect((await clipboard.read()) ?? '').toBe('');
  });

  it.each(['xclip', 'xsel'])('shows the text in no process list while %s holds it', async (tool) => {
    const clipboard = clipboardOf(tool);
    await clipboard.write(CANARY);
    const commandLines = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, 'utf8') + readFileSync(`/proc/${pid}/environ`, 'utf8');
        } catch {
          return '';
        }
      });
    expect(commandLines.some((line) => line.includes(tool))).toBe(true);
    expect(commandLines.join('\n')).not.toContain('Canary-x11');
    await clipboard.write('');
  });
});

describe('a clipboard that cannot be reached', () => {
  it.each([
    ['without a screen', {}, 'no-display'],
    ['without a program for it', { DISPLAY: ':99', PATH: '/nonexistent' }, 'no-tool'],
    ['on Wayland without a program for it', { WAYLAND_DISPLAY: 'wayland-0', PATH: '/nonexistent' }, 'no-tool'],
  ])('%s, says so', async (_case, env, reason) => {
    const clipboard = localClipboard({ env, platform: 'linux' });
    const failed = { ok: false, error: { code: 'CLIPBOARD_UNAVAILABLE', facts: { reason } } };
    expect(await clipboard.write('text')).toEqual(failed);
    expect(await clipboard.read()).toBeNull();
  });

  it.skipIf(!needed)('because its screen is gone, says that it did not take the text', async () => {
    const clipboard = localClipboard({ env: { PATH: process.env.PATH, DISPLAY: ':4321' }, platform: 'linux' });
    expect(await clipboard.write('text')).toMatchObject({ ok: false, error: { facts: { reason: 'refused' } } });
  });
});
