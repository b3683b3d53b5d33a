import { CANARY, expectNoCanary } from './support/canary.ts';
import { profileRow, profileTree } from './support/profiles.ts';
import { expect, expectAccessible, test } from './support/window.ts';

test('a profile is made, mended, saved, found, copied, deleted and restored', async ({ opened }) => {
  const { page } = opened;
  const list = profileTree(page);

  await test.step('saving an incomplete profile names the fields and goes to the first', async () => {
    await page.getByRole('button', { name: 'New profile' }).click();
    await page.getByRole('textbox', { name: 'Port' }).fill('70000');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
    await expect(page.getByText('Give the profile a name.').first()).toBeVisible();
    await expect(page.getByText('Ports end at 65535.').first()).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('advice stands beside its field and mends it by one click', async () => {
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Acme production');
    await page.getByRole('textbox', { name: 'Host' }).fill('mail.acme.example');
    await page.getByRole('textbox', { name: 'Port' }).fill('465');
    await page.getByRole('textbox', { name: 'User name' }).fill('app@acme.example');
    await page.getByRole('textbox', { name: 'Password' }).fill(CANARY);
    await page.getByText('This session only').click();
    await page.getByRole('button', { name: 'Switch to TLS' }).click();
    await expect(page.getByRole('combobox', { name: 'Security' })).toHaveValue('tls');
    await page.getByRole('button', { name: 'Use the user name' }).click();
    await expect(page.getByRole('textbox', { name: 'From address' })).toHaveValue('app@acme.example');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Kept for this session only')).toBeVisible();
  });

  await test.step('edits can be taken back', async () => {
    await page.getByRole('textbox', { name: 'Host' }).fill('other.acme.example');
    await expect(page.getByRole('main').getByText('Unsaved changes')).toBeVisible();
    await page.getByRole('button', { name: 'Revert' }).click();
    await expect(page.getByRole('textbox', { name: 'Host' })).toHaveValue('mail.acme.example');
  });

  await test.step('a copy has its own name, and search finds either', async () => {
    await page.getByRole('button', { name: 'Duplicate' }).click();
    await expect(list.getByRole('treeitem')).toHaveCount(2);
    await page.getByRole('searchbox', { name: 'Search profiles' }).fill('copy');
    await expect(list.getByRole('treeitem')).toHaveCount(1);
    await page.getByRole('searchbox', { name: 'Search profiles' }).fill('');
  });

  await test.step('a deleted profile comes back by undo, and from the trash', async () => {
    await page.getByRole('button', { name: 'Delete profile' }).click();
    await expect(list.getByRole('treeitem')).toHaveCount(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(list.getByRole('treeitem')).toHaveCount(2);
    await profileRow(page, 'Acme production').click();
    await page.getByRole('button', { name: 'Delete profile' }).click();
    await page.getByRole('button', { name: 'Trash' }).click();
    await expectAccessible(page);
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Acme production' })
      .getByRole('button', { name: /^Restore/ })
      .click();
    await expect(list.getByRole('treeitem')).toHaveCount(2);
  });

  await expectNoCanary(opened);
});
