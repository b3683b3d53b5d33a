import { expect, expectAccessible, test } from '../support/window.ts';

test('without a keychain a secret is kept for the session, and the steps for this machine are at hand', async ({
  opened,
}) => {
  const { page } = opened;
  await page.getByRole('button', { name: 'New profile' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Acme');
  await page.getByRole('textbox', { name: 'Host' }).fill('mail.acme.example');
  await page.getByRole('textbox', { name: 'User name' }).fill('app@acme.example');
  await page.getByLabel('Password', { exact: true }).and(page.locator('input')).fill('typed');
  await page.getByRole('button', { name: 'Save', exact: true }).click();

  await test.step('a refused save says why and what can be done', async () => {
    const trouble = page.getByRole('alert').filter({ hasText: 'keychain' });
    await trouble.getByRole('button', { name: 'How to store secrets on this machine' }).click();
    const steps = page.getByRole('dialog', { name: 'How to store secrets on this machine' });
    await expect(steps.getByRole('listitem').first()).toBeVisible();
    await expectAccessible(page);
    await steps.getByRole('button', { name: 'Check the keychain' }).click();
    await expect(steps.getByRole('button', { name: 'Check the keychain' })).toBeEnabled();
    await page.keyboard.press('Escape');
  });

  await test.step('the field says where it goes instead, with the same steps', async () => {
    await expect(page.getByText(/kept until Relaysmith closes and is not written to disk/)).toBeVisible();
    await page.getByText('How to store secrets on this machine').first().click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Keep secrets for this session and save' }).click();
    await expect(page.getByText('Kept for this session only')).toBeVisible();
  });
});
