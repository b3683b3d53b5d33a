import { profileRow, profileTree, seedMany, seedProfiles } from './support/profiles.ts';
import { expect, expectAccessible, test } from './support/window.ts';

const SEEDS = [
  { name: 'Acme production', organization: 'Acme' },
  { name: 'Acme staging', organization: 'Acme' },
  { name: 'Globex relay', organization: 'Globex', status: 'inactive' },
  { name: 'Lab' },
] as const;

test('the list is searched, filtered, sorted, folded and pinned', async ({ opened }) => {
  const { page } = opened;
  const rows = profileTree(page).getByRole('treeitem');
  const search = page.getByRole('searchbox', { name: 'Search profiles' });
  await seedProfiles(opened, SEEDS);

  await test.step('it stands by organisation, with counts', async () => {
    await expect(rows).toHaveCount(7);
    await expect(rows.nth(0)).toHaveAccessibleName('Acme 2');
    await expect(rows.nth(5)).toHaveAccessibleName('No organisation 1');
    await expectAccessible(page);
  });

  await test.step('every word of a search counts, and Escape takes it away', async () => {
    await search.fill('acme stag');
    await expect(rows).toHaveCount(2);
    await expect(page.getByRole('navigation').getByRole('status').first()).toHaveText('1 of 4 profiles');
    await search.press('Escape');
    await expect(rows).toHaveCount(7);
    await search.fill('nothing like it');
    await expect(page.getByText('No profile matches.')).toBeVisible();
    await page.getByRole('button', { name: 'Show all' }).click();
  });

  await test.step('filters say that they are on and how to take them off', async () => {
    await page.getByRole('button', { name: 'Filter and sort' }).click();
    const filter = page.getByRole('dialog', { name: 'Filter and sort' });
    await expectAccessible(page);
    await filter.getByRole('combobox', { name: 'Organisation' }).selectOption({ label: 'Acme (2)' });
    await filter.getByRole('combobox', { name: 'Last result' }).selectOption({ label: 'Failed' });
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Filter and sort, 2 filters on' })).toBeFocused();
    await expect(page.getByText('No profile matches.')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Remove the filter Last result: Failed' }).click();
    await expect(rows).toHaveCount(3);
    await page.getByRole('button', { name: 'Remove the filter Organisation: Acme' }).click();
    await page.getByRole('radio', { name: 'Inactive' }).click();
    await expect(rows).toHaveCount(2);
    await page.getByRole('radio', { name: 'All', exact: true }).click();
  });

  await test.step('an organisation folds by mouse and by key', async () => {
    await rows.nth(0).click();
    await expect(rows.nth(0)).toHaveAttribute('aria-expanded', 'false');
    await expect(rows).toHaveCount(5);
    await rows.nth(0).press('ArrowRight');
    await expect(rows).toHaveCount(7);
    await rows.nth(0).press('ArrowRight');
    await expect(profileRow(page, 'Acme production')).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await expect(rows.nth(0)).toBeFocused();
  });

  await test.step('a pinned profile stands on top', async () => {
    await profileRow(page, 'Lab').click({ modifiers: ['ControlOrMeta'] });
    await page.getByRole('region', { name: 'Selected profiles' }).getByRole('button', { name: 'Pin' }).click();
    await expect(rows.nth(0)).toHaveAccessibleName('Pinned 1');
    await expect(rows.nth(1)).toHaveAccessibleName(/^Lab/);
  });

  await test.step('without groups it is one list, in the order that was chosen', async () => {
    await page.getByRole('button', { name: 'Filter and sort' }).click();
    const filter = page.getByRole('dialog', { name: 'Filter and sort' });
    await filter.getByRole('switch', { name: 'Group by organisation' }).click();
    await filter.getByRole('combobox', { name: 'Sort by' }).selectOption('Last changed');
    await page.keyboard.press('Escape');
    await expect(rows).toHaveCount(4);
    await expect(rows.nth(1)).toHaveAccessibleName(/^Globex relay/);
  });
});

test('several profiles are selected by mouse and by key, and changed at once', async ({ opened }) => {
  const { page } = opened;
  const rows = profileTree(page).getByRole('treeitem');
  const batch = page.getByRole('region', { name: 'Selected profiles' });
  await seedProfiles(opened, SEEDS);

  await test.step('Ctrl takes one more, Shift a range', async () => {
    await profileRow(page, 'Acme production').click({ modifiers: ['ControlOrMeta'] });
    await profileRow(page, 'Globex relay').click({ modifiers: ['Shift'] });
    await expect(batch.getByRole('status')).toHaveText('3 profiles selected');
    await expect(profileRow(page, 'Acme staging')).toHaveAttribute('aria-selected', 'true');
    await expectAccessible(page);
  });

  await test.step('a plain click opens a profile and selects none', async () => {
    await profileRow(page, 'Acme staging').click();
    await expect(batch).toBeHidden();
    await expect(page.getByRole('heading', { name: 'Acme staging', level: 1 })).toBeVisible();
  });

  await test.step('while selecting, a click ticks', async () => {
    await page.getByRole('button', { name: 'Select several' }).click();
    await profileRow(page, 'Lab').click();
    await expect(batch.getByRole('status')).toHaveText('1 profile selected');
    await profileRow(page, 'Lab').press('Escape');
    await expect(batch).toBeHidden();
  });

  await test.step('Shift with arrows takes a range, Ctrl+A everything that is shown', async () => {
    await profileRow(page, 'Acme production').focus();
    await page.keyboard.press('Shift+ArrowDown');
    await expect(batch.getByRole('status')).toHaveText('2 profiles selected');
    await page.keyboard.press('Shift+ArrowUp');
    await expect(batch.getByRole('status')).toHaveText('1 profile selected');
    await page.keyboard.press('Control+a');
    await expect(batch.getByRole('status')).toHaveText('4 profiles selected');
  });

  await test.step('an unsaved edit of one of them stays, and can still be saved', async () => {
    const notes = page.getByRole('textbox', { name: 'Host' });
    await notes.fill('edited.example');
    await batch.getByRole('button', { name: 'Deactivate' }).click();
    await expect(rows.filter({ hasText: 'Inactive' })).toHaveCount(4);
    await expect(notes).toHaveValue('edited.example');
    await page.keyboard.press('Control+s');
    await expect(page.getByRole('main').getByText('Saved', { exact: true })).toBeVisible();
  });

  await test.step('deleting is undone in one step, and the focus goes to what is left', async () => {
    await page.keyboard.press('Control+f');
    await page.keyboard.press('ArrowDown');
    await profileRow(page, 'Acme production').focus();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Delete');
    await expect(page.getByText('Deleted 2 profiles.')).toBeVisible();
    await expect(profileRow(page, 'Acme production')).toBeHidden();
    await expect(profileTree(page).locator(':focus')).toHaveCount(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(profileRow(page, 'Acme production')).toBeVisible();
    await expect(profileRow(page, 'Acme staging')).toBeVisible();
  });
});

test('a profile is found by its first letters, renamed, copied and deleted in the list', async ({ opened }) => {
  const { page } = opened;
  await seedProfiles(opened, SEEDS);
  await profileRow(page, 'Acme production').focus();

  await page.keyboard.type('gl');
  await expect(profileTree(page).locator(':focus')).toHaveAccessibleName(/^Globex/);
  await profileRow(page, 'Globex relay').focus();

  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: 'New name of "Globex relay"' });
  await expect(field).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.type('Globex mail');
  await page.keyboard.press('Escape');
  await expect(profileRow(page, 'Globex relay')).toBeFocused();
  await page.keyboard.press('F2');
  await page.keyboard.type('Globex mail');
  await page.keyboard.press('Enter');
  await expect(profileRow(page, 'Globex mail')).toBeFocused();

  await page.keyboard.press('Control+d');
  await expect(page.getByRole('heading', { name: 'Copy of Globex mail', level: 1 })).toBeVisible();
  await profileRow(page, 'Globex mail').focus();
  await page.keyboard.press('Delete');
  await expect(profileRow(page, 'Globex mail')).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(profileRow(page, 'Globex mail')).toBeVisible();
});

test('of thousands of profiles only the rows in view are in the page, and each can be reached by key', async ({
  opened,
}) => {
  const { page } = opened;
  await seedMany(opened, 2_000);
  const rows = profileTree(page).getByRole('treeitem');
  expect(await rows.count()).toBeLessThan(80);
  await rows.first().focus();
  await page.keyboard.press('End');
  await expect(profileTree(page).locator(':focus')).toHaveAttribute('aria-posinset', '200');
  await page.keyboard.press('Home');
  await expect(profileTree(page).locator(':focus')).toHaveAccessibleName('Organisation 001 10');
  await page.getByRole('searchbox', { name: 'Search profiles' }).fill('staging 1337');
  await expect(rows.filter({ hasText: '1337' })).toHaveCount(1);
  expect(await rows.count()).toBeLessThan(80);
});
