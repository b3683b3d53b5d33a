import { profileRow } from './support/profiles.ts';
import { expect, expectAccessible, test } from './support/window.ts';

test('a production profile says so, is found by it, and sends only by the button that names it', async ({ opened }) => {
  const { page } = opened;
  const bench = page.getByRole('region', { name: 'Test bench' });
  const environment = page.getByRole('combobox', { name: 'Environment', exact: true });

  await test.step('it is chosen in the form, and stored', async () => {
    await page.getByRole('button', { name: 'Practice server', exact: true }).click();
    await page.getByRole('button', { name: 'Start practice server' }).click();
    await page.getByRole('button', { name: 'Use this profile' }).click();
    await environment.selectOption({ label: 'Production' });
    await page.getByRole('button', { name: /^Save/ }).first().click();
    await expect(profileRow(page, 'Practice server')).toContainText('Production');
    await expect(page.getByRole('main').getByText('Production', { exact: true }).first()).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('the list is filtered by it', async () => {
    await page.getByRole('button', { name: 'Filter and sort' }).click();
    const filter = page.getByRole('dialog', { name: 'Filter and sort' });
    await filter.getByRole('combobox', { name: 'Environment' }).selectOption({ label: 'Production (1)' });
    await page.keyboard.press('Escape');
    await expect(profileRow(page, 'Practice server')).toBeVisible();
    await page.getByRole('button', { name: 'Remove the filter Environment: Production' }).click();
  });

  await test.step('Enter in the recipient goes to the button and sends nothing; the button sends', async () => {
    await bench.getByRole('button', { name: 'Send test message' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('This is a production profile.')).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole('textbox', { name: 'Recipient' }).press('Enter');
    await expect(dialog.getByRole('button', { name: 'Send from production' })).toBeFocused();
    await expect(bench.getByRole('button', { name: /^Message / })).toHaveCount(0);
    await page.keyboard.press('Enter');
    await expect(bench.getByRole('button', { name: /^Message .*Passed/ })).toBeVisible();
  });

  await test.step('without an environment nothing is left of it', async () => {
    await environment.selectOption({ label: 'Not said' });
    await bench.getByRole('button', { name: 'Send test message' }).click();
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true })).toBeVisible();
  });
});
