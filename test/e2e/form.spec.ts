import { expect, expectAccessible, test } from './support/window.ts';

test('each field says what products call it, and what the chosen product cannot take of it', async ({ opened }) => {
  const { page } = opened;
  await page.getByRole('button', { name: 'New profile' }).click();
  const host = page.getByRole('textbox', { name: 'Host' });
  await host.fill('mail.acme.example');

  await test.step('by key, for the field that has the focus, and the focus goes back', async () => {
    await host.press('F1');
    const names = page.getByRole('dialog', { name: 'Host, in other products' });
    await expect(names.getByText('SMTPServer', { exact: true })).toBeVisible();
    await expect(names.getByText('in EmailSettings')).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(names).toBeHidden();
    await expect(host).toBeFocused();
  });

  await test.step('beside every field once a product is chosen', async () => {
    await page.getByRole('combobox', { name: 'Names of' }).selectOption({ label: 'Mattermost' });
    await expect(host).toHaveAccessibleDescription(/SMTPServer/);
    await page.getByRole('textbox', { name: 'From address' }).fill('app@acme.example');
    await page.getByText('Replies, bounces, copies and headers').click();
    await page.getByRole('textbox', { name: 'Envelope sender' }).fill('bounce@acme.example');
    await expect(page.getByText('Mattermost has no envelope sender.')).toBeVisible();
    await expectAccessible(page);
  });
});

test('errors show after a field is left, are counted in the index, and a save leads to the first', async ({
  opened,
}) => {
  const { page } = opened;
  await page.getByRole('button', { name: 'New profile' }).click();
  const port = page.getByRole('textbox', { name: 'Port' });
  const index = page.getByRole('list', { name: 'Sections of the form' });

  await port.fill('58x');
  await expect(port).not.toHaveAttribute('aria-invalid', 'true');
  await port.blur();
  await expect(port).toHaveAttribute('aria-invalid', 'true');
  await expect(index.getByRole('button', { name: 'Server, 1 error' })).toBeVisible();
  await port.fill('587');
  await expect(port).not.toHaveAttribute('aria-invalid', 'true');

  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  const summary = page.getByRole('alert').filter({ hasText: 'fields need a correction' });
  await summary.getByRole('button', { name: 'Host' }).click();
  await expect(page.getByRole('textbox', { name: 'Host' })).toBeFocused();
  await expect(index.getByRole('button', { name: /^Server, 2 errors/ })).toBeVisible();
  await expectAccessible(page);
});

test('a typed password can be shown, and is masked again when it is left', async ({ opened }) => {
  const { page } = opened;
  await page.getByRole('button', { name: 'New profile' }).click();
  const password = page.getByLabel('Password', { exact: true }).and(page.locator('input'));
  await expect(page.getByRole('button', { name: 'Show password' })).toBeHidden();
  await password.fill('seen-once');
  await page.getByRole('button', { name: 'Show password' }).click();
  await expect(password).toHaveAttribute('type', 'text');
  await page.getByRole('textbox', { name: 'From address' }).focus();
  await expect(password).toHaveAttribute('type', 'password');
  await expectAccessible(page);
});
