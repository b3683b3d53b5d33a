import type { Locator } from '@playwright/test';
import { runCommand } from './support/palette.ts';
import { seedProfiles } from './support/profiles.ts';
import { expect, test } from './support/window.ts';

const HEBREW = 'שרת הדואר של חיפה (587)';
const ARABIC = 'خادم البريد في القاهرة, 2';
const LONG = `${'מערכת התראות '.repeat(8)}לקוח`;
const SEEDS = [
  { name: HEBREW, organization: 'עיריית חיפה', options: ['--host', 'haifa.example'] },
  { name: ARABIC, organization: 'وزارة النقل', options: ['--host', 'cairo.example'] },
  { name: LONG, organization: 'עיריית חיפה', options: ['--host', 'alerts.example'] },
];
/** Comes last, so that the list is complete once it is shown. */
const LAST = { name: 'Lab' };

test('names that run from right to left stay in their place', async ({ opened }, info) => {
  const { page } = opened;
  await seedProfiles(opened, [...SEEDS, LAST]);
  await page.getByRole('treeitem').filter({ hasText: HEBREW }).click();
  const title = page.getByRole('heading', { level: 1 });

  await test.step('in the form and its head', async () => {
    await expect(title).toHaveText(HEBREW);
    await expect(title).toHaveCSS('direction', 'rtl');
    await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveCSS('direction', 'rtl');
    await expect(page.getByRole('textbox', { name: 'Host' })).toHaveCSS('direction', 'ltr');
    await expectInside(title);
    await page.screenshot({ path: info.outputPath('form.png') });
  });

  await test.step('in the list, long ones too', async () => {
    for (const { name } of SEEDS) {
      const row = page.getByRole('treeitem').filter({ hasText: name.trim() });
      const shown = row.getByText(name);
      await expect(shown).toHaveCSS('direction', 'rtl');
      await expectInOrder(row.locator('svg').first(), shown);
      await expectInside(shown);
      // What is cut off is its end, which lies to the left.
      expect((await placeOf(shown, name.slice(0, 3))).right).toBeLessThanOrEqual((await placeOf(shown)).right + 0.5);
    }
  });

  await test.step('in a sentence', async () => {
    await runCommand(page, 'Duplicate the open profile');
    await expect(page.getByRole('treeitem').filter({ hasText: HEBREW })).toHaveCount(2);
    await runCommand(page, 'Delete the open profile');
    const sentence = page.getByRole('status').getByText(/^Deleted/);
    expect(await orderOfWords(sentence, ['Deleted', 'שרת', 'It stays'])).toEqual(['Deleted', 'שרת', 'It stays']);
    await page.screenshot({ path: info.outputPath('sentence.png') });
  });

  await test.step('in the title of a dialog and in a table', async () => {
    await page.getByRole('treeitem').filter({ hasText: ARABIC }).click();
    await expect(title).toHaveText(ARABIC);
    await runCommand(page, 'Export');
    const heading = page.getByRole('dialog').getByRole('heading', { level: 2 }).first();
    expect(await orderOfWords(heading, ['Export', 'خادم'])).toEqual(['Export', 'خادم']);
    await page.screenshot({ path: info.outputPath('export.png') });
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 900, height: 600 });
    await runCommand(page, 'Check many profiles');
    await page.getByRole('heading', { level: 1, name: 'Check many' }).waitFor();
    await page.getByRole('button', { name: 'Check 4 profiles', exact: true }).waitFor();
    await page.screenshot({ path: info.outputPath('batch.png') });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
});

/** Side by side, the first to the left, neither over the other. */
async function expectInOrder(first: Locator, second: Locator): Promise<void> {
  const [left, right] = [await first.boundingBox(), await second.boundingBox()];
  expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual(right?.x ?? 0);
}

/** No wider than the place that holds it. */
async function expectInside(place: Locator): Promise<void> {
  const { own, parent } = await place.evaluate((each) => ({
    own: each.getBoundingClientRect().right,
    parent: each.parentElement?.getBoundingClientRect().right ?? 0,
  }));
  expect(own).toBeLessThanOrEqual(parent + 0.5);
}

/** Where an element is painted, or where the given words are that it begins with. */
async function placeOf(shown: Locator, words?: string): Promise<{ left: number; right: number }> {
  return shown.evaluate((element, begin) => {
    const range = document.createRange();
    if (begin && element.firstChild) {
      range.setStart(element.firstChild, 0);
      range.setEnd(element.firstChild, begin.length);
    }
    const { left, right } = (begin ? range : element).getBoundingClientRect();
    return { left, right };
  }, words);
}

/** The words from left to right, line by line, as they are painted. */
async function orderOfWords(sentence: Locator, words: readonly string[]): Promise<string[]> {
  return sentence.evaluate((element, searched) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const places: { word: string; top: number; left: number }[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const word of searched) {
        const at = node.textContent?.indexOf(word) ?? -1;
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        const { top, left } = range.getBoundingClientRect();
        places.push({ word, top: Math.round(top), left });
      }
    }
    return places.sort((a, b) => a.top - b.top || a.left - b.left).map(({ word }) => word);
  }, words);
}
