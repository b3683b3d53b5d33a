import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportSetHandlers } from '../../../engine/handlers/export-sets.ts';
import { TARGETS } from '../../../engine/targets/index.ts';
import { exportManifest } from '../../../shared/export-set.ts';
import type { Progress } from '../../../shared/progress.ts';
import { listening, newPlace, type Place } from '../handlers/support.ts';
import { settingsNamed } from '../profiles/library-fixture.ts';
import { errorOf, must } from './support.ts';

const root = process.platform === 'linux' && process.getuid?.() === 0;

describe.runIf(root || process.env.CI === 'true')('an export into a folder on a full disk', () => {
  let here: Place;
  beforeEach(async () => {
    here = await newPlace();
    mkdirSync(here.path('small'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=96k', 'tmpfs', here.path('small')]);
  });
  afterEach(() => {
    execFileSync('umount', [here.path('small')]);
    here.remove();
  });

  test('leaves whole files only, and a manifest that claims none of those that are not there', async () => {
    const settings = settingsNamed('Acme');
    settings.sender.from.address = 'app@acme.example';
    const { profile } = must(await here.library.create(settings, []));
    const sets = exportSetHandlers(here.library, here.tokens, () => new Date('2026-11-21T09:14:00Z'));
    const write = (folder: string) =>
      sets['exportSet.write'](
        {
          profileIds: [profile.id],
          targets: TARGETS.map(({ info }) => ({ target: info.id, options: {} })),
          policy: 'placeholder',
          combine: false,
          folder: here.token(folder),
          replace: false,
        },
        listening<Progress>(),
      );
    must(await write('large'));
    const outcome = await write('small');

    const whole = readdirSync(here.path('small')).filter((name) => name !== 'manifest.json');
    expect(whole.length).toBeLessThan(TARGETS.length);
    for (const name of whole) {
      expect(readFileSync(join(here.path('small'), name))).toEqual(readFileSync(join(here.path('large'), name)));
    }
    const manifest = exportManifest.parse(JSON.parse(readFileSync(here.path('small/manifest.json'), 'utf8')));
    expect(manifest.complete).toBe(false);
    const claimed = manifest.files.filter(({ state }) => state === 'written').map(({ file }) => file);
    expect(claimed.filter((name) => !whole.includes(name))).toEqual([]);
    if (outcome.ok) expect(claimed.sort()).toEqual(whole.sort());
    else expect(errorOf(outcome).code).toBe('STORAGE_FULL');
  });
});
