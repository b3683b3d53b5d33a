import { expect, expectAccessible, test } from './support/window.ts';

test('a transcript is searched by key, line by line', async ({ opened }) => {
  const { page } = opened;
  await page.getByRole('button', { name: /practice mail server/i }).click();
  const bench = page.getByRole('region', { name: 'Test bench' });
  await expect(bench.getByText('The connection works')).toBeVisible();
  await bench.getByText('Transcript', { exact: true }).click();
  const search = bench.getByRole('searchbox', { name: 'Search the transcript' });
  await search.fill('250');
  await expect(bench.getByText(/^1 of \d+$/)).toBeVisible();
  await search.press('Enter');
  await expect(bench.getByText(/^2 of \d+$/)).toBeVisible();
  await search.press('Shift+Enter');
  await expect(bench.getByText(/^1 of \d+$/)).toBeVisible();
  await expectAccessible(page);
  await search.fill('no such words');
  await expect(bench.getByText('Not found')).toBeVisible();
  await search.press('Escape');
  await expect(search).toHaveValue('');
  await expect(bench.getByRole('region', { name: 'Transcript' })).toContainText('EHLO');
});
