import { expect, type Page } from '@playwright/test';

/** Opens the command palette and types a search into it. */
export async function searchPalette(page: Page, words: string): Promise<void> {
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+k');
  const search = page.getByPlaceholder('Search commands and profiles');
  await expect(search).toBeFocused();
  await search.fill(words);
}

/** Runs a command by its name, as a person does with the keyboard. */
export async function runCommand(page: Page, name: string): Promise<void> {
  await searchPalette(page, name);
  await expect(page.getByRole('menuitem').first()).toHaveAccessibleName(new RegExp(`^${name}`));
  await page.keyboard.press('Enter');
}
