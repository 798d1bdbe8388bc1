// 繁简切换: every page in Traditional characters, with and without JavaScript; what a person types is never touched.
import type { Page } from '@playwright/test';
import { expect, hydrated, signIn, test } from './hall';
import { begin } from './matters';

/** Characters that exist in Simplified writing only. */
const SIMPLIFIED = /[办们证许发时为业务条会问总题长请询项区开关门书员实应当见觉认让过进还这边]/;

const traditional = (page: Page) => page.goto('/prefer?lang=zh-Hant&back=/');

/** What is read on the page, without what somebody wrote (`translate="no"`). */
const said = (page: Page) =>
  page.evaluate(() => {
    const out: string[] = [document.title];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement!;
      if (element.closest('[translate="no"], textarea, script, style')) continue;
      if (node instanceof Text) out.push(node.data.trim());
      else for (const name of ['title', 'alt', 'aria-label', 'placeholder', 'data-th']) out.push((node as Element).getAttribute(name) ?? '');
    }
    return out.filter(Boolean);
  });

/** What the awake page writes by itself is converted a moment later, so look until it is. */
const allTraditional = (page: Page, name: string) =>
  expect.poll(async () => (await said(page)).filter((text) => SIMPLIFIED.test(text)), { message: name }).toEqual([]);

test('繁體：逐頁轉換，輸入的字不動 @nojs', async ({ page }) => {
  await traditional(page);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hant');
  for (const path of ['/', '/items', '/items/spjyxk', '/bundles/catering', '/track', '/verify', '/site-map', '/help/accessibility', '/sign-in']) {
    await page.goto(path);
    await hydrated(page);
    await allTraditional(page, path);
  }
  for (const typed of ['開飯館', '开饭馆']) {
    await page.goto('/items?q=' + encodeURIComponent(typed));
    await expect(page.getByRole('link', { name: '食品經營許可' }).first()).toBeVisible();
    await expect(page.getByRole('link', { name: '看開辦餐飲店' }).or(page.locator('.notice a[href="/bundles/catering"]'))).toBeVisible();
    await expect(page.locator('#search')).toHaveValue(typed);
  }
  await page.goto('/sign-in');
  await hydrated(page);
  await page.locator('input[name="account"]').fill('发展與發展');
  await page.locator('input[name="password"]').fill('wrong');
  await page.locator('form:has(input[name="password"]) button.button').click();
  await expect(page.locator('.field:has(input[name="account"]) .error')).toBeVisible();
  await expect(page.locator('input[name="account"]')).toHaveValue('发展與發展');
});

test('繁體：填的字怎樣寫就怎樣存 @nojs', async ({ page }) => {
  await traditional(page);
  await signIn(page, 'citizen2');
  await page.goto('/apply/gljt');
  await hydrated(page);
  await allTraditional(page, '/apply/gljt');
  const draft = await begin(page, 'gljt');
  await page.goto(`${draft}/elder`);
  await hydrated(page);
  await allTraditional(page, 'form');
  const written = '范某發展与后';
  await page.locator('[name="f.elder_name"]').fill(written);
  await page.locator('form button[name="act"][value="save"]:visible').last().click();
  // not everything is filled in, so the page comes back and says so, in Traditional; what was written is as it was written
  await expect(page.locator('.errors')).toBeVisible();
  await allTraditional(page, 'form, refused');
  await expect(page.locator('[name="f.elder_name"]')).toHaveValue(written);
  await page.goto(`${draft}/check`);
  await hydrated(page);
  await allTraditional(page, 'check');
  await expect(page.locator('main [translate="no"]', { hasText: written }).first()).toBeVisible();
});

test('繁體：瀏覽器換頁和服務器送頁，字字相同 @desktop', async ({ page }) => {
  await traditional(page);
  const steps: [string, RegExp][] = [
    ['header a[href="/items"]', /\/items$/],
    ['main a[href="/items/spjyxk"]', /\/items\/spjyxk$/],
    ['header a[href="/track"]', /\/track$/],
    ['header a[href="/verify"]', /\/verify$/],
    ['footer a[href="/help/accessibility"]', /accessibility$/],
  ];
  for (const [link, url] of steps) {
    if (link.includes('spjyxk')) await page.goto('/items?q=' + encodeURIComponent('食品'));
    await hydrated(page);
    await page.locator(link).first().click();
    await page.waitForURL(url);
    await allTraditional(page, `${url}`);
    const here = await said(page);
    await page.reload();
    await hydrated(page);
    expect(here.sort(), `${url}`).toEqual((await said(page)).sort());
  }
});

test('繁體：工作臺 @desktop', async ({ page }) => {
  await traditional(page);
  await signIn(page, 'clerk');
  await page.goto('/desk');
  await hydrated(page);
  await allTraditional(page, '/desk');
  await page.goto('/prefer?lang=zh-CN&back=/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
});
