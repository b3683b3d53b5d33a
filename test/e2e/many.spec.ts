import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { zipOf } from '../support/zip.ts';
import { CANARY, expectNoCanary } from './support/canary.ts';
import { expect, expectAccessible, type Opened, test } from './support/window.ts';

const PASSPHRASE = 'Canary battery staple 9';

const LOOKS = [
  ['dark', 900, 600],
  ['light', 1440, 900],
] as const;

const mattermost = (host: string) =>
  JSON.stringify({
    EmailSettings: {
      EnableSMTPAuth: true,
      SMTPUsername: 'chat@acme.example',
      SMTPPassword: CANARY,
      SMTPServer: host,
      SMTPPort: '587',
      ConnectionSecurity: 'STARTTLS',
      FeedbackEmail: 'chat@acme.example',
    },
  });

/** Looks at an open dialog as it is at its widest and at its narrowest, with axe each time. */
async function look(page: Page, name: string, shot: (name: string) => string): Promise<void> {
  for (const [colorScheme, width, height] of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height });
    await expectAccessible(page);
    await page.screenshot({ path: shot(`${name}-${colorScheme}-${width}.png`) });
  }
}

async function command(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').locator('input').fill(name);
  await page.keyboard.press('Enter');
}

/** Drops files on the window, as a person does from a file manager. */
async function drop(page: Page, files: { name: string; bytes: Buffer }[]): Promise<void> {
  const data = files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') }));
  await page.evaluate((given) => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of given) {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
    }
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true, bubbles: true }));
  }, data);
}

async function importZip(opened: Opened, storage: string): Promise<void> {
  const { page } = opened;
  const zip = zipOf([
    { name: 'chat/config.json', content: mattermost('mail.acme.example') },
    { name: 'staging/config.json', content: mattermost('mail.staging.example') },
    { name: 'readme.txt', content: 'Nothing' },
    { name: '../evil.json', content: mattermost('evil.example') },
  ]);
  await page.getByRole('button', { name: 'New profile' }).waitFor();
  await drop(page, [{ name: 'customer.zip', bytes: zip }]);
  const dialog = page.getByRole('dialog', { name: 'Import several' });
  await expect(dialog.getByText('2 of 4 files understood')).toBeVisible();
  await dialog.getByRole('combobox', { name: 'Keep secrets' }).selectOption(storage);
}

test('a dropped archive is understood file by file, and stored as chosen', async ({ opened }, info) => {
  const { page } = opened;
  await importZip(opened, 'session');
  const dialog = page.getByRole('dialog', { name: 'Import several' });
  await dialog.getByText('2 files were not read').click();
  await expect(dialog.getByText('its name points out of the archive')).toBeVisible();
  await look(page, 'import-many', (name) => info.outputPath(name));
  await dialog.getByRole('textbox', { name: /staging/ }).fill('Staging chat');
  await dialog.getByRole('button', { name: 'Import 2 profiles' }).click();
  await expect(page.getByRole('treeitem', { name: /Staging chat/ })).toBeVisible();
  await expectNoCanary(opened);
});

