import { expect, expectAccessible, test } from './support/window.ts';

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

  for (const [scenario, stage, cause] of [
    ['Expired certificate', 'Certificate', /expired/],
    ['Wrong password', 'Sign-in', /password/],
    ['Relay denied', 'Recipient', /relay|recipient/i],
  ] as const) {
    await test.step(scenario, async () => {
      await page.getByRole('button', { name: 'Practice server', exact: true }).click();
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
