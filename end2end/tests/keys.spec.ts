// Keys of an enterprise in its own hands: made on the page, seen once, used by a program, taken back.
import { expect, expectNoSidewaysScroll, faultsOfAccess, hydrated, signIn, test } from './hall';

test('an agent makes a key, uses it and takes it back @nojs', async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, 'enterprise');
  await page.goto('/enterprise');
  await hydrated(page);
  await page.locator('main a[href="/enterprise/keys"]').click();
  await expect(page.locator('h1')).toHaveText('接口密钥');
  await hydrated(page);
  // several projects share one hall: each makes a key of its own
  const name = `ERP ${test.info().project.name} ${test.info().repeatEachIndex}`;
  const make = page.locator('form[action="/enterprise/keys"]');
  const button = make.locator('button.button');

  // nothing said: told beside the field, and nothing is made
  await button.click();
  await expect(page.locator('[role="alert"]').first()).toContainText('请填写密钥的名称');
  await hydrated(page);
  await expect(page.locator('[name="name"]')).toHaveAttribute('aria-invalid', 'true');
  expect(await faultsOfAccess(page)).toEqual([]);

  await page.locator('[name="name"]').fill(name);
  await button.click();
  const made = page.locator('#made');
  await expect(made).toBeVisible();
  await hydrated(page);
  const key = await made.inputValue();
  expect(key).toMatch(/^tongban_[2-9A-HJ-NP-Z]{32}$/);
  await expect(made).toHaveAttribute('readonly', '');
  await expect(page.locator('.notice[data-kind="ok"]')).toContainText('只显示这一次');
  expect(page.url()).not.toContain(key);
  expect(await page.context().cookies().then((all) => JSON.stringify(all))).not.toContain(key);
  await expectNoSidewaysScroll(page);
  expect(await faultsOfAccess(page)).toEqual([]);

  // a program gets in with it
  const me = () => page.request.get('/api/v1/me', { headers: { authorization: `Bearer ${key}` } });
  expect((await me()).status()).toBe(200);

  // the page is read again: the key is gone, its last characters and its use are there
  await page.reload();
  await hydrated(page);
  await expect(made).toHaveCount(0);
  expect(await page.content()).not.toContain(key);
  const row = page.locator('tbody tr').filter({ hasText: name });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText(key.slice(-4));
  await expect(row).not.toContainText('没有用过');
  await expectNoSidewaysScroll(page);

  // taking back takes two presses
  const gone = row.locator('form[action$="/revoke"] button');
  await expect(gone).toBeHidden();
  await row.locator('summary').click();
  await expect(gone).toBeVisible();
  expect(await faultsOfAccess(page)).toEqual([]);
  await gone.click();
  await expect(row).toHaveCount(0);
  expect((await me()).status()).toBe(401);
  await page.locator('main details:has(ul.plain) > summary').click();
  await expect(page.locator('main details ul.plain li').filter({ hasText: name }).first()).toContainText('收回');
});

test('two presses make one key @desktop', async ({ page }) => {
  await signIn(page, 'enterprise');
  await page.goto('/enterprise/keys');
  await hydrated(page);
  await page.locator('[name="name"]').fill('按了两下');
  await page.locator('form[action="/enterprise/keys"] button.button').dblclick();
  await expect(page.locator('#made')).toBeVisible();
  await hydrated(page);
  const rows = page.locator('tbody tr').filter({ hasText: '按了两下' });
  await expect(rows).toHaveCount(1);
  await rows.locator('summary').click();
  await rows.locator('form[action$="/revoke"] button').click();
  await expect(rows).toHaveCount(0);
});

test('a citizen finds no keys, in English as well @nojs', async ({ page }) => {
  await signIn(page, 'citizen');
  await page.goto('/enterprise/keys');
  await hydrated(page);
  await expect(page.locator('form[action="/enterprise/keys"]')).toHaveCount(0);
  await expect(page.locator('h1')).toHaveText('您还没有可以代办的单位');
  await page.context().addCookies([{ name: 'lang', value: 'en', url: new URL(page.url()).origin }]);
  await page.goto('/open');
  await hydrated(page);
  await expect(page.locator('a[href="/enterprise/keys"]')).toHaveText('Keys of your enterprise');
});
