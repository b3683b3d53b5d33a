import { mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileHandlers } from '../../../engine/handlers/files.ts';
import { errorOf, must } from '../targets/support.ts';
import { listening, newPlace, type Place } from './support.ts';

let here: Place;
beforeEach(async () => {
  here = await newPlace();
  mkdirSync(here.path('out'));
  writeFileSync(here.path('out/.hidden'), '');
});
afterEach(() => here.remove());

const handlers = (kind: 'dialog' | 'typed-path', chosen: string | null = null) =>
  fileHandlers({ kind, open: async () => null, save: async () => null, folder: async () => chosen }, here.tokens);
const folder = (purpose: 'import' | 'export', path: string | null, from = handlers('typed-path')) =>
  from['files.folder']({ purpose, path }, listening<never>());

describe('choosing a folder', () => {
  it('counts what is in it, hidden things too', async () => {
    const chosen = must(await folder('export', here.path('out')));
    expect(chosen).toMatchObject({ name: 'out', entries: 1 });
    expect(must(here.tokens.resolve(chosen?.token ?? ''))).toBe(here.path('out'));
  });

  it('takes one that is not there yet to write into, not to read', async () => {
    expect(must(await folder('export', here.path('new')))).toMatchObject({ name: 'new', entries: 0 });
    expect(errorOf(await folder('import', here.path('new'))).code).toBe('FILE_NOT_FOUND');
    expect(errorOf(await folder('export', here.path('new/deep'))).code).toBe('FILE_NOT_FOUND');
    expect(errorOf(await folder('export', here.path('out/.hidden'))).code).toBe('NOT_A_FOLDER');
  });

  it('is done in a dialog where there is one, and never by a path from the window', async () => {
    const withDialog = handlers('dialog', here.path('out'));
    expect(must(await folder('import', null, withDialog))).toMatchObject({ name: 'out' });
    expect(must(await folder('import', null, handlers('dialog')))).toBeNull();
    expect(errorOf(await folder('import', here.path('out'), withDialog)).code).toBe('NOT_AVAILABLE');
    expect(errorOf(await folder('import', null)).code).toBe('NOT_AVAILABLE');
  });
});
