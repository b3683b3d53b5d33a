import type { Page } from '@playwright/test';
import { runCommand, searchPalette } from './support/palette.ts';
import { benchOf, openPracticeProfile } from './support/practice.ts';
import { expect, expectAccessible, test } from './support/window.ts';

const LOOKS = [
  { name: 'light', media: { colorScheme: 'light' } },
  { name: 'dark', media: { colorScheme: 'dark' } },
  { name: 'forced colours', media: { forcedColors: 'active' } },
  { name: 'light, smallest window', media: { colorScheme: 'light' }, size: { width: 900, height: 600 } },
] as const;

/** Something to look at: how to get there from where the one before ended, and how to leave it. */
interface Sight {
  name: string;
  reach: (page: Page) => Promise<void>;
  leave?: (page: Page) => Promise<void>;
}

/** Before there is a profile, and without a server. */
const FIRST: Sight[] = [
  { name: 'start', reach: (page) => page.getByRole('button', { name: 'New profile' }).waitFor() },
  screen('Trash', 'Trash'),
  screen('practice server', 'Practice server'),
  {
    name: 'form with a product, a preset, advice and errors',
    reach: async (page) => {
      await runCommand(page, 'New profile');
      await page.getByRole('combobox', { name: 'Names of' }).selectOption({ label: 'Mattermost' });
      await page.getByRole('combobox', { name: 'Provider' }).selectOption({ label: 'SendGrid' });
      await page.getByText('What changed').click();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('One field needs a correction').waitFor();
    },
    leave: (page) => page.getByRole('button', { name: 'Discard' }).click(),
  },
  dialog('import', 'Import'),
  dialog('preferences', 'Preferences'),
  dialog('keyboard shortcuts', 'Keyboard shortcuts'),
  {
    ...dialog('detect, with a word that it cannot use', 'Find settings from an address'),
    reach: async (page) => {
      await runCommand(page, 'Find settings from an address');
      await page.getByRole('textbox', { name: 'Address, domain or host' }).fill('no such thing');
      await page.keyboard.press('Enter');
      await page.getByText('Enter a mail address, a domain or a host').waitFor();
    },
  },
  dialog('open a bundle', 'Open a bundle of profiles'),
];

/** A profile that worked, and whose server's certificate then ran out. */
const TESTED: Sight[] = [
  { name: 'a run that passed', reach: (page) => check(page, 'All well', 'The connection works') },
  {
    name: 'the mechanisms that work, before they are tried',
    reach: async (page) => {
      await benchOf(page)
        .getByRole('button', { name: /^Sign-in/ })
        .click();
      await benchOf(page).getByRole('button', { name: 'Which mechanisms work?' }).click();
      await page.getByRole('dialog').waitFor();
    },
    leave: close,
  },
  { name: 'a failed run with its diagnosis', reach: (page) => check(page, 'Expired certificate', 'The check failed') },
  {
    name: 'the history of a profile',
    reach: async (page) => {
      await benchOf(page).getByText('Earlier runs').click();
      await expect(runs(page)).toHaveCount(2);
    },
  },
  {
    name: 'two runs compared',
    reach: async (page) => {
      for (const nth of [0, 1]) await runs(page).nth(nth).getByRole('checkbox').check();
      await benchOf(page).getByRole('button', { name: 'Compare', exact: true }).last().click();
      await page.getByRole('dialog').getByRole('table').waitFor();
    },
    leave: close,
  },
  {
    name: 'ports and security tried',
    reach: async (page) => {
      await runCommand(page, 'Find which port and security work');
      await expect(page.getByRole('dialog').getByRole('button', { name: 'Try again' })).toBeVisible();
    },
    leave: close,
  },
  {
    name: 'palette with commands and profiles',
    reach: async (page) => {
      await searchPalette(page, 'pr');
      await page
        .getByRole('menuitem', { name: /^Practice server/ })
        .first()
        .waitFor();
    },
    leave: close,
  },
  dialog('export', 'Export'),
  dialog('export several', 'Export several profiles'),
  dialog('save a bundle', 'Save a bundle of profiles'),
  {
    name: 'many profiles checked',
    reach: async (page) => {
      await runCommand(page, 'Check many profiles');
      await page.getByRole('button', { name: 'Check 1 profile', exact: true }).click();
      await page.getByRole('row', { name: /^Failed Practice server/ }).waitFor();
    },
  },
];

for (const look of LOOKS) {
  for (const [when, sights] of Object.entries({ 'at first': FIRST, 'once tested': TESTED })) {
    test(`every screen ${when} meets WCAG 2.2 AA and fits: ${look.name}`, async ({ opened }, info) => {
      const { page } = opened;
      await page.emulateMedia({ reducedMotion: 'reduce', ...look.media });
      if ('size' in look) await page.setViewportSize(look.size);
      for (const { name, reach, leave } of sights) {
        await test.step(name, async () => {
          await reach(page);
          await expectAccessible(page);
          await expectNothingCutOff(page);
          await page.screenshot({ path: info.outputPath(`${name}.png`) });
          await leave?.(page);
        });
      }
    });
  }
}

function screen(name: string, command: string): Sight {
  return {
    name,
    reach: async (page) => {
      await runCommand(page, command);
      await page.getByRole('heading', { level: 1, name: command }).waitFor();
    },
  };
}

function dialog(name: string, command: string): Sight {
  return {
    name,
    reach: async (page) => {
      await runCommand(page, command);
      await expect(page.getByRole('dialog').getByRole('heading').first()).toBeVisible();
      await expect(page.getByRole('menuitem')).toHaveCount(0);
    },
    leave: close,
  };
}

async function close(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Checks the practice server's profile; in a narrow window the bench comes up by itself. */
async function check(page: Page, scenario: string, outcome: string): Promise<void> {
  await openPracticeProfile(page, scenario);
  await page.keyboard.press('Control+Enter');
  await expect(benchOf(page).getByText(outcome)).toBeVisible();
}

const runs = (page: Page) => benchOf(page).getByRole('list', { name: 'Earlier runs' }).getByRole('listitem');

/** The page itself never scrolls sideways; what is long scrolls in its own place. */
async function expectNothingCutOff(page: Page): Promise<void> {
  const { wide, high } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth - window.innerWidth,
    high: document.documentElement.scrollHeight - window.innerHeight,
  }));
  expect(wide).toBeLessThanOrEqual(0);
  expect(high).toBeLessThanOrEqual(0);
}
