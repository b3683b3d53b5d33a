import type { Page } from '@playwright/test';
import { runCommand } from './support/palette.ts';
import { benchOf, openPracticeProfile } from './support/practice.ts';
import { seedProfiles } from './support/profiles.ts';
import { expect, test } from './support/window.ts';

/** WCAG 2.5.8, in CSS pixels. */
const SMALLEST_TARGET = 24;

const INTERACTIVE = [
  'button, input, select, textarea, a[href], summary',
  '[role="treeitem"], [role="radio"], [role="checkbox"], [role="switch"], [role="tab"], [role="menuitem"], [role="option"]',
].join(', ');

test('landmarks and headings tell where things are', async ({ opened }) => {
  const { page } = opened;
  await seedProfiles(opened, [{ name: 'Acme production', organization: 'Acme' }]);
  await expect(page.getByRole('navigation', { name: 'Library' })).toBeVisible();
  for (const command of ['Trash', 'Practice server', 'Check many profiles', 'New profile']) {
    await test.step(command, async () => {
      await runCommand(page, command);
      await expectOneMainAndOneTitle(page);
      await expectHeadingsInOrder(page);
    });
  }
  await expect(page.getByRole('complementary', { name: 'Test' })).toBeVisible();
  await expect(benchOf(page).getByRole('heading', { level: 2, name: 'Test bench' })).toBeVisible();
});

test('each stage is read with its state first, and an icon and a word tell it too', async ({ opened: { page } }) => {
  await openPracticeProfile(page, 'Expired certificate');
  await page.keyboard.press('Control+Enter');
  await expect(benchOf(page).getByText('The check failed')).toBeVisible();
  const stages = page.getByRole('list', { name: 'Stages' });
  await expect(stages.getByRole('button', { name: /^TCP Passed 127\.0\.0\.1/ })).toHaveAttribute(
    'aria-expanded',
    'false',
  );
  await expect(stages.getByRole('button', { name: /^Certificate Failed/ })).toHaveAttribute('aria-expanded', 'true');
  const marks = await stages.locator('> li').evaluateAll((items) =>
    items.map((item) => ({
      state: item.getAttribute('data-state'),
      icon: item.querySelector('[aria-hidden] svg')?.getAttribute('class') ?? '',
      words: item.textContent ?? '',
    })),
  );
  const words = { passed: 'Passed', failed: 'Failed', skipped: 'Not tested', warned: 'Warning' };
  const icons = new Map<string, string>();
  for (const { state, icon, words: read } of marks) {
    expect(read).toContain(words[state as keyof typeof words]);
    expect(icon).not.toBe('');
    icons.set(state ?? '', icon);
  }
  expect([...icons.keys()].sort()).toEqual(['failed', 'passed', 'skipped']);
  expect(new Set(icons.values()).size).toBe(icons.size);
});

test('a run is announced when there is a pause, and its failure at once', async ({ opened: { page } }) => {
  await recordAnnouncements(page);
  await openPracticeProfile(page, 'All well');
  await page.keyboard.press('Control+Enter');
  await expect(benchOf(page).getByRole('status').filter({ hasText: 'The connection works' })).toBeVisible();
  await expect(benchOf(page).getByRole('alert')).toBeEmpty();
  expect(await announcements(page)).toContainEqual(['status', 'Checking the connection']);

  await openPracticeProfile(page, 'Expired certificate');
  await page.keyboard.press('Control+Enter');
  await expect(benchOf(page).getByRole('alert')).toHaveText('The check failed at Certificate');
  await expect(benchOf(page).getByRole('status').filter({ hasText: 'The check failed' })).toHaveCount(0);
  expect(await announcements(page)).toContainEqual(['alert', 'The check failed at Certificate']);

  await test.step('an old failure does not interrupt who comes back to it', async () => {
    await runCommand(page, 'Trash');
    await page.getByRole('heading', { level: 1, name: 'Trash' }).waitFor();
    await page.getByRole('treeitem', { name: /^Practice server/ }).click();
    await expect(benchOf(page).getByText('The check failed')).toBeVisible();
    await expect(benchOf(page).getByRole('alert')).toHaveCount(0);
  });
});

