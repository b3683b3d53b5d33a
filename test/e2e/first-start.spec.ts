import { expect, expectAccessible, test } from './support/window.ts';

test('from first start to a tested profile, a diagnosed fault, its fix, and an exported config', async ({ opened }) => {
  const { page } = opened;
  await expectAccessible(page);

  await test.step('the practice server gives a first profile and a first passed check', async () => {
    await page.getByRole('button', { name: /practice mail server/i }).click();
    await expect(page.getByRole('region', { name: 'Test bench' }).getByText('The connection works')).toBeVisible();
    await expect(
      page.getByRole('list', { name: 'Stages' }).getByRole('button', { name: /^Sign-in .*Passed/ }),
    ).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('a wrong security setting is found, explained, and mended by its fix', async () => {
    await page.getByRole('combobox', { name: 'Security' }).selectOption({ label: 'TLS from the first byte' });
    await page.getByRole('button', { name: 'Check connection' }).click();
    await expect(
      page.getByRole('list', { name: 'Stages' }).getByRole('button', { name: /^TLS .*Failed/ }),
    ).toBeVisible();
    await expectAccessible(page);
    await page
      .getByRole('region', { name: 'Test bench' })
      .getByRole('button', { name: /STARTTLS/ })
      .first()
      .click();
    await expect(page.getByRole('combobox', { name: 'Security' })).toHaveValue('starttls');
    await page.getByRole('button', { name: 'Check connection' }).click();
    await expect(page.getByText('The connection works')).toBeVisible();
  });

  await test.step('a test message arrives in the inbox', async () => {
    await page.getByRole('button', { name: 'Send test message' }).click();
    await page.getByRole('dialog').getByRole('button', { name: /^Send/ }).click();
    await expect(
      page.getByRole('list', { name: 'Stages' }).getByRole('button', { name: /^Message .*Passed/ }),
    ).toBeVisible();
  });

  await test.step('the export shows Mattermost’s file', async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('"ConnectionSecurity": "STARTTLS"')).toBeVisible();
    await expectAccessible(page);
  });
});
