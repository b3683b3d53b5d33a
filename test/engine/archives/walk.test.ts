import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type Headers, pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FoundFile } from '../../../engine/archives/found.ts';
import { packedAs, walkBytes, walkPath } from '../../../engine/archives/walk.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Result } from '../../../shared/result.ts';
import { zipOf } from '../../support/zip.ts';
import { errorOf, must } from '../targets/support.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'relaysmith-archives-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));
const path = (name: string) => join(directory, name);

/** Walks and lists what was found: the text of a file, or why it was refused. */
async function listed(walk: (visit: (file: FoundFile) => Promise<null>) => Promise<Result<void>>): Promise<string[]> {
  const found: string[] = [];
  const visit = async (file: FoundFile) => {
    const text = file.bytes ? Buffer.from(file.bytes).toString().slice(0, 20) : reasonOf(file.error);
    found.push(`${file.path}: ${text}`);
    return null;
  };
  must(await walk(visit));
  return found;
}

function reasonOf(error: { code: string; facts: object } | null): string {
  return error && 'reason' in error.facts ? String(error.facts.reason) : (error?.code ?? '');
}
const inBytes = (bytes: Uint8Array, name = 'some.file') => listed((visit) => walkBytes(name, bytes, visit));
const refusal = async (bytes: Uint8Array) => {
  const error = errorOf(await walkBytes('some.file', bytes, async () => null));
  return error.code === 'ARCHIVE_REFUSED' ? error.facts.reason : error.code;
};

function tarOf(entries: { header: Partial<Headers> & { name: string }; content?: string }[]): Promise<Buffer> {
  const archive = pack();
  for (const { header, content = '' } of entries) archive.entry(header as Headers & { name: string }, content);
  archive.finalize();
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    archive.on('data', (chunk: Buffer) => chunks.push(chunk));
    archive.on('end', () => resolve(Buffer.concat(chunks)));
  });
}

describe('a folder', () => {
  it('is read with what is in it, by name; links and programs’ folders are named and not read', async () => {
    for (const folder of ['set/b', 'set/.git', 'set/empty']) mkdirSync(path(folder), { recursive: true });
    writeFileSync(path('set/a.txt'), 'A');
    writeFileSync(path('set/b/c.txt'), 'C');
    writeFileSync(path('outside'), 'secret');
    symlinkSync(path('outside'), path('set/link'));
    symlinkSync(path('set'), path('set/loop'));
    execFileSync('mkfifo', [path('set/pipe')]);
    expect(await listed((visit) => walkPath(path('set'), visit))).toEqual([
      '.git: this folder belongs to programs.',
      'a.txt: A',
      'link: it is a link.',
      'loop: it is a link.',
      'pipe: FILE_NOT_REGULAR',
      'b/c.txt: C',
    ]);
  });

  it('ends at too many files, and is told when it is not there', async () => {
    mkdirSync(path('many'));
    for (let index = 0; index <= LIMITS.setFiles; index += 1) writeFileSync(path(`many/${index}`), '');
    expect(errorOf(await walkPath(path('many'), async () => null))).toMatchObject({ code: 'ARCHIVE_REFUSED' });
    expect(errorOf(await walkPath(path('none'), async () => null)).code).toBe('FILE_NOT_FOUND');
  });
});