test('what can be pressed is at least 24 pixels high and wide', async ({ opened }) => {
  const { page } = opened;
  const look = async (where: string) => expect(await smallTargets(page), where).toEqual([]);
  await page.getByRole('button', { name: 'New profile' }).waitFor();
  await look('start');
  await openPracticeProfile(page, 'Expired certificate');
  await page.keyboard.press('Control+Enter');
  await expect(benchOf(page).getByText('The check failed')).toBeVisible();
  await benchOf(page).getByText('Earlier runs').click();
  await benchOf(page).getByText('Transcript', { exact: true }).click();
  await page.locator('details').evaluateAll((folds) => {
    for (const fold of folds) (fold as HTMLDetailsElement).open = true;
  });
  await look('form and bench');
  await runCommand(page, 'Compact density');
  await expect(page.locator(':root')).toHaveAttribute('data-density', 'compact');
  await look('form and bench, compact');
  for (const screen of ['Practice server', 'Trash', 'Check many profiles']) {
    await runCommand(page, screen);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await look(screen);
  }
  for (const dialog of ['Import', 'Export several profiles', 'Save a bundle', 'Find settings', 'Preferences']) {
    await runCommand(page, dialog);
    await expect(page.getByRole('dialog').getByRole('heading').first()).toBeVisible();
    await look(dialog);
    await page.keyboard.press('Escape');
  }
});

test('with reduced motion nothing moves', async ({ opened: { page } }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPracticeProfile(page, 'Silent handshake');
  await page.keyboard.press('Control+Enter');
  await expect(benchOf(page).getByRole('button', { name: 'Cancel' })).toBeVisible();
  expect(await moving(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await runCommand(page, 'Preferences');
  await expect(page.getByRole('dialog', { name: 'Preferences' })).toBeVisible();
  expect(await moving(page)).toEqual([]);
});

async function expectOneMainAndOneTitle(page: Page): Promise<void> {
  await expect(page.getByRole('main')).toHaveCount(1);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
}

/** No level is left out on the way down. */
async function expectHeadingsInOrder(page: Page): Promise<void> {
  const levels = await page
    .getByRole('heading')
    .evaluateAll((headings) =>
      headings.map((each) => Number(each.getAttribute('aria-level') ?? each.tagName.slice(1))),
    );
  for (const [index, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 1) + 1);
}

/** Everything that can be pressed and is too small, but for links in a text; a box can be pressed by its label too. */
async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(
    ([selector, smallest]) =>
      [...document.querySelectorAll<HTMLElement>(selector)]
        .filter(
          (each) =>
            each.checkVisibility({ visibilityProperty: true }) && !each.closest('[inert], [aria-hidden="true"]'),
        )
        .flatMap((each) => {
          const boxes = [each, ...((each as HTMLInputElement).labels ?? [])].map((one) => one.getBoundingClientRect());
          const isEnough = boxes.some((box) => box.width >= smallest - 0.01 && box.height >= smallest - 0.01);
          const isInText = each.tagName === 'A' && getComputedStyle(each).display === 'inline';
          const [own] = boxes;
          return isEnough || isInText
            ? []
            : [`${each.outerHTML.slice(0, 160)} ${own?.width.toFixed(1)} x ${own?.height.toFixed(1)}`];
        }),
    [INTERACTIVE, SMALLEST_TARGET] as const,
  );
}

/** What is animated for longer than no time, with its duration; a change of opacity after a wait is not a motion. */
async function moving(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const lasts = (durations: string) => durations.split(',').some((each) => Number.parseFloat(each) > 0);
    return [...document.querySelectorAll('*')].flatMap((each) => {
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(each);
      const isAnimated = animationName !== 'none' && lasts(animationDuration);
      return isAnimated || lasts(transitionDuration)
        ? [`${each.outerHTML.slice(0, 100)} ${animationName} ${animationDuration} ${transitionDuration}`]
        : [];
    });
  });
}

interface Recording {
  announced?: [role: string, words: string][];
}

/** Notes what comes up in live regions, as a screen reader would hear of it. */
async function recordAnnouncements(page: Page): Promise<void> {
  await page.evaluate(() => {
    const heard: [string, string][] = [];
    (window as Recording).announced = heard;
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const region = (target as Element).closest?.('[role="status"], [role="alert"]');
        const words = region?.textContent?.trim();
        if (region && words) heard.push([region.getAttribute('role') ?? '', words]);
      }
    }).observe(document.body, { subtree: true, childList: true });
  });
}

async function announcements(page: Page): Promise<[string, string][]> {
  return page.evaluate(() => (window as Recording).announced ?? []);
}
