import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { appErrorOf } from '../../../shared/errors.ts';
import { fail } from '../../../shared/result.ts';
import { startHost } from '../support/host.ts';
import { expect, expectAccessible, test } from '../support/window.ts';

const FAILURE = fail(appErrorOf('STORAGE_FAILED', { file: 'library.json', detail: 'the disk reported an error' }));

/** Answers one request with a failure, as a broken disk would, until it is told to stop. */
async function breakRequest(page: Page, name: string): Promise<() => Promise<void>> {
  const stop = async () => page.unroute('**/api/call');
  await page.route('**/api/call', (route) => {
    const body = route.request().postDataJSON() as { name: string };
    return body.name === name ? route.fulfill({ json: FAILURE }) : route.fallback();
  });
  return stop;
}

/** A host and a page of its own, for tests in which the window is to meet errors. */
async function openOwn(browser: Browser) {
  const host = await startHost();
  const context = await browser.newContext();
  const close = async () => {
    await context.close();
    await host.stop();
  };
  return { host, page: await context.newPage(), close };
}

test('a screen whose answer fails says so and never that it is empty; another try mends it', async ({ opened }) => {
  const { page } = opened;
  const mend = await breakRequest(page, 'profiles.trash');
  await page.getByRole('button', { name: 'Trash', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('could not be written: the disk reported an error');
  await expect(page.getByText('The trash is empty.')).toBeHidden();
  await expectAccessible(page);
  await mend();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('The trash is empty.')).toBeVisible();
});

test('a list of profiles that cannot be read is no empty library', async ({ browser }) => {
  const { host, page, close } = await openOwn(browser);
  const mend = await breakRequest(page, 'profiles.list');
  await page.goto(host.url);
  const list = page.getByRole('navigation', { name: 'Library' });
  await expect(list.getByRole('alert')).toContainText('library.json');
  await expect(list.getByText('No profiles yet.')).toBeHidden();
  await expectAccessible(page);
  await mend();
  await list.getByRole('button', { name: 'Try again' }).click();
  await expect(list.getByText('No profiles yet.')).toBeVisible();
  await expect(page.getByRole('button', { name: /practice mail server/i })).toBeVisible();
  await close();
});

test('a window whose host has gone says so, and comes back when it answers', async ({ browser }) => {
  const { host, page, close } = await openOwn(browser);
  await page.goto(host.url);
  await page.getByRole('button', { name: 'New profile' }).click();
  await page.getByRole('textbox', { name: 'Host' }).fill('mail.acme.example');
  await page.route('**/api/call', (route) => route.abort('connectionrefused'));
  await page.getByRole('button', { name: 'Trash', exact: true }).click();
  const cover = page.getByRole('alertdialog', { name: 'Relaysmith does not answer' });
  await expect(cover).toContainText('What you typed is still here.');
  await expectAccessible(page);
  await page.unroute('**/api/call');
  await cover.getByRole('button', { name: 'Try again' }).click();
  await expect(cover).toBeHidden();
  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: /^Open/ }).click();
  await expect(page.getByRole('textbox', { name: 'Host' })).toHaveValue('mail.acme.example');
  await close();
});

test('a damaged library can be read about, restored from a backup, and never written over', async ({ browser }) => {
  const { host: first, page, close } = await openOwn(browser);
  await page.goto(first.url);
  for (const name of ['Acme', 'Globex']) {
    await page.getByRole('button', { name: 'New profile' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    await page.getByRole('textbox', { name: 'Host' }).fill('mail.example.com');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Duplicate' })).toBeVisible();
  }
  const file = join(first.home, 'library.json');
  const damaged = readFileSync(file, 'utf8').slice(0, 200);
  writeFileSync(file, damaged);

  const second = await startHost(first.home, { keepsHome: true });
  await page.goto('about:blank');
  await page.goto(second.url);
  await expect(page.getByText('The library is damaged and cannot be changed.')).toBeVisible();
  await page.getByRole('button', { name: 'New profile' }).click();
  await expect(page.getByText(/^Changes cannot be saved now/)).toBeVisible();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Third');
  await page.getByRole('textbox', { name: 'Host' }).fill('mail.example.com');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Restore a backup first.');
  await expectAccessible(page);
  expect(readFileSync(file, 'utf8')).toBe(damaged);

  await page.getByRole('button', { name: 'Restore a backup' }).click();
  const dialog = page.getByRole('dialog');
  await expectAccessible(page);
  await dialog
    .getByRole('button', { name: /^Restore the backup of/ })
    .first()
    .click();
  await expect(page.getByText('The backup was restored.')).toBeVisible();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Duplicate' })).toBeVisible();
  await second.stop();
  await close();
});
