import { describe, expect, it } from 'vitest';
import { droppedFiles } from '../../renderer/state/dropped-files.ts';

interface FakeEntry {
  name: string;
  fullPath: string;
  isDirectory: boolean;
  file?: (done: (file: File) => void, failed: () => void) => void;
  createReader?: () => { readEntries: (done: (entries: FakeEntry[]) => void) => void };
}

function fileEntry(fullPath: string, readable = true): FakeEntry {
  const name = fullPath.split('/').at(-1) ?? '';
  return {
    name,
    fullPath,
    isDirectory: false,
    file: (done, failed) => (readable ? done(new File(['x'], name)) : failed()),
  };
}

/** A reader gives one entry at a time, as a browser gives a hundred. */
function folderEntry(fullPath: string, children: FakeEntry[]): FakeEntry {
  const left = [...children];
  const readEntries = (done: (entries: FakeEntry[]) => void) => done(left.splice(0, 1));
  return { name: fullPath.split('/').at(-1) ?? '', fullPath, isDirectory: true, createReader: () => ({ readEntries }) };
}

function transferOf(entries: FakeEntry[], files: File[] = []): DataTransfer {
  return { items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })), files } as unknown as DataTransfer;
}

describe('what is dropped on the window', () => {
  it('is its files, with those inside folders under their paths', async () => {
    const entries = [
      folderEntry('/set', [fileEntry('/set/b.json'), folderEntry('/set/a', [fileEntry('/set/a/c.ini')])]),
      fileEntry('/d.json'),
    ];
    expect((await droppedFiles(transferOf(entries)))?.map(({ path }) => path)).toEqual([
      'set/a/c.ini',
      'set/b.json',
      'd.json',
    ]);
  });

  it('needs no entries where there is no folder', async () => {
    const files = [new File(['x'], 'a.json'), new File(['x'], 'b.json')];
    const transfer = { items: [], files } as unknown as DataTransfer;
    expect((await droppedFiles(transfer))?.map(({ path }) => path)).toEqual(['a.json', 'b.json']);
  });

  it('is bounded, and an unreadable file stays in the list', async () => {
    const many = Array.from({ length: 300 }, (_, index) => fileEntry(`/set/${index}`));
    expect(await droppedFiles(transferOf([folderEntry('/set', many)]))).toBeNull();
    const [only] = (await droppedFiles(transferOf([folderEntry('/set', [fileEntry('/set/x', false)])]))) ?? [];
    expect(only?.file.size).toBe(0);
  });
});