describe('an archive', () => {
  it('is told by its beginning, whatever it is called', async () => {
    writeFileSync(path('a.txt'), 'A');
    const zip = zipOf([{ name: 'a.txt', content: 'A' }]);
    const tar = await tarOf([{ header: { name: 'a.txt' }, content: 'A' }]);
    for (const bytes of [zip, zipOf([{ name: 'a.txt', content: 'A', method: 0 }]), tar, gzipSync(tar)]) {
      expect(await inBytes(bytes, 'config.json')).toEqual(['a.txt: A']);
    }
    expect(await inBytes(gzipSync('plain'), 'config.json.gz')).toEqual(['config.json: plain']);
    expect(await inBytes(Buffer.from('plain'), 'config.json')).toEqual(['config.json: plain']);
    expect(packedAs(new Uint8Array())).toBeNull();
  });

  it('of the usual program is read: tar', async () => {
    mkdirSync(path('set/deep'), { recursive: true });
    writeFileSync(path('set/deep/a.txt'), 'A');
    const name = `set/${'long'.repeat(40)}.txt`;
    writeFileSync(path(name), 'L');
    execFileSync('tar', ['-czf', path('set.tgz'), '-C', directory, 'set']);
    expect((await listed((visit) => walkPath(path('set.tgz'), visit))).sort()).toEqual(
      ['set/deep/a.txt: A', `${name}: L`].sort(),
    );
  });

  it('writes nothing to disk, and refuses names that point elsewhere and links one by one', async () => {
    const zip = zipOf([
      { name: '../evil', content: 'x' },
      { name: '/etc/evil', content: 'x' },
      { name: 'C:\\evil', content: 'x' },
      { name: '..\\evil', content: 'x' },
      { name: `${'d/'.repeat(20)}deep`, content: 'x' },
      { name: 'link', content: '/etc/passwd', mode: 0o120777 },
      { name: 'locked', content: 'x', encrypted: true },
      { name: 'new', content: 'x', method: 93 },
      { name: 'folder/', content: '' },
      { name: 'good', content: 'good' },
    ]);
    const tar = await tarOf([
      { header: { name: '../evil' }, content: 'x' },
      { header: { name: '/etc/evil' }, content: 'x' },
      { header: { name: 'link', type: 'symlink', linkname: '/etc/passwd' } },
      { header: { name: 'hard', type: 'link', linkname: 'good' } },
      { header: { name: 'device', type: 'character-device' } },
      { header: { name: 'folder', type: 'directory' } },
      { header: { name: 'good' }, content: 'good' },
    ]);
    expect(await inBytes(zip)).toEqual([
      '../evil: its name points out of the archive.',
      '/etc/evil: its name is an absolute path.',
      'C:\\evil: its name is an absolute path.',
      '..\\evil: its name points out of the archive.',
      `${'d/'.repeat(20)}deep: it lies deeper than 16 folders.`,
      'link: it is a link.',
      'locked: it is encrypted. Unpack the archive and import the folder.',
      'new: it is compressed in a way that only newer programs know.',
      'good: good',
    ]);
    expect(await inBytes(tar)).toEqual([
      '../evil: its name points out of the archive.',
      '/etc/evil: its name is an absolute path.',
      'link: it is a link.',
      'hard: it is a link.',
      'device: it is no regular file.',
      'good: good',
    ]);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('that would fill the machine is refused whole', async () => {
    const zeros = Buffer.alloc(8 * 1024 * 1024);
    expect(await refusal(zipOf([{ name: 'bomb', content: zeros }]))).toContain('grow more than 200 times');
    // Each entry says that it is small; what counts is what comes out.
    const lying = await inBytes(zipOf([{ name: 'bomb', content: zeros, claimed: 10 }]));
    expect(lying).toEqual([expect.stringContaining('too many bytes')]);
    const noise = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7919) % 251));
    const large = Buffer.concat(Array.from({ length: 100 }, () => noise));
    const parts = Array.from({ length: 8 }, (_, index) => ({ name: `part-${index}`, content: large, method: 0 }));
    expect(await refusal(zipOf(parts))).toContain('larger than 128 MB');
    expect(await refusal(gzipSync(Buffer.alloc(LIMITS.setBytes + 1)))).toContain('larger than 128 MB');
    const many = Array.from({ length: LIMITS.setFiles + 1 }, (_, index) => ({ name: `${index}`, content: '' }));
    expect(await refusal(zipOf(many))).toContain('more than 2000 files');
    expect(await refusal(await tarOf(many.map(({ name }) => ({ header: { name } }))))).toContain(
      'more than 2000 files',
    );
  });

  it('that is cut off or altered gives a refusal, never a throw or a hang', async () => {
    const zip = zipOf([
      { name: 'a', content: 'A'.repeat(400) },
      { name: 'b', content: 'B' },
    ]);
    const tar = await tarOf([{ header: { name: 'a' }, content: 'A'.repeat(2_000) }]);
    for (const whole of [zip, tar, gzipSync(tar)]) {
      await fc.assert(
        fc.asyncProperty(fc.nat(whole.length), fc.nat(whole.length - 1), fc.nat(255), async (length, at, byte) => {
          const altered = Buffer.from(whole);
          altered[at] = byte;
          for (const bytes of [whole.subarray(0, length), altered]) await walkBytes('x', bytes, async () => null);
        }),
        { numRuns: 150 },
      );
    }
    expect(await refusal(zip.subarray(0, 60))).toContain('damaged');
    expect(await refusal(gzipSync(tar).subarray(0, 90))).toContain('cut off');
    expect(await refusal(tar.subarray(0, 1_000))).toContain('cut off');
  });

  it('ends at once with the error that its visitor gives', async () => {
    let seen = 0;
    const zip = zipOf(['a', 'b', 'c'].map((name) => ({ name, content: name })));
    const tar = await tarOf(['a', 'b', 'c'].map((name) => ({ header: { name }, content: 'x'.repeat(100_000) })));
    for (const bytes of [zip, tar]) {
      seen = 0;
      const ended = await walkBytes('x', bytes, async () => {
        seen += 1;
        return { code: 'CANCELLED', facts: {} };
      });
      expect(errorOf(ended).code).toBe('CANCELLED');
      expect(seen).toBe(1);
    }
  });
});
