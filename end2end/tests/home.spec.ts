// The first page: it answers, speaks, fits and is silent, with and without JavaScript.
import { expect, expectNoSidewaysScroll, faultsOfAccess, hydrated, test } from './hall';

test('the home page says where one is and lets one search @nojs', async ({ page }) => {
  const answer = await page.goto('/');
  expect(answer?.status()).toBe(200);
  await hydrated(page);
  await expect(page).toHaveTitle(/办事大厅/);
  await expect(page.locator('h1')).toHaveCount(1);
  await expect(page.locator('form[role="search"] input[name="q"]:visible').first()).toBeVisible();
  await expectNoSidewaysScroll(page);
});

test('the home page is accessible, by day and by night', async ({ page }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto('/');
    await hydrated(page);
    expect(await faultsOfAccess(page), colorScheme).toEqual([]);
  }
});

test('an address that leads nowhere is answered with 404 and a way back @nojs', async ({ page }) => {
  const answer = await page.request.get('/nowhere-at-all', { headers: { accept: 'text/html' } });
  expect(answer.status()).toBe(404);
  expect(await answer.text()).toContain('href="/"');
});