test('a folder is read from its path', async ({ opened }) => {
  const { page, home } = opened;
  const folder = join(home, 'customer');
  mkdirSync(folder);
  writeFileSync(join(folder, 'config.json'), mattermost('mail.acme.example').replace(CANARY, ''));
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Choose a folder' }).click();
  await page.getByRole('textbox', { name: 'Path of the folder' }).fill(folder);
  await page.getByRole('textbox', { name: 'Path of the folder' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Import several' });
  await dialog.getByRole('button', { name: 'Import 1 profile' }).click();
  await expect(page.getByRole('textbox', { name: 'Host' })).toHaveValue('mail.acme.example');
});

test('several profiles go to several products in one folder', async ({ opened }, info) => {
  const { page, home } = opened;
  await importZip(opened, 'leave-out');
  await page.getByRole('button', { name: 'Import 2 profiles' }).click();
  await command(page, 'Export several');
  const dialog = page.getByRole('dialog', { name: 'Export several' });
  await dialog.getByRole('button', { name: 'Select all' }).first().click();
  const products = dialog.getByRole('group', { name: 'Products' });
  await dialog.getByRole('searchbox', { name: 'Search products' }).fill('gra');
  await products.getByRole('checkbox', { name: /^Grafana grafana/ }).check();
  await dialog.getByRole('searchbox', { name: 'Search products' }).fill('');
  await products.getByRole('checkbox', { name: /^Mattermost/ }).check();
  await expect(dialog.getByRole('heading', { name: '4 files' })).toBeVisible();
  await look(page, 'export-many', (name) => info.outputPath(name));
  const folder = join(home, 'settings');
  mkdirSync(folder);
  writeFileSync(join(folder, 'manifest.json'), 'mine');
  await dialog.getByRole('button', { name: 'Choose a folder' }).click();
  await dialog.getByRole('textbox', { name: 'Path of the folder' }).fill(folder);
  await dialog.getByRole('button', { name: 'Export here' }).click();
  await expect(dialog.getByText('Nothing was written')).toBeVisible();
  expect(readdirSync(folder)).toEqual(['manifest.json']);
  await look(page, 'export-many-exists', (name) => info.outputPath(name));
  await dialog.getByRole('button', { name: 'Replace them' }).click();
  await expect(dialog.getByText('Wrote 4 files and manifest.json to settings.')).toBeVisible();
  await look(page, 'export-many-done', (name) => info.outputPath(name));
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    complete: boolean;
    files: object[];
  };
  expect(manifest).toMatchObject({ complete: true, secrets: 'leave-out' });
  expect(readdirSync(folder).filter((name) => name.endsWith('.bak'))).toHaveLength(1);
});

test('a bundle carries profiles and secrets, encrypted, and is opened beside what is there', async ({
  opened,
}, info) => {
  const { page, home } = opened;
  await importZip(opened, 'session');
  await page.getByRole('button', { name: 'Import 2 profiles' }).click();
  await command(page, 'Save a bundle');
  const saving = page.getByRole('dialog', { name: 'Save a bundle' });
  await saving.getByRole('button', { name: 'Select all' }).click();
  await saving.getByRole('switch', { name: /^With secrets/ }).check();
  await saving.getByLabel('Passphrase', { exact: true }).fill('Password1');
  await expect(saving.getByText(/^Weak/)).toBeVisible();
  await saving.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await saving.getByLabel('The same again', { exact: true }).fill(`${PASSPHRASE}x`);
  await expect(saving.getByText('The two are not the same.')).toBeVisible();
  await look(page, 'save-bundle', (name) => info.outputPath(name));
  await saving.getByLabel('The same again', { exact: true }).fill(PASSPHRASE);
  const file = join(home, 'all.relaysmith');
  await saving.getByRole('button', { name: 'Save bundle' }).click();
  await saving.getByRole('textbox', { name: 'Path to write to' }).fill(file);
  await saving.getByRole('textbox', { name: 'Path to write to' }).press('Enter');
  await expect(saving.getByText('2 secrets are inside, encrypted.')).toBeVisible();
  await look(page, 'save-bundle-done', (name) => info.outputPath(name));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await page.keyboard.press('Escape');

  // Changed since: the conflict shows what differs.
  await page.getByRole('treeitem', { name: /staging/ }).click();
  await page.getByRole('textbox', { name: 'Host' }).fill('new.staging.example');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();

  await drop(page, [{ name: 'all.relaysmith', bytes: readFileSync(file) }]);
  const opening = page.getByRole('dialog', { name: 'Open a bundle' });
  await opening.getByLabel('Passphrase of the bundle').fill('not this one');
  await opening.getByLabel('Passphrase of the bundle').press('Enter');
  await expect(opening.getByText('does not open the bundle')).toBeVisible();
  await look(page, 'open-bundle-passphrase', (name) => info.outputPath(name));
  await opening.getByLabel('Passphrase of the bundle').fill(PASSPHRASE);
  await opening.getByLabel('Passphrase of the bundle').press('Enter');
  await expect(opening.getByRole('cell', { name: 'new.staging.example' })).toBeVisible();
  await look(page, 'open-bundle', (name) => info.outputPath(name));
  await opening.getByRole('combobox', { name: 'Keep secrets' }).selectOption('session');
  const staging = opening.getByRole('region', { name: /staging/ });
  await staging
    .getByRole('radio', { name: 'Replace' })
    .or(staging.getByRole('button', { name: 'Replace' }))
    .click();
  await opening.getByRole('button', { name: 'Take 2 profiles' }).click();
  await expect(page.getByText('Added 1 profile. Replaced 1 profile.')).toBeVisible();
  await expect(page.getByRole('treeitem')).toHaveCount(3);
  await expectNoCanary(opened);
  expect(await opened.seen()).not.toContain(PASSPHRASE);
  expect(readFileSync(file, 'utf8')).not.toContain(CANARY);
});
