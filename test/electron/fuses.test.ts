import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flip } from '../../scripts/fuses.js';

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const OFF = '0'.charCodeAt(0);
const ON = '1'.charCodeAt(0);
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'relaysmith-fuses-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** A file with a fuse wire as Electron's binary carries it: sentinel, version 1, length, one character a fuse. */
function binaryWith(count: number): string {
  const file = join(directory, 'electron');
  const wire = Buffer.from([1, count, ...new Array<number>(count).fill(ON)]);
  writeFileSync(file, Buffer.concat([Buffer.from('code'), Buffer.from(SENTINEL), wire, Buffer.from('code')]));
  return file;
}

function wireOf(file: string, count: number): number[] {
  const bytes = readFileSync(file);
  const start = bytes.indexOf(SENTINEL) + SENTINEL.length + 2;
  return [...bytes.subarray(start, start + count)];
}

describe('the fuses of a release', () => {
  it('are flipped exactly so', async () => {
    const file = binaryWith(9);
    await flip(file);
    expect(wireOf(file, 9)).toEqual([OFF, OFF, OFF, OFF, ON, ON, OFF, OFF, ON]);
  });

  it('make a build fail when Electron adds one that nobody decided', async () => {
    await expect(flip(binaryWith(10))).rejects.toThrow('not decided');
  });

  it('leave the inspector on only when the end-to-end build asks for it', async () => {
    const file = binaryWith(9);
    await flip(file, { inspect: true });
    expect(wireOf(file, 9)[3]).toBe(ON);
  });
});
