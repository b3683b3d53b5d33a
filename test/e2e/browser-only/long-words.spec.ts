import type { Page } from '@playwright/test';
import * as catalogue from '../../../renderer/text.ts';
import { wordsCutOff } from '../support/cut-off.ts';
import { MARK, pseudoLocale } from '../support/pseudo-locale.ts';
import { type PseudoWindow, startPseudoWindow } from '../support/pseudo-window.ts';
import { expect, test } from '../support/window.ts';

const { commands, library, palette } = catalogue;

const SIZES = [
  { width: 900, height: 600 },
  { width: 1440, height: 900 },
  // 1440x900 at a zoom of 200 %.
  { width: 720, height: 450 },
];

let pseudo: PseudoWindow;

test.beforeAll(async () => {
  pseudoLocale({ ...catalogue });
  pseudo = await startPseudoWindow();
});
test.afterAll(() => pseudo.close());

for (const size of SIZES) {
  test(`no word is cut off in a language 40 % longer than English, ${size.width}x${size.height}`, async ({
    browser,
  }, info) => {
    const page = await browser.newPage({ viewport: size, reducedMotion: 'reduce' });
    await page.goto(pseudo.url);
    const look = async (name: string) => {
      expect.soft(await wordsCutOff(page), name).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), name).toBeLessThanOrEqual(0);
      await page.screenshot({ path: info.outputPath(`${name}.png`) });
    };
    const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();
    await page.getByText(MARK.begin).filter({ visible: true }).first().waitFor();
    await look('start');
    for (const screen of [library.practice, library.trash]) {
      await showLibrary(page);
      await press(screen);
      await look(screen);
    }
    for (const dialog of [library.import, library.preferences, library.shortcuts]) {
      await showLibrary(page);
      await press(dialog);
      await page.getByRole('dialog').waitFor();
      await look(dialog);
      await page.keyboard.press('Escape');
    }
    await showLibrary(page);
    await press(library.newProfile);
    await look('new profile');
    await showLibrary(page);
    await page.getByText('Acme staging').first().click();
    await page.getByRole('heading', { name: 'Acme staging' }).waitFor();
    for (const fold of await page.getByRole('main').getByRole('button', { expanded: false }).all()) {
      if (await fold.isVisible()) await fold.click();
    }
    await look('profile');
    for (const name of [commands.matrix, commands.export, commands.detect, commands.exportMany, commands.saveBundle]) {
      await ask(page, name);
      await page.getByRole('dialog').waitFor();
      await look(name);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
    await ask(page, commands.batch);
    await page.getByRole('main').getByText(MARK.begin).first().waitFor();
    await look(commands.batch);
    await page.close();
  });
}

/** In a narrow window the library is one of several views. */
async function showLibrary(page: Page): Promise<void> {
  const view = page.getByRole('radio', { name: catalogue.panes.library, exact: true });
  if (await view.isVisible()) await view.click();
}

/** Asks the command palette for a command by its whole name. */
async function ask(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(palette.search).fill(name);
  await page.getByRole('menuitem').first().waitFor();
  await page.keyboard.press('Enter');
}
