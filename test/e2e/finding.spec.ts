import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './support/window.ts';

/** Opens the profile of a running practice server, tested once. */
async function openPractice(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Try it on this machine/ }).click();
  await expect(page.getByText('The connection works')).toBeVisible({ timeout: 15_000 });
}

test('a wrong security is found out by trying all ports, and mended from there', async ({ opened: { page } }) => {
  await openPractice(page);
  await page.getByRole('combobox', { name: 'Security' }).selectOption('tls');
  await page.getByRole('button', { name: 'Check connection' }).click();
  // The stored password belongs to another destination now.
  await page.getByRole('dialog').getByRole('textbox').fill('sesame-on-loopback');
  await page.getByRole('button', { name: 'Run with it' }).click();
  await expect(page.getByText('The check failed')).toBeVisible({ timeout: 15_000 });

  const bench = page.getByRole('complementary', { name: 'Test' });
  await bench.getByRole('button', { name: 'Find what works' }).click();
  const dialog = page.getByRole('dialog', { name: 'Which port and security work' });
  await expect(dialog.getByText('Safest')).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
  await dialog.getByRole('button', { name: /^Use port \d+, STARTTLS$/ }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('combobox', { name: 'Security' })).toHaveValue('starttls');
  await page.getByRole('button', { name: 'Check connection' }).click();
  await expect(page.getByText('The connection works')).toBeVisible({ timeout: 15_000 });
});

test('the relay check tells to where and as whom one may send', async ({ opened: { page } }) => {
  await openPractice(page);
  await page.getByRole('button', { name: 'Check relay and senders' }).click();
  const answers = page.getByRole('list', { name: 'Relay and senders' });
  await expect(answers.getByText('To another domain')).toBeVisible({ timeout: 15_000 });
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Practice server', exact: true }).click();
  await expect(page.getByText('Relaysmith test')).toHaveCount(0);
});

test('an address that leads to no server is told step by step, and a bad one is refused', async ({
  opened: { page },
}) => {
  await page.getByRole('button', { name: /Start from a mail address/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Find the settings of a mail server' });
  const about = dialog.getByRole('textbox', { name: 'Address, domain or host' });
  await about.fill('no such thing');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Enter a mail address, a domain or a host')).toBeVisible();
  // Addresses of this machine are looked for nowhere else.
  await about.fill('ada@localhost');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('No server for sending was found for ada@localhost.')).toBeVisible({ timeout: 30_000 });
  await expect(dialog.getByRole('list', { name: 'What was looked at' }).getByRole('listitem')).toHaveCount(5);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
});
