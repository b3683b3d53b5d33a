import { expect, expectAccessible, test } from './support/window.ts';

test('a product is found by name or file, its limits lead to their fields, and its commands can be copied', async ({
  opened,
}) => {
  const { page } = opened;
  await page.getByRole('button', { name: 'New profile' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Acme');
  await page.getByRole('textbox', { name: 'Host' }).fill('mail.acme.example');
  await page.getByRole('textbox', { name: 'User name' }).fill('app@acme.example');
  await page.getByRole('textbox', { name: 'From address' }).fill('app@acme.example');
  await page.getByText('EHLO name, timeouts and proxy').click();
  await page.getByRole('textbox', { name: 'Connection timeout' }).fill('25');
  await page.getByText('EHLO name, timeouts and proxy').click();

  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export Acme' });
  const product = dialog.getByRole('combobox', { name: 'Product' });

  await test.step('by keyboard, from a list in groups', async () => {
    await product.press('ArrowDown');
    const list = page.getByRole('listbox');
    await expect(list.getByRole('group', { name: 'Monitoring and alerting' })).toBeVisible();
    await expectAccessible(page);
    await product.fill('nothing like it');
    await expect(page.getByText('No product or file of this name.')).toBeVisible();
    await product.fill('grafana.ini');
    await expect(list.getByRole('option').first()).toHaveAccessibleName('Grafana');
    await product.press('ArrowDown');
    await product.press('Enter');
    await expect(product).toHaveValue('Grafana');
    await expect(dialog.getByText('host = mail.acme.example:587')).toBeVisible();
  });

  await test.step('the commands stand one by one', async () => {
    await expect(dialog.getByRole('button', { name: 'Copy command' }).first()).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('a limit leads to its field, in a folded part too', async () => {
    await dialog.getByRole('button', { name: 'Go to the field Connection timeout' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('textbox', { name: 'Connection timeout' })).toBeFocused();
  });
});
