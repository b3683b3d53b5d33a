import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = resolve(import.meta.dirname, '../../scripts/start.js');
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'relaysmith-start-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('npm start', () => {
  it('says in one line how it opens and why, and without a display prints an address that works', async () => {
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
    const child = spawn(process.execPath, [script], { env: { ...env, RELAYSMITH_HOME: home } });
    let output = '';
    const address = await new Promise<string>((found, failed) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const match = /http:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(output);
        if (match) found(match[0]);
      });
      child.once('exit', () => failed(new Error(output)));
    });
    const page = await fetch(address);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<div id="root">');
    expect(output).toMatch(
      /^(?:Building Relaysmith\.\n)?Opening Relaysmith in the browser, because this session has no display\.\n/,
    );
    child.kill('SIGINT');
    await once(child, 'exit');
  });
});
