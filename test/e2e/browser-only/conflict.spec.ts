import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, expectAccessible, test } from '../support/window.ts';

const bin = resolve(import.meta.dirname, '../../../bin/relaysmith.js');

test('a profile that was changed elsewhere meanwhile loses neither version', async ({ opened }) => {
  const { page, home } = opened;
  await page.getByRole('button', { name: 'New profile' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Acme');
  await page.getByRole('textbox', { name: 'Host' }).fill('mail.acme.example');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Duplicate' })).toBeVisible();

  execFileSync(process.execPath, [bin, 'edit', 'Acme', '--port', '2525', '--home', home]);

  await page.getByRole('textbox', { name: 'Host' }).fill('relay.acme.example');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Someone else changed this profile' });
  await expect(dialog.getByText('relay.acme.example')).toBeVisible();
  await expect(dialog.getByText('2525')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Keep mine' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Host' })).toHaveValue('relay.acme.example');
});
