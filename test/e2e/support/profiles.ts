import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { largeLibrary } from '../../support/large-library.ts';
import type { Opened } from './window.ts';

const bin = resolve(import.meta.dirname, '../../../bin/relaysmith.js');

/** A profile as a test asks for it. */
export interface Seed {
  name: string;
  organization?: string;
  status?: 'inactive';
  /** Further options of `create`; a `--host` here takes the place of one made of the name. */
  options?: readonly string[];
}

/** The list of profiles in the left column. */
export const profileTree = (page: Page): Locator => page.getByRole('tree', { name: 'Profiles' });

/** The row of one profile; the name of a row begins with the profile's. */
export const profileRow = (page: Page, name: string): Locator =>
  profileTree(page).getByRole('treeitem', { name: new RegExp(`^${name}\\b`) });

/** Stores profiles from the terminal, as another program would, and waits until the window shows them. */
export async function seedProfiles({ page, home }: Opened, seeds: readonly Seed[]): Promise<void> {
  for (const { name, organization, status, options = [] } of seeds) {
    const host = `${name.toLowerCase().replaceAll(' ', '-')}.example`;
    const more = [
      ...(organization ? ['--organization', organization] : []),
      ...(status ? ['--status', status] : []),
      ...['--from', 'app@acme.example', '--home', home],
    ];
    const where = options.includes('--host') ? [] : ['--host', host];
    const made = spawnSync(process.execPath, [bin, 'create', '--name', name, ...where, ...options, ...more]);
    expect(made.status, String(made.stderr)).toBe(0);
  }
  await untilShown(page, seeds.at(-1)?.name ?? '');
}

/** Puts a library of many profiles in place, as a restored backup would, and waits until the window shows it. */
export async function seedMany({ page, home }: Opened, count: number): Promise<void> {
  writeFileSync(join(home, 'library.json'), largeLibrary(count), { mode: 0o600 });
  await expect(async () => {
    await comeBack(page);
    await expect(profileTree(page)).toBeVisible({ timeout: 500 });
  }).toPass();
}

async function untilShown(page: Page, name: string): Promise<void> {
  await expect(async () => {
    await comeBack(page);
    await expect(profileRow(page, name)).toBeVisible({ timeout: 500 });
  }).toPass();
}

/** The window asks again when somebody comes back to it. */
async function comeBack(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
}
