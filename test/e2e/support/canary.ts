import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Opened } from './window.ts';

/** A password that occurs nowhere by chance. */
export const CANARY = 'Canary-9f3Kq!zT7';

/** The same text in every form in which it could leak. */
const SPELLINGS = [
  CANARY,
  Buffer.from(CANARY).toString('base64').slice(0, -4),
  Buffer.from(CANARY).toString('hex'),
  encodeURIComponent(CANARY),
  Buffer.from(`\0app@acme.example\0${CANARY}`).toString('base64').slice(0, -4),
];

/** Searches every file of the data directory, every answer that the window got, and the host's own output. */
export async function expectNoCanary(opened: Opened): Promise<void> {
  const places: [string, string][] = [['answers and output', await opened.seen()]];
  for (const file of readdirSync(opened.home, { recursive: true, withFileTypes: true })) {
    if (file.isFile()) places.push([file.name, readFileSync(join(file.parentPath, file.name), 'latin1')]);
  }
  for (const [place, text] of places) {
    for (const spelling of SPELLINGS) expect(text.includes(spelling), `${place} holds the canary`).toBe(false);
  }
}
