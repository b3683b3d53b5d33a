import type { Page } from '@playwright/test';
import { PRACTICE_PASSWORD } from '../../shared/practice.ts';
import { expect, expectAccessible, test } from './support/window.ts';

/** The row of one stage of the last run. */
const stage = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Stages' }).getByRole('button', { name: new RegExp(`^${name} `) });

test('from first start to a tested profile, a diagnosed fault, its fix, and an exported config', async ({ opened }) => {
  const { page } = opened;
  await expectAccessible(page);

  await test.step('the practice server gives a first profile and a first passed check', async () => {
    await page.getByRole('button', { name: /practice mail server/i }).click();
    await page.getByRole('button', { name: 'Check connection' }).click();
    await expect(page.getByRole('region', { name: 'Test bench' }).getByText('The connection works')).toBeVisible();
    await expect(stage(page, 'Sign-in')).toHaveAccessibleName(/Passed/);
    await expectAccessible(page);
  });

  await test.step('a wrong security setting is found, explained, and mended by its fix', async () => {
    const bench = page.getByRole('region', { name: 'Test bench' });
    await page.getByRole('combobox', { name: 'Security' }).selectOption({ label: 'TLS from the first byte' });
    await bench.getByRole('button', { name: 'Check connection' }).click();
    await test.step('the stored password does not follow to the changed destination', async () => {
      const prompt = page.getByRole('dialog', { name: 'A secret is needed for this run' });
      await prompt.getByRole('textbox', { name: 'Password' }).fill(PRACTICE_PASSWORD);
      await expectAccessible(page);
      await prompt.getByRole('button', { name: 'Run with it' }).click();
    });
    await expect(stage(page, 'TLS')).toHaveAccessibleName(/Failed/);
    await expect(stage(page, 'Sign-in')).toHaveCount(0);
    await expectAccessible(page);
    await bench
      .getByRole('button', { name: /STARTTLS/ })
      .first()
      .click();
    await expect(page.getByRole('combobox', { name: 'Security' })).toHaveValue('starttls');
    await bench.getByRole('button', { name: 'Check connection' }).click();
    await expect(bench.getByText('The connection works')).toBeVisible();
  });

  await test.step('a test message arrives in the inbox', async () => {
    await page.getByRole('button', { name: 'Send test message' }).click();
    await page.getByRole('dialog').getByRole('button', { name: /^Send/ }).click();
    await expect(stage(page, 'Message')).toHaveAccessibleName(/Passed/);
  });

  await test.step('the export shows Mattermost’s file', async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('"ConnectionSecurity": "STARTTLS"')).toBeVisible();
    await expectAccessible(page);
  });
});
