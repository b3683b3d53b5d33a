import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CANARY, expectNoCanary } from './support/canary.ts';
import { expect, expectAccessible, test } from './support/window.ts';

const CONFIG = JSON.stringify(
  {
    ServiceSettings: { SiteURL: 'https://chat.acme.example' },
    EmailSettings: {
      SendEmailNotifications: true,
      FeedbackName: 'Acme chat',
      FeedbackEmail: 'chat@acme.example',
      EnableSMTPAuth: true,
      SMTPUsername: 'chat@acme.example',
      SMTPPassword: CANARY,
      SMTPServer: 'mail.acme.example',
      SMTPPort: '587',
      ConnectionSecurity: 'STARTTLS',
      SkipServerCertificateVerification: false,
      Unknown: 'kept',
    },
  },
  null,
  4,
);

test('a pasted config becomes a profile, whose secret stays on its own side', async ({ opened }) => {
  const { page } = opened;
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByRole('textbox', { name: 'Or paste its text' }).fill(CONFIG);
  await dialog.getByRole('button', { name: 'Read it' }).click();
  await expect(dialog.getByText('mail.acme.example').first()).toBeVisible();
  await expect(dialog.getByText('EmailSettings.SMTPServer')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('combobox').filter({ hasText: 'session' }).selectOption('session');
  await dialog.getByRole('button', { name: 'Import 1 profile' }).click();
  await expect(page.getByRole('textbox', { name: 'Host' })).toHaveValue('mail.acme.example');
  await expect(page.getByText('Kept for this session only')).toBeVisible();
  await expectNoCanary(opened);
});

test('an export into an existing file changes only its mail settings and keeps a backup', async ({ opened }) => {
  const { page, home } = opened;
  const file = join(home, 'config.json');
  writeFileSync(file, CONFIG.replace(CANARY, ''));
  await page.getByRole('button', { name: 'New profile' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Acme');
  await page.getByRole('textbox', { name: 'Host' }).fill('relay.acme.example');
  await page.getByRole('textbox', { name: 'User name' }).fill('app@acme.example');
  await page.getByRole('textbox', { name: 'From address' }).fill('app@acme.example');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog', { name: /^Export/ });
  await dialog.getByRole('button', { name: 'Merge into a file' }).click();
  await page.getByRole('textbox', { name: 'Path' }).fill(file);
  await page.getByRole('textbox', { name: 'Path' }).press('Enter');
  await expect(dialog.getByText('"SMTPServer": "relay.acme.example"')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save to config.json' }).click();
  await expect.poll(() => readFileSync(file, 'utf8')).toContain('"SMTPServer": "relay.acme.example"');
  await expect(dialog.getByText(/The old file is kept as config.json/)).toBeVisible();
  const written = readFileSync(file, 'utf8');
  expect(JSON.parse(written)).toMatchObject({
    ServiceSettings: { SiteURL: 'https://chat.acme.example' },
    EmailSettings: { Unknown: 'kept', SMTPPort: '587' },
  });
});
