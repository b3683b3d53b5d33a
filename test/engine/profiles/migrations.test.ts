import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MIGRATIONS, type MigrationTable, migrate } from '../../../engine/profiles/migrations.ts';
import { readLibrary } from '../../../engine/profiles/read-library.ts';
import { PROFILE_SCHEMA_VERSION } from '../../../shared/profile.ts';
import { errorOf, fileIn, newDirectory, open, settingsNamed, unwrap } from './library-fixture.ts';

const table: MigrationTable = {
  1: (document) => ({ ...document, steps: ['1 to 2'] }),
  2: (document) => ({ ...document, steps: [...(document.steps as string[]), '2 to 3'] }),
};

describe('migrating', () => {
  test('runs each step once, in order, on a copy', () => {
    const original = { schemaVersion: 1, list: [1] };
    expect(migrate(original, 3, table)).toEqual({
      document: { schemaVersion: 3, list: [1], steps: ['1 to 2', '2 to 3'] },
    });
    expect(original).toEqual({ schemaVersion: 1, list: [1] });
    expect(migrate({ schemaVersion: 3 }, 3, table)).toEqual({ document: { schemaVersion: 3 } });
  });

  test('says which step is missing or failed, without quoting the file', () => {
    expect(migrate({ schemaVersion: 1 }, 4, table)).toEqual({ problem: 'No step leads from schema version 3 to 4.' });
    const failing: MigrationTable = {
      1: () => {
        throw new Error('canary');
      },
    };
    expect(migrate({ schemaVersion: 1 }, 2, failing)).toEqual({
      problem: 'The step from schema version 1 to 2 failed.',
    });
    expect(migrate({ schemaVersion: 0 }, 1)).toEqual({ problem: 'No step leads from schema version 0 to 1.' });
  });

  test('has a step for every version before this one', () => {
    expect(Object.keys(MIGRATIONS).map(Number)).toEqual(
      Array.from({ length: PROFILE_SCHEMA_VERSION - 1 }, (_, index) => index + 1),
    );
  });
});

test('a library of the first version can still be read', async () => {
  const bytes = await readFile(new URL('../../fixtures/library/version-1.json', import.meta.url));
  const reading = readLibrary(bytes);
  expect(reading).toMatchObject({ kind: 'ready', document: { rev: 4, slots: [{ kind: 'entry' }, { kind: 'entry' }] } });
});

describe('an older library', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await newDirectory();
    unwrap(await (await open(directory)).create(settingsNamed('One'), []));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  test('is read at once, and written in the new version with the next change, after a backup', async () => {
    const before = await readFile(join(directory, 'library.json'));
    const library = await open(directory, { schema: { version: 3, migrations: table } });
    expect(await library.state()).toMatchObject({ mode: 'ready' });
    expect(unwrap(await library.list())).toHaveLength(1);
    expect(await readFile(join(directory, 'library.json'))).toEqual(before);
    unwrap(await library.create(settingsNamed('Two'), []));
    expect(await fileIn(directory)).toMatchObject({ schemaVersion: 3, rev: 2, steps: ['1 to 2', '2 to 3'] });
    const [backup = ''] = await readdir(join(directory, 'backups'));
    expect(backup).toContain('.before-migration.');
    expect(await readFile(join(directory, 'backups', backup))).toEqual(before);
    // The older program sees a newer file and leaves it alone.
    const older = await open(directory);
    expect(await older.state()).toMatchObject({ mode: 'newer-version' });
  });

  test('that no step can bring up to date stays as it is', async () => {
    const before = await readFile(join(directory, 'library.json'));
    const library = await open(directory, { schema: { version: 9, migrations: table } });
    expect(await library.state()).toMatchObject({
      mode: 'recovery',
      detail: 'The library file could not be brought up to date. No step leads from schema version 3 to 4.',
    });
    expect(errorOf(await library.create(settingsNamed('Two'), [])).code).toBe('LIBRARY_READ_ONLY');
    expect(await readFile(join(directory, 'library.json'))).toEqual(before);
    await writeFile(join(directory, 'library.json'), before);
  });
});
