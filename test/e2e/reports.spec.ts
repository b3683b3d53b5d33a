import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './support/window.ts';

/** Lets the practice server behave in a way, and checks its profile. */
async function checkAgainst(page: Page, scenario: string, outcome: string): Promise<void> {
  const bench = page.getByRole('region', { name: 'Test bench' });
  await page.getByRole('button', { name: 'Practice server', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Search scenarios' }).fill(scenario);
  await page.getByText(scenario, { exact: true }).click();
  await expect(page.getByRole('radio', { name: new RegExp(`^${scenario}`) })).toBeChecked();
  await page.getByRole('button', { name: 'Use this profile' }).click();
  await bench.getByRole('button', { name: 'Check connection' }).click();
  await expect(bench.getByText(outcome)).toBeVisible();
}

/** Saves what the open dialog offers to a file. */
async function saveTo(page: Page, path: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog.getByRole('textbox').fill(path);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog.getByText(/^Saved /)).toBeVisible();
}

test('earlier runs are kept, compared and saved, and many profiles are checked at once', async ({ opened, door }) => {
  test.skip(door === 'desktop', 'Paths are typed in the browser only.');
  const { page, home } = opened;
  const bench = page.getByRole('region', { name: 'Test bench' });
  await page.getByRole('button', { name: 'Practice server', exact: true }).click();
  await page.getByRole('button', { name: 'Start practice server' }).click();
  await checkAgainst(page, 'All well', 'The connection works');
  await checkAgainst(page, 'Expired certificate', 'The check failed');

  await test.step('what stands out against the run before is said', async () => {
    await expect(bench.getByText('It passed, and fails at Certificate now.')).toBeVisible();
    await bench.getByText('Earlier runs').click();
    const runs = bench.getByRole('list', { name: 'Earlier runs' }).getByRole('listitem');
    await expect(runs).toHaveCount(2);
    await expect(runs.first()).toContainText('Failed, Certificate');
    await expectAccessible(page);
    await runs.nth(0).getByRole('checkbox').check();
    await runs.nth(1).getByRole('checkbox').check();
    await bench.getByRole('button', { name: 'Compare', exact: true }).last().click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('row', { name: /^Certificate differs/ })).toContainText('Failed');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
  });

  await test.step('the report is saved, masked', async () => {
    await bench.getByRole('button', { name: 'Save report' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('region', { name: 'What will be in it' })).toContainText('127.0.0.1');
    await dialog.getByRole('switch', { name: 'Mask who it is about' }).check();
    await expect(dialog.getByRole('region', { name: 'What will be in it' })).not.toContainText('127.0.0.1');
    await expectAccessible(page);
    await saveTo(page, join(home, 'report.html'));
    await page.keyboard.press('Escape');
    const text = readFileSync(join(home, 'report.html'), 'utf8');
    expect(text).toMatch(/^<!doctype html>/);
    expect(text).not.toContain('127.0.0.1');
  });

  await test.step('many are checked, and the table is saved', async () => {
    await page.keyboard.press('Control+K');
    const search = page.getByPlaceholder('Search commands and profiles');
    await expect(search).toBeFocused();
    await search.fill('check many');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Check 1 profile', exact: true }).click();
    const table = page.getByRole('table', { name: 'Results' });
    await expect(table.getByRole('row', { name: /^Failed Practice server/ })).toContainText('Certificate');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save result' }).click();
    await expectAccessible(page);
    await saveTo(page, join(home, 'result.csv'));
    await page.keyboard.press('Escape');
    expect(readFileSync(join(home, 'result.csv'), 'utf8')).toContain('Practice server,127.0.0.1,');
    await table.getByRole('button', { name: 'Practice server' }).click();
    await expect(bench.getByText('Earlier runs')).toBeVisible();
    expect(existsSync(join(home, 'history'))).toBe(true);
  });
});
