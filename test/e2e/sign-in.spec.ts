import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page, TestInfo } from '@playwright/test';
import { rawServer } from '../support/raw-server.ts';
import { profileRow, seedProfiles } from './support/profiles.ts';
import { expect, expectAccessible, test } from './support/window.ts';

const bench = (page: Page) => page.getByRole('region', { name: 'Test bench' });

/** Looks at the page as it is, light and dark: nothing breaks WCAG, and a picture of each is kept. */
async function lookAt(page: Page, info: TestInfo, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectAccessible(page);
    await page.screenshot({ path: info.outputPath(`${name}-${colorScheme}.png`) });
  }
}

/** Makes the window as small as it gets; there the bench takes the place of the form. */
async function makeSmall(page: Page): Promise<void> {
  await page.setViewportSize({ width: 900, height: 600 });
}

async function usePractice(page: Page, scenario: string): Promise<void> {
  await page.getByRole('button', { name: 'Practice server', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Search scenarios' }).fill(scenario);
  await page.getByText(scenario, { exact: true }).click();
  await expect(page.getByRole('radio', { name: new RegExp(`^${scenario}`) })).toBeChecked();
  await page.getByRole('button', { name: 'Use this profile' }).click();
}

test('a self-signed certificate is trusted for the profile after a look at its fingerprint', async ({
  opened,
}, info) => {
  const { page } = opened;
  await usePractice(page, 'Self-signed certificate');
  await bench(page).getByRole('button', { name: 'Check connection' }).click();
  await expect(bench(page).getByRole('button', { name: /^Certificate .*Failed/ })).toBeVisible();
  await lookAt(page, info, 'certificate');
  await makeSmall(page);
  await lookAt(page, info, 'certificate-small');
  await bench(page).getByRole('button', { name: 'Save chain…' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: 'Download' }).click();
  const saved = await (await downloading).path();
  expect(readFileSync(saved, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----/);
  await page.keyboard.press('Escape');
  await bench(page)
    .getByRole('button', { name: /^Trust this certificate/ })
    .click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(/([0-9A-F]{2}:){31}[0-9A-F]{2}/);
  await lookAt(page, info, 'trust');
  await dialog.getByRole('button', { name: 'Trust this certificate' }).click();
  await bench(page).getByRole('button', { name: 'Check again' }).click();
  await expect(bench(page).getByRole('button', { name: /^Certificate .*Passed/ })).toBeVisible();
});

test('an expired certificate offers no trust', async ({ opened }) => {
  const { page } = opened;
  await usePractice(page, 'Expired certificate');
  await bench(page).getByRole('button', { name: 'Check connection' }).click();
  await expect(bench(page).getByRole('button', { name: /^Certificate .*Failed/ })).toBeVisible();
  await expect(bench(page).getByRole('button', { name: /^Trust/ })).toHaveCount(0);
});

test('the mechanisms that work are found after a word about the risk, and one is put into the form', async ({
  opened,
}, info) => {
  const { page } = opened;
  await page.getByRole('button', { name: 'Practice server', exact: true }).click();
  await page.getByRole('button', { name: 'Start practice server' }).click();
  await page.getByRole('button', { name: 'Use this profile' }).click();
  await bench(page).getByRole('button', { name: 'Check connection' }).click();
  const signIn = bench(page).getByRole('button', { name: /^Sign-in .*Passed/ });
  await signIn.click();
  await bench(page).getByRole('button', { name: 'Which mechanisms work?' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('lock accounts');
  await lookAt(page, info, 'mechanisms-asked');
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog.getByText('Best choice')).toBeVisible();
  await lookAt(page, info, 'mechanisms-found');
  await dialog.getByRole('button', { name: 'Use LOGIN' }).click();
  await expect(page.getByText('Mechanism set to LOGIN.')).toBeVisible();
});

test('a token server that refuses shows its words, the step and what to change', async ({ opened }, info) => {
  const { page } = opened;
  const mail = await rawServer([
    { send: '220 mx.acme.example ESMTP\r\n' },
    { expect: /^EHLO/ },
    { send: '250-mx.acme.example\r\n250-SIZE 35882577\r\n250 AUTH XOAUTH2\r\n' },
  ]);
  const tokens = await refusingTokenServer();
  const { port } = tokens.address() as AddressInfo;
  const options = [
    ...['--host', '127.0.0.1', '--port', String(mail.port), '--security', 'none', '--allow-plain-password'],
    ...['--auth', 'oauth2', '--user', 'alerts@acme.example', '--oauth-provider', 'microsoft'],
    ...['--oauth-grant', 'client-credentials', '--oauth-token-url', `http://127.0.0.1:${port}/acme/oauth2/v2.0/token`],
    ...['--oauth-client-id', '5f1c2b9e-3a47-4c1d-9a57-0b6f1b7a2c11', '--oauth-scope'],
    'https://outlook.office365.com/.default',
  ];
  await seedProfiles(opened, [{ name: 'Acme invoices', options }]);
  await profileRow(page, 'Acme invoices').click();
  await bench(page).getByRole('button', { name: 'Check connection' }).click();
  await page.getByLabel('Client secret').last().fill('kanary-client-secret');
  await page.getByRole('button', { name: 'Run with it' }).click();
  await expect(bench(page).getByRole('button', { name: /^Token .*Failed/ })).toBeVisible();
  await expect(bench(page)).toContainText('Often its ID was copied in place of its value.');
  await lookAt(page, info, 'token');
  await makeSmall(page);
  await lookAt(page, info, 'token-small');
  expect(await opened.seen()).not.toContain('kanary-client-secret');
  tokens.close();
  await mail.close();
});

/** Refuses as Microsoft does when the id of a client secret was entered in place of its value. */
async function refusingTokenServer(): Promise<Server> {
  const server = createServer((_request, response) => {
    const description = 'AADSTS7000215: Invalid client secret provided. Ensure the secret is the client secret value.';
    const body = JSON.stringify({ error: 'invalid_client', error_description: description });
    response.writeHead(401, { 'content-type': 'application/json', connection: 'close' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
