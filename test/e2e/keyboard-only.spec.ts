import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/window.ts';

/** A person who has never seen the window takes about a second for a key press with a thought. */
const SECONDS_PER_STEP = 1;
const TWO_MINUTES = 120;

/** Presses keys as a person without a mouse does, and counts them; typing a word counts as one step. */
class Keyboard {
  steps = 0;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(key: string): Promise<void> {
    this.steps += 1;
    await this.#page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    this.steps += 1;
    await this.#page.keyboard.type(text);
  }

  /** Tabs on until the wanted control has the focus. */
  async tabTo(name: string | RegExp, most = 30): Promise<void> {
    for (let tabs = 0; tabs < most; tabs += 1) {
      if (await this.#isOn(name)) return;
      await this.press('Tab');
    }
    expect(await this.#isOn(name), `${name} is not within ${most} tabs`).toBe(true);
  }

  async #isOn(name: string | RegExp): Promise<boolean> {
    const controls = this.#page
      .locator(':focus')
      .and(
        this.#page
          .getByRole('button', { name })
          .or(this.#page.getByRole('textbox', { name }))
          .or(this.#page.getByRole('combobox', { name }))
          .or(this.#page.getByRole('radio', { name })),
      );
    return (await controls.count()) > 0;
  }
}

test('the keyboard alone leads from first start to a tested, exported config in under two minutes', async ({
  opened,
}) => {
  const { page, home } = opened;
  const keyboard = new Keyboard(page);
  const bench = page.getByRole('region', { name: 'Test bench' });
  const file = join(home, 'config.json');

  await test.step('start the practice server: its profile is made and tested at once', async () => {
    await keyboard.tabTo(/practice mail server/i);
    await keyboard.press('Enter');
    await expect(bench.getByText('The connection works')).toBeVisible();
  });

  await test.step('export it through the command palette', async () => {
    await keyboard.press('Control+k');
    await expect(page.getByPlaceholder('Search commands and profiles')).toBeFocused();
    await keyboard.type('Export');
    await expect(page.getByRole('menuitem').first()).toHaveAccessibleName(/^Export/);
    await keyboard.press('Enter');
    await expect(page.getByRole('dialog').getByText('"ConnectionSecurity": "STARTTLS"')).toBeVisible();
  });

  await test.step('write the file', async () => {
    await keyboard.tabTo(/^Save/);
    await keyboard.press('Enter');
    await keyboard.type(file);
    await keyboard.press('Enter');
    await expect.poll(() => existsSync(file)).toBe(true);
  });

  expect(JSON.parse(readFileSync(file, 'utf8')).EmailSettings.SMTPServer).toBe('127.0.0.1');
  console.log(`From first start to an exported config: ${keyboard.steps} steps with the keyboard.`);
  expect(keyboard.steps * SECONDS_PER_STEP).toBeLessThan(TWO_MINUTES);
});
