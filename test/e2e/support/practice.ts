import { expect, type Locator, type Page } from '@playwright/test';

/** The right column, where a profile is tested. */
export const benchOf = (page: Page): Locator => page.getByRole('region', { name: 'Test bench' });

/** Lets the practice server behave in a way, and opens its profile. A server that does not run yet is started. */
export async function openPracticeProfile(page: Page, scenario: string): Promise<void> {
  await page.getByRole('button', { name: 'Practice server', exact: true }).click();
  const state = page.getByRole('button', { name: /^(Start|Stop) practice server$/ });
  if ((await state.textContent())?.startsWith('Start')) await state.click();
  await expect(state).toHaveText('Stop practice server');
  await page.getByRole('searchbox', { name: 'Search scenarios' }).fill(scenario);
  await page.getByText(scenario, { exact: true }).click();
  await expect(page.getByRole('radio', { name: new RegExp(`^${scenario}`) })).toBeChecked();
  await page.getByRole('button', { name: 'Use this profile' }).click();
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible();
}
