import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CANARY, expectNoCanary } from '../support/canary.ts';
import { startHost } from '../support/host.ts';
import { expect, expectAccessible, type Opened, test } from '../support/window.ts';

/** Files of kept edits in a data directory. */
function keptFiles(home: string): string[] {
  const directory = join(home, 'drafts');
  return existsSync(directory) ? readdirSync(directory) : [];
}

/** What is in them. */
function keptText(home: string): string {
  return keptFiles(home)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readFileSync(join(home, 'drafts', name), 'utf8'))
    .join();
}

async function typeProfile({ page, home }: Opened): Promise<void> {
  await page.getByRole('button', { name: 'New profile' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Acme');
  await page.getByRole('textbox', { name: 'Host' }).fill('mail.acme.example');
  await page.getByRole('textbox', { name: 'Port' }).fill('58x');
  await page.getByRole('textbox', { name: 'Password' }).fill(CANARY);
  await expect.poll(() => keptText(home)).toContain('"58x"');
}

test('unsaved changes outlive a crash of the window, without the typed password', async ({ opened, browser }) => {
  await typeProfile(opened);
  await expectNoCanary(opened);
  await opened.page.close({ runBeforeUnload: false });

  const host = await startHost(opened.home, { keepsHome: true });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(host.url);
  const offer = page.getByRole('region', { name: 'Unsaved changes' });
  await expect(offer).toContainText('Acme, a new profile that was not saved');
  await expectAccessible(page);
  await offer.getByRole('button', { name: 'Restore the changes of Acme' }).click();
  await expect(page.getByRole('textbox', { name: 'Host' })).toHaveValue('mail.acme.example');
  await expect(page.getByRole('textbox', { name: 'Password' })).toHaveValue('');
  await expect(page.getByText('The password typed then was not kept.')).toBeVisible();
  await expect(offer).toBeHidden();

  await page.getByRole('textbox', { name: 'Port' }).fill('587');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Duplicate' })).toBeVisible();
  await expect.poll(() => keptFiles(opened.home)).toEqual([]);
  await context.close();
  await host.stop();
});

test('a reload asks once, and the window then says how to come back to the changes', async ({ opened }) => {
  const { page, home } = opened;
  await typeProfile(opened);
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await page.reload();
  expect(asked).toEqual(['beforeunload']);
  await expect(page.getByRole('alertdialog')).toContainText('Unsaved changes are offered there again');
  expect(keptFiles(home)).toHaveLength(1);
});

test('discarded changes are gone, and a new profile that was walked away from is not', async ({ opened }) => {
  const { page, home } = opened;
  await typeProfile(opened);
  await page.getByRole('button', { name: 'Practice server' }).click();
  const waiting = page.getByRole('region', { name: 'Unsaved changes' });
  await expect(waiting).toContainText('Acme is not saved yet.');
  await expectAccessible(page);
  await waiting.getByRole('button', { name: 'Open Acme' }).click();
  await expect(page.getByRole('textbox', { name: 'Host' })).toHaveValue('mail.acme.example');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(waiting).toBeHidden();
  await expect.poll(() => keptFiles(home)).toEqual([]);
});

test('what is typed while a save runs stays an unsaved change', async ({ opened }) => {
  const { page } = opened;
  await page.getByRole('button', { name: 'New profile' }).click();
  const host = page.getByRole('textbox', { name: 'Host' });
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Acme');
  await host.fill('mail.acme.example');
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route('**/api/call', async (route) => {
    if ((route.request().postDataJSON() as { name: string }).name === 'profiles.create') await held;
    await route.fallback();
  });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saving')).toBeVisible();
  await host.fill('later.acme.example');
  goOn();
  await expect(page.getByRole('button', { name: 'Duplicate' })).toBeVisible();
  await expect(host).toHaveValue('later.acme.example');
  await expect(page.getByRole('main').getByText('Unsaved changes')).toBeVisible();
  await page.getByRole('button', { name: 'Revert' }).click();
  await expect(host).toHaveValue('mail.acme.example');
});
