import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { profileRow, profileTree, seedProfiles } from './support/profiles.ts';
import { expect, expectAccessible, test } from './support/window.ts';

const SEEDS = [{ name: 'Acme production', organization: 'Acme' }, { name: 'Lab' }];

/** Everything that must be in reach, whatever the size of the window. */
const IN_REACH = ['Revert', 'Save', 'Check and save', 'Export'];

async function expectNoSidewaysScroll(page: Page) {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(beyond).toBeLessThanOrEqual(0);
}

const width = async (page: Page, column: 'library' | 'bench') =>
  (await page.locator(`[data-column="${column}"]`).boundingBox())?.width ?? 0;

for (const [size, what] of [
  [{ width: 3840, height: 2160 }, 'three columns of a sensible width at 4K'],
  [{ width: 1440, height: 900 }, 'three columns in a usual window'],
] as const) {
  test(`the window has ${what}`, async ({ opened }, info) => {
    const { page } = opened;
    await page.setViewportSize(size);
    await seedProfiles(opened, SEEDS);
    await profileRow(page, 'Lab').click();
    await expect(page.getByRole('region', { name: 'Test bench' })).toBeVisible();
    expect(await width(page, 'library')).toBeLessThanOrEqual(360);
    expect(await width(page, 'bench')).toBeLessThanOrEqual(720);
    for (const name of IN_REACH) await expect(page.getByRole('button', { name, exact: true })).toBeInViewport();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await page.screenshot({ path: info.outputPath('columns.png') });
  });
}

test('at 200 % zoom of a usual window there is one column, and nothing is lost', async ({ opened }, info) => {
  const { page } = opened;
  // 1440 x 900 at 200 % leaves 720 x 450 CSS pixels (WCAG 1.4.4, 1.4.10).
  await page.setViewportSize({ width: 720, height: 450 });
  await seedProfiles(opened, SEEDS);
  const view = page.getByRole('radiogroup', { name: 'View' });
  await profileRow(page, 'Lab').click();
  await expect(profileTree(page)).toBeHidden();
  for (const name of IN_REACH) await expect(page.getByRole('button', { name, exact: true })).toBeInViewport();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.screenshot({ path: info.outputPath('form.png') });
  await view.getByRole('radio', { name: 'Test bench' }).click();
  await expect(page.getByRole('button', { name: 'Check connection' })).toBeInViewport();
  await expectAccessible(page);
  await view.getByRole('radio', { name: 'Profiles' }).click();
  await expect(profileRow(page, 'Lab')).toBeInViewport();
  await expect(page.getByRole('button', { name: 'New profile' })).toBeInViewport();
  await expectAccessible(page);
  await page.screenshot({ path: info.outputPath('profiles.png') });
  await page.keyboard.press('Control+b');
  await expect(page.getByRole('heading', { name: 'Lab', level: 1 })).toBeVisible();
  await page.keyboard.press('Control+j');
  await expect(page.getByRole('button', { name: 'Check connection' })).toBeVisible();
});

test('in the smallest window form and bench share a place, switched by key', async ({ opened }) => {
  const { page } = opened;
  await page.setViewportSize({ width: 900, height: 600 });
  await seedProfiles(opened, SEEDS);
  await profileRow(page, 'Lab').click();
  for (const name of IN_REACH) await expect(page.getByRole('button', { name, exact: true })).toBeInViewport();
  await expectNoSidewaysScroll(page);
  await page.keyboard.press('Control+j');
  await expect(page.getByRole('button', { name: 'Check connection' })).toBeInViewport();
  await expect(profileRow(page, 'Lab')).toBeInViewport();
  await expectAccessible(page);
});

test('columns are resized and folded by key, keep the focus, and are kept', async ({ opened, door }) => {
  const { page, home } = opened;
  await seedProfiles(opened, SEEDS);
  await profileRow(page, 'Lab').click();

  await test.step('by arrow keys on their edges', async () => {
    const before = await width(page, 'library');
    const edge = page.getByRole('separator', { name: 'Width of the library' });
    await edge.press('ArrowRight');
    await expect.poll(() => width(page, 'library')).toBe(Math.round(before) + 16);
    await edge.press('End');
    await expect(edge).toHaveAttribute('aria-valuenow', '480');
    const bench = page.getByRole('separator', { name: 'Width of the test bench' });
    await bench.press('Home');
    await expect.poll(() => width(page, 'bench')).toBe(320);
    await expectAccessible(page);
  });

  await test.step('folded away they leave a way back, where the focus goes', async () => {
    await profileRow(page, 'Lab').focus();
    await page.keyboard.press('Control+b');
    await expect(profileTree(page)).toBeHidden();
    await expect(page.getByRole('button', { name: 'Show the library' })).toBeFocused();
    await page.keyboard.press('Control+j');
    await expect(page.getByRole('region', { name: 'Test bench' })).toBeHidden();
    await expectAccessible(page);
  });

  await test.step('the search brings the library back, a test the bench', async () => {
    await page.keyboard.press('Control+f');
    await expect(page.getByRole('searchbox', { name: 'Search profiles' })).toBeFocused();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('region', { name: 'Test bench' })).toBeVisible();
  });

  await test.step('the sizes are in the preferences', async () => {
    test.skip(door !== 'browser', 'The desktop window keeps them with its bounds.');
    const file = join(home, 'preferences.json');
    const kept = () => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).layout : null);
    await expect.poll(kept).toEqual({ library: 480, bench: 320, isLibraryOpen: true, isBenchOpen: true });
  });
});
