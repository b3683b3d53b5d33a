import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './support/window.ts';

const LOOKS = [
  { name: 'light', media: { colorScheme: 'light' } },
  { name: 'dark', media: { colorScheme: 'dark' } },
  { name: 'forced colours', media: { forcedColors: 'active' } },
  { name: 'light, smallest window', media: { colorScheme: 'light' }, size: { width: 900, height: 600 } },
] as const;

const DIALOGS = ['Import', 'Preferences', 'Keyboard shortcuts'];
const SCREENS = ['New profile', 'Practice server', 'Trash'];

for (const look of LOOKS) {
  test(`every screen meets WCAG 2.2 AA and fits: ${look.name}`, async ({ opened }, info) => {
    const { page } = opened;
    await page.emulateMedia({ reducedMotion: 'reduce', ...look.media });
    if ('size' in look) await page.setViewportSize(look.size);
    const look_at = async (name: string) => {
      await expectAccessible(page);
      await expectNothingCutOff(page);
      await page.screenshot({ path: info.outputPath(`${name}.png`) });
    };
    await page.getByRole('button', { name: 'New profile' }).waitFor();
    await look_at('start');
    for (const screen of SCREENS) {
      await page.getByRole('button', { name: screen, exact: true }).click();
      await look_at(screen);
    }
    await test.step('the form with a product, a preset, advice and errors', async () => {
      await page.getByRole('button', { name: 'New profile', exact: true }).click();
      await page.getByRole('combobox', { name: 'Names of' }).selectOption({ label: 'Mattermost' });
      await page.getByRole('combobox', { name: 'Provider' }).selectOption({ label: 'SendGrid' });
      await page.getByText('What changed').click();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('One field needs a correction').waitFor();
      await look_at('form');
      await page.getByRole('button', { name: 'Discard' }).click();
    });
    for (const dialog of DIALOGS) {
      await page.getByRole('button', { name: dialog, exact: true }).click();
      await page.getByRole('dialog').waitFor();
      await look_at(dialog);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
  });
}

/** The page itself never scrolls sideways; what is long scrolls in its own place. */
async function expectNothingCutOff(page: Page): Promise<void> {
  const { wide, high } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth - window.innerWidth,
    high: document.documentElement.scrollHeight - window.innerHeight,
  }));
  expect(wide).toBeLessThanOrEqual(0);
  expect(high).toBeLessThanOrEqual(0);
}
