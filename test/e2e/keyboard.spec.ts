import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './support/window.ts';

const NEW_PROFILE = { browser: 'Alt+n', desktop: 'Control+n' } as const;

async function fillProfile(page: Page, name: string) {
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('textbox', { name: 'Host' }).fill(`${name.toLowerCase()}.example`);
  await page.getByRole('textbox', { name: 'User name' }).fill('app@acme.example');
  await page.getByRole('textbox', { name: 'From address' }).fill('app@acme.example');
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('main').getByText('Saved', { exact: true })).toBeVisible();
}

test('the palette finds commands and profiles, and gives the focus back', async ({ opened, door }) => {
  const { page } = opened;
  const palette = page.getByRole('dialog', { name: 'Commands and profiles' });
  await page.getByRole('button', { name: 'New profile' }).waitFor();
  for (const name of ['Acme', 'Globex']) {
    await page.keyboard.press(NEW_PROFILE[door]);
    await fillProfile(page, name);
  }

  await test.step('a profile is opened by a few of its letters', async () => {
    await page.keyboard.press('Control+k');
    await expect(palette).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.type('acm');
    await expect(palette.getByRole('menuitem', { name: /^Acme/ })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await expect(palette).toBeHidden();
    await expect(page.getByRole('heading', { name: 'Acme', level: 1 })).toBeVisible();
  });

  await test.step('what was chosen last comes first', async () => {
    await page.keyboard.press('Control+k');
    await expect(palette.getByRole('menuitem').first()).toHaveAccessibleName(/^Acme/);
    await page.keyboard.press('Escape');
  });

  await test.step('a command acts on the open profile, and its keys stand beside it', async () => {
    const host = page.getByRole('textbox', { name: 'Host' });
    await host.fill('other.example');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('revert');
    await page.keyboard.press('Enter');
    await expect(host).toHaveValue('acme.example');
    await expect(host).toBeFocused();
  });

  await test.step('commands that make no sense now are not offered', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('revert');
    await expect(palette.getByText('Nothing matches.')).toBeVisible();
    await page.keyboard.press('Control+k');
    await expect(palette).toBeHidden();
  });

  await test.step('the focus is back where it was', async () => {
    await expect(page.getByRole('textbox', { name: 'Host' })).toBeFocused();
  });
});

test('the shortcuts work, and their list says the true ones', async ({ opened, door }) => {
  const { page } = opened;
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await page.getByRole('button', { name: 'New profile' }).waitFor();
  await page.keyboard.press(NEW_PROFILE[door]);
  await fillProfile(page, 'Acme');

  await page.keyboard.press('Control+f');
  await expect(page.getByRole('searchbox', { name: 'Search profiles' })).toBeFocused();
  await page.keyboard.type('?');
  await expect(sheet).toBeHidden();
  await page.keyboard.press('F6');
  await expect(page.getByRole('main').locator(':focus')).toBeVisible();
  await page.getByRole('button', { name: 'Duplicate' }).focus();
  await page.keyboard.press('?');
  await expect(sheet).toBeVisible();
  await expectAccessible(page);
  const keys = door === 'browser' ? 'Alt N' : 'Ctrl N';
  await expect(
    sheet
      .locator('div')
      .filter({ has: page.getByText('New profile') })
      .last(),
  ).toContainText(keys);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Duplicate' })).toBeFocused();
  await page.keyboard.press('Control+d');
  await expect(page.getByRole('heading', { name: 'Copy of Acme', level: 1 })).toBeVisible();
});
