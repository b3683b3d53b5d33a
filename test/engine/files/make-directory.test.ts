import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDirectory } from '../../../engine/files/make-directory.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'relaysmith-make-'));
});
afterEach(() => rmSync(root, { recursive: true }));

describe('making a directory', () => {
  it('makes what is missing above it, for the owner only, and may be repeated', () => {
    const path = join(root, 'a/b/c');
    makeDirectory(path);
    makeDirectory(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(join(root, 'a')).mode & 0o777).toBe(0o700);
  });

  it('fails where a file stands in the way', () => {
    writeFileSync(join(root, 'file'), '');
    expect(() => makeDirectory(join(root, 'file/x'))).toThrow();
  });

  it.runIf(process.platform === 'linux')('ends where the file system has no such thing as a new directory', () => {
    expect(() => makeDirectory('/proc/nowhere/x')).toThrow(/ENOENT/);
  });
});
