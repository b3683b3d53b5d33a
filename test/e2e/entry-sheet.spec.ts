import { CANARY, expectNoCanary } from './support/canary.ts';
import { expect, expectAccessible, test } from './support/window.ts';

const config = (host: string) =>
  JSON.stringify({
    EmailSettings: {
      FeedbackEmail: 'chat@acme.example',
      EnableSMTPAuth: true,
      SMTPUsername: 'chat@acme.example',
      SMTPPassword: CANARY,
      SMTPServer: host,
      SMTPPort: '587',
      ConnectionSecurity: 'STARTTLS',
    },
  });

test('a form is filled in field by field, and a file updates the profile after its changes were shown', async ({
  opened,
}) => {
  const { page } = opened;
  const importing = page.getByRole('dialog', { name: 'Import' });
  const read = async (host: string) => {
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await importing.getByRole('textbox', { name: 'Or paste its text' }).fill(config(host));
    await importing.getByRole('button', { name: 'Read it' }).click();
  };

  await test.step('the profile, its secret kept for the session', async () => {
    await read('mail.acme.example');
    await importing.getByRole('textbox', { name: 'Name' }).fill('Acme chat');
    await importing.getByRole('combobox', { name: 'Keep secrets' }).selectOption('session');
    await importing.getByRole('button', { name: 'Import 1 profile' }).click();
    await expect(page.getByRole('textbox', { name: 'Host' })).toHaveValue('mail.acme.example');
  });

  await test.step('the sheet shows each field, and never the secret', async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Export Acme chat' });
    const product = dialog.getByRole('combobox', { name: 'Product' });
    await product.fill('ZeroThreat');
    await product.press('ArrowDown');
    await product.press('Enter');
    await dialog.getByRole('combobox', { name: 'Form' }).selectOption('sheet');
    const sheet = dialog.getByRole('region', { name: 'Entry sheet' });
    await expect(sheet.getByRole('listitem')).toHaveCount(7);
    await expect(sheet.getByRole('button', { name: 'Copy Host' })).toBeVisible();
    await expectAccessible(page);
    // The host of these tests has no screen, and says so instead of claiming that something was copied.
    await sheet.getByRole('button', { name: 'Copy Password' }).click();
    await expect(sheet.getByText(/Relaysmith runs without a screen here/)).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('an update shows each change, takes the chosen ones, and says what becomes of the secret', async () => {
    await read('relay.acme.example');
    await importing.getByRole('combobox', { name: 'Import as' }).selectOption({ label: 'Update of Acme chat' });
    const host = importing.getByRole('row', { name: /Host/ });
    await expect(host).toContainText('mail.acme.example');
    await expect(host).toContainText('relay.acme.example');
    await importing.getByRole('combobox', { name: 'Keep secrets' }).selectOption('leave-out');
    await expect(importing.getByText(/It is not sent to the new one/)).toBeVisible();
    await expectAccessible(page);
    await importing.getByRole('button', { name: 'Update 1 profile' }).click();
    await expect(page.getByRole('textbox', { name: 'Host' })).toHaveValue('relay.acme.example');
  });
  await expectNoCanary(opened);
});
