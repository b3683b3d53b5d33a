import { PASSWORD, startProgram } from './world.js';

/** Serves the window on a library and opens it in the browser. */
export async function openWindow(browser, home, viewport) {
  const url = await startProgram(['serve', '--home', home, '--json'], (line) => JSON.parse(line).url);
  const page = await browser.newPage({ viewport, colorScheme: 'light', reducedMotion: 'reduce' });
  page.setDefaultTimeout(15_000);
  await page.goto(url);
  await page.getByRole('button', { name: 'New profile' }).first().waitFor();
  return page;
}

/** Opens a profile by its name, through the command palette. */
export async function openProfile(page, name) {
  await palette(page, name);
  await page.getByRole('heading', { name, exact: true }).waitFor();
}

/** Asks the command palette for something and takes the first answer. */
export async function palette(page, words) {
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Search commands and profiles').fill(words);
  await page.getByRole('menuitem').first().waitFor();
  await page.keyboard.press('Enter');
}

/** Runs the check to its end; the password is asked for, since none is stored. */
export async function check(page) {
  await bench(page).getByRole('button', { name: 'Check connection' }).click();
  await giveSecret(page);
}

/** Sends the test message to its end. */
export async function send(page) {
  await bench(page).getByRole('button', { name: 'Send test message' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Send/ }).click();
  await giveSecret(page);
}

/** The right column. */
export function bench(page) {
  return page.getByRole('region', { name: 'Test bench' });
}

async function giveSecret(page) {
  const ended = bench(page).getByText(/^Last run/);
  const prompt = page.getByRole('dialog', { name: 'A secret is needed for this run' });
  await ended.or(prompt).first().waitFor();
  if (await prompt.isVisible()) {
    await prompt.getByRole('textbox').first().fill(PASSWORD);
    await prompt.getByRole('button', { name: 'Run with it' }).click();
  }
  await ended.waitFor();
}
