import { writeFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { createPracticeServer, practiceSecrets, practiceSettings } from '../../engine/practice/index.ts';
import { runTest } from '../../engine/smtp/index.ts';
import { expect, expectAccessible, test } from './support/window.ts';

/** Shows only the scenarios with these words. */
async function search(page: Page, words: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search scenarios' }).fill(words);
}

test('the practice server misbehaves as chosen, and its inbox shows what arrived', async ({ opened }) => {
  const { page } = opened;
  const bench = page.getByRole('region', { name: 'Test bench' });
  await page.getByRole('button', { name: 'Practice server', exact: true }).click();
  await page.getByRole('button', { name: 'Start practice server' }).click();
  await page.getByRole('button', { name: 'Use this profile' }).click();
  await bench.getByRole('button', { name: 'Send test message' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Send/ }).click();
  await expect(bench.getByRole('button', { name: /^Message .*Passed/ })).toBeVisible();

  await page.getByRole('button', { name: 'Practice server', exact: true }).click();
  await page.getByText('Relaysmith test: Practice server').first().click();
  await expectAccessible(page);
  await expect(page.getByText('practice@relaysmith.test').first()).toBeVisible();
  await page.getByRole('tab', { name: 'Headers' }).click();
  await expect(page.getByRole('tabpanel').getByText('X-Relaysmith-Run')).toBeVisible();
  await expectAccessible(page);

  for (const [scenario, stage, cause] of [
    ['Expired certificate', 'Certificate', /expired/],
    ['Wrong password', 'Sign-in', /password/],
    ['Relay denied', 'Recipient', /relay|recipient/i],
  ] as const) {
    await test.step(scenario, async () => {
      await page.getByRole('button', { name: 'Practice server', exact: true }).click();
      await search(page, scenario);
      await page.getByText(scenario, { exact: true }).click();
      await expect(page.getByRole('radio', { name: new RegExp(`^${scenario}`) })).toBeChecked();
      await page
        .getByRole('tree', { name: 'Profiles' })
        .getByRole('treeitem', { name: /^Practice server/ })
        .click();
      await bench.getByRole('button', { name: 'Check connection' }).click();
      await expect(bench.getByRole('button', { name: new RegExp(`^${stage} .*Failed`) })).toBeVisible();
      await expect(bench.getByText(cause).first()).toBeVisible();
      await expectAccessible(page);
    });
  }
});

test('a scenario with settings of its own brings them along, and says what to expect', async ({ opened }) => {
  const { page } = opened;
  const bench = page.getByRole('region', { name: 'Test bench' });
  await page.getByRole('button', { name: 'Practice server', exact: true }).click();
  await search(page, 'TLS_WRONG_VERSION');
  await page.getByText('Begins in plain text', { exact: true }).click();
  await expect(page.getByText('It takes settings of its own')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Running at' })).toContainText(
    'A check: Fails at TLSTLS_WRONG_VERSION',
  );
  await search(page, 'no such words');
  await expect(page.getByText('No scenario has these words.')).toBeVisible();
  await page.getByRole('button', { name: 'Use this profile' }).click();
  await bench.getByRole('button', { name: 'Check connection' }).click();
  await expect(bench.getByRole('button', { name: /^TLS .*Failed/ })).toBeVisible();
});

const HOSTILE_HTML = `<html><head><title>x</title><base href="https://elsewhere.example/">
<meta http-equiv="refresh" content="0;url=https://elsewhere.example/refresh">
<link rel="stylesheet" href="https://elsewhere.example/style.css"><style>@import "https://elsewhere.example/a.css";</style></head>
<body background="https://elsewhere.example/back.png" onload="parent.document.title='owned'">
<script>parent.document.title='owned'</script><h1>Your code is <b>4711</b></h1>
<img src="https://elsewhere.example/pixel.gif" alt="Our logo"><img src="x" onerror="parent.document.title='owned'">
<a href="https://elsewhere.example/click" ping="https://elsewhere.example/ping">Sign in here</a>
<iframe src="https://elsewhere.example/frame"></iframe><form action="https://elsewhere.example/form"><input name="a"></form>
<p style="background:url(https://elsewhere.example/p.png)">Styled</p><svg onload="parent.document.title='owned'"></svg>
</body></html>`;

test('HTML of a message is shown as text and structure: it runs, loads and follows nothing', async ({
  opened,
}, info) => {
  const { page } = opened;
  await page.getByRole('button', { name: 'Practice server', exact: true }).click();
  await search(page, 'Relay without sign-in');
  await page.getByText('Relay without sign-in', { exact: true }).click();
  const where = page.getByRole('status').filter({ hasText: 'Running at' }).locator('code').first();
  const port = Number((await where.textContent())?.split(':')[1]);
  await deliver(port, HOSTILE_HTML);
  // The policy speaks up while the HTML is taken apart, and the sandbox when a test looks into it.
  opened.provoked.push(/^(Executing inline event handler|Applying inline style) violates/, /^Blocked script execution/);
  await page
    .getByRole('list', { name: 'Inbox' })
    .getByRole('button', { name: /Hostile/ })
    .click();
  await page.getByRole('tab', { name: 'HTML' }).click();
  // A look inside would need a script there, which the sandbox refuses; the frame is given nothing but this.
  const frame = page.locator('iframe');
  await expect(frame).toHaveAttribute('sandbox', '');
  await expect(frame).toHaveAttribute('srcdoc', /<h1>Your code is <b>4711<\/b><\/h1>/);
  const given = (await frame.getAttribute('srcdoc')) ?? '';
  expect(given).toContain('<meta http-equiv="Content-Security-Policy" content="default-src \'none\'');
  expect(given).toContain('[Our logo][image]');
  expect(given).toContain('<a title="https://elsewhere.example/click">Sign in here</a>');
  expect(given).not.toMatch(
    /<(script|img|style|link|base|iframe|input|svg)|\s(href|src|style|on\w+|action|ping)=|refresh/i,
  );
  await expect(page).toHaveTitle('Practice server · Relaysmith');
  await page.screenshot({ path: info.outputPath('html.png') });
  await page.getByRole('tab', { name: 'Source' }).click();
  await expectAccessible(page);
  await expect(page.getByRole('tabpanel')).toContainText('<script>');
});

/** Hands a message with this HTML to the practice server, as any program would. */
async function deliver(port: number, html: string): Promise<void> {
  const lines = [
    'EHLO c.test',
    'MAIL FROM:<a@b.test>',
    'RCPT TO:<c@d.test>',
    'DATA',
    `Subject: Hostile\r\nFrom: a@b.test\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html.replaceAll('\n', '\r\n')}\r\n.`,
    'QUIT',
  ];
  const socket = connectTcp({ host: '127.0.0.1', port });
  // Each chunk of the server is one reply here; the next line follows it.
  for await (const _reply of socket) {
    const line = lines.shift();
    if (line === undefined) break;
    socket.write(`${line}\r\n`);
  }
}

test('a saved report is replayed as a server', async ({ opened }) => {
  const { page, home } = opened;
  const bench = page.getByRole('region', { name: 'Test bench' });
  const file = join(home, 'report.json');
  writeFileSync(file, JSON.stringify(await failedReport()));
  await page.getByRole('button', { name: 'Practice server', exact: true }).click();
  await page.getByRole('button', { name: 'Replay a report…' }).click();
  await page.getByRole('textbox', { name: 'Path of the report (JSON)' }).fill(file);
  await page.getByRole('button', { name: 'Replay', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Running at' })).toContainText(
    'replaying the report of Acme',
  );
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Use this profile' }).click();
  await bench.getByRole('button', { name: 'Check connection' }).click();
  await expect(bench.getByRole('button', { name: /^Recipient .*Failed/ })).toBeVisible();
  await expect(bench.getByText(/Relay access denied/).first()).toBeVisible();
});

/** The report of a run that a relay refused, made by the tester itself. */
async function failedReport() {
  const practice = createPracticeServer({ now: () => new Date() });
  const state = await practice.start('relay-denied');
  if (!state.ok || !state.value.running) throw new Error('The practice server did not start');
  const report = await runTest(
    {
      action: 'check',
      settings: practiceSettings(state.value),
      secrets: practiceSecrets(state.value),
      until: null,
      recipient: null,
      profileName: 'Acme',
    },
    { now: () => new Date(), signal: new AbortController().signal, onEvent: () => undefined },
  );
  await practice.stop();
  return report;
}
