// 繁简切换: every page in Traditional characters, with and without JavaScript; what a person types is never touched.
import { expect, hydrated, signIn, test } from './hall';

/** Characters that exist in Simplified writing only. */
const SIMPLIFIED = /[办们证许发时为业务条会问总题长请询项区]/;

test('繁體：逐頁轉換，輸入的字不動 @nojs', async ({ page }) => {
  await page.goto('/prefer?lang=zh-Hant&back=/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hant');
  for (const path of ['/', '/items', '/items/spjyxk', '/track', '/verify', '/site-map']) {
    await page.goto(path);
    await hydrated(page);
    // what the awake page writes by itself is converted a moment later
    await expect.poll(async () => (await page.locator('body').innerText()).match(SIMPLIFIED)?.[0] ?? '', { message: path }).toBe('');
  }
  await page.goto('/items?q=' + encodeURIComponent('開飯館'));
  await expect(page.getByRole('link', { name: '食品經營許可' }).first()).toBeVisible();
  await page.goto('/sign-in');
  await hydrated(page);
  await page.locator('input[name="account"]').fill('发展與發展');
  await page.locator('input[name="password"]').fill('wrong');
  await page.locator('form:has(input[name="password"]) button.button').click();
  await expect(page.locator('.errors')).toBeVisible();
  await expect(page.locator('input[name="account"]')).toHaveValue('发展與發展');
});

test('繁體：填表和換頁之後還是繁體 @desktop', async ({ page }) => {
  await page.goto('/prefer?lang=zh-Hant&back=/');
  await signIn(page, 'enterprise');
  await page.goto('/items/spjyxk');
  await hydrated(page);
  await page.locator('a[href^="/apply/spjyxk"]').first().click();
  await page.waitForURL(/\/apply\/spjyxk/);
  await hydrated(page);
  await expect.poll(async () => (await page.locator('main').innerText()).match(SIMPLIFIED)?.[0] ?? '').toBe('');
  await page.goto('/prefer?lang=zh-CN&back=/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
});
