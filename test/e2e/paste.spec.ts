import type { Locator } from '@playwright/test';
import { CANARY, expectNoCanary } from './support/canary.ts';
import { expect, expectAccessible, test } from './support/window.ts';

const GRAFANA = `[smtp]
enabled = true
host = mail.acme.example:465
user = app@acme.example
password = ${CANARY}
from_address = app@acme.example
from_name = Acme
`;

/** Pastes as the clipboard would; a headless browser has none. */
async function paste(field: Locator, text: string): Promise<void> {
  await field.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

test('a product’s file pasted as host fills the form, with a diff, a way back, and its secret unseen', async ({
  opened,
}) => {
  const { page } = opened;
  await page.getByRole('button', { name: 'New profile' }).click();
  const host = page.getByRole('textbox', { name: 'Host' });
  const username = page.getByRole('textbox', { name: 'User name' });
  await paste(host, GRAFANA);

  await test.step('every value is in its field', async () => {
    await expect(host).toHaveValue('mail.acme.example');
    await expect(page.getByRole('textbox', { name: 'Port' })).toHaveValue('465');
    await expect(username).toHaveValue('app@acme.example');
    await expect(page.getByText(/From the file that was read/)).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'Names of' })).toHaveValue('grafana');
  });

  await test.step('the note says what changed and where it came from', async () => {
    await page.getByText('What changed').click();
    await expect(page.getByRole('rowheader', { name: 'User name smtp.user' })).toBeVisible();
    await expect(page.getByText('Password: taken along, not shown')).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('taking it back leaves what was edited since', async () => {
    await username.fill('other@acme.example');
    await page.getByRole('button', { name: 'Take it back' }).click();
    await expect(host).toHaveValue('');
    await expect(username).toHaveValue('other@acme.example');
    await expect(page.getByText(/From the file that was read/)).toBeHidden();
  });

  await test.step('the secret of the file is stored with the profile and was never seen here', async () => {
    await username.fill('');
    await paste(host, GRAFANA);
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Acme');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const forSession = page.getByRole('button', { name: 'Keep secrets for this session and save' });
    const saved = page.getByText('Kept for this session only');
    await expect(forSession.or(saved)).toBeVisible();
    if (await forSession.isVisible()) await forSession.click();
    await expect(saved).toBeVisible();
    await expectNoCanary(opened);
  });
});

test('a pasted address fills the form; text that nobody knows changes nothing and says so', async ({ opened }) => {
  const { page } = opened;
  await page.getByRole('button', { name: 'New profile' }).click();
  const host = page.getByRole('textbox', { name: 'Host' });
  await paste(host, '{"colour": "teal"}');
  await expect(page.getByText(/No known product’s mail settings/)).toBeVisible();
  await expect(host).toHaveValue('');
  await expectAccessible(page);

  await paste(host, 'smtps://app%40acme.example:typed@mail.acme.example');
  await expect(host).toHaveValue('mail.acme.example');
  await expect(page.getByText(/fields were filled in from the pasted address/)).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Security' })).toHaveValue('tls');
});
