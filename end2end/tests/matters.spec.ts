// The two matters from the first page to the end, as citizen, enterprise and clerk meet them: phone and desktop, with JavaScript and without.
import { expect, expectNoSidewaysScroll, faultsOfAccess, hydrated, signIn, test } from './hall';
import { act, desk } from './desk';
import { ELDER, FOOD, begin, fillIn, handIn } from './matters';

test('a noodle shop gets its food licence @nojs', async ({ page, browser }) => {
  test.setTimeout(180_000);
  await page.goto('/');
  await page.locator('input[name="q"]:visible').first().fill('开饭馆');
  await page.locator('form[role="search"]:visible button').first().click();
  await page.locator('a[href="/items/spjyxk"]').first().click();
  await expect(page.locator('h1')).toHaveText('食品经营许可');
  await signIn(page, 'enterprise');
  await begin(page, 'spjyxk');
  await fillIn(page, FOOD);
  await expectNoSidewaysScroll(page);
  const path = await handIn(page);
  await expect(page.locator('main')).toContainText(/35 ?0205/);

  const clerk = await desk(browser, 'clerk');
  await act(clerk, path, 'accept');
  const today = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai' }).format(new Date());
  await act(clerk, path, 'pass', { site_on: today, site_staff: '张某、钱某', findings: '布局与平面图一致，设备齐全。' });
  await act(clerk, path, 'pass', { opinion: '材料齐全，建议准予许可。' });
  const approver = await desk(browser, 'approver');
  await act(approver, path, 'grant');

  await page.goto(path);
  await expect(page.locator('main')).toContainText('证照已经签发');
  await page.goto('/my');
  const file = page.locator('a[href^="/certificates/"]').filter({ hasText: '食品经营许可证' }).first();
  const signed = await page.request.get((await file.getAttribute('href'))!);
  expect(signed.status()).toBe(200);
  const text = await signed.text();
  const { facts } = JSON.parse(text);

  // anybody can verify it, and an altered file is told so
  await page.goto('/verify');
  await hydrated(page);
  await page.locator('input[name="number"]').fill(facts.number);
  await page.locator('input[name="holder"]').fill(facts.holder);
  await page.locator('form:has(input[name="holder"]) button.button').click();
  await expect(page.locator('.verdict h2')).toHaveText(/真实有效/);
  expect(await faultsOfAccess(page)).toEqual([]);
  await page.goto('/verify');
  await hydrated(page);
  await page.locator('input[type="file"]').setInputFiles({
    name: 'altered.json',
    mimeType: 'application/json',
    buffer: Buffer.from(text.replace(facts.holder, '另一家店')),
  });
  await page.locator('form:has(input[type="file"]) button.button').click();
  await expect(page.locator('.verdict[data-kind="bad"] h2')).toBeVisible();
});

test('a son applies for his mother and withdraws @nojs', async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, 'citizen');
  await begin(page, 'gljt', 'family');
  await fillIn(page, ELDER);
  const path = await handIn(page);
  await page.goto(`${path}/withdraw`);
  await hydrated(page);
  await page.locator('form[action$="/withdraw"] button.button').first().click();
  await page.waitForURL(new RegExp(`${path}$`));
  await expect(page.locator('main')).toContainText(/撤回/);
});

test('a wrong answer is told beside the field and nothing is lost @nojs', async ({ page }) => {
  await signIn(page, 'enterprise');
  const draft = await begin(page, 'spjyxk');
  await page.goto(`${draft}/operator`);
  await hydrated(page);
  await page.locator('[name="f.contact_mobile"]').fill('1380000');
  await page.locator('form button[name="act"][value="save"]:visible').last().click();
  await expect(page.locator('[role="alert"]')).toBeVisible();
  await expect(page.locator('[name="f.contact_mobile"]')).toHaveValue('1380000');
  await expect(page.locator('[name="f.contact_mobile"]')).toHaveAttribute('aria-invalid', 'true');
  expect(await faultsOfAccess(page)).toEqual([]);
  await expectNoSidewaysScroll(page);
});

test('a tap that leaves a mended box still meets what it was meant for', async ({ page }) => {
  await signIn(page, 'enterprise');
  const draft = await begin(page, 'spjyxk', 'new');
  await page.goto(`${draft}/premises`);
  await hydrated(page);
  await page.locator('form button[name="act"][value="save"]:visible').last().click();
  await expect(page.locator('[name="f.premises_area"][aria-invalid="true"]')).toBeVisible();
  // the error above goes when the box is left, and everything below moves up: not from under the finger
  await page.locator('[name="f.premises_area"]').fill('86');
  const rent = page.locator('[name="f.premises_use"][value="rent"]');
  await rent.click();
  await expect(rent).toBeChecked();
  await expect(page.locator('[name="f.premises_area"][aria-invalid="true"]')).toHaveCount(0);
});

test('Chinese typed while WASM is ten seconds late stays @desktop', async ({ page }) => {
  await signIn(page, 'enterprise');
  const draft = await begin(page, 'spjyxk');
  await page.route('**/*.wasm', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    await route.continue();
  });
  await page.goto(`${draft}/operator`);
  await page.locator('[name="f.contact_name"]').fill('王小某');
  await page.locator('[name="f.contact_mobile"]').fill('19900000009');
  await expect(page.locator('html[data-hydrated]')).toHaveCount(0);
  await hydrated(page);
  await expect(page.locator('[name="f.contact_name"]')).toHaveValue('王小某');
  await expect(page.locator('[name="f.contact_mobile"]')).toHaveValue('19900000009');
});

for (const path of ['/', '/items', '/items/spjyxk', '/items/gljt', '/bundles/catering', '/track', '/verify', '/sign-in', '/help/accessibility', '/site-map', '/open']) {
  test(`${path} reads well for everybody @nojs`, async ({ page }) => {
    for (const look of ['', 'elder', 'dark', 'en', 'zh-Hant']) {
      if (look === 'elder') await page.goto(`/prefer?mode=elder&back=${path}`);
      else if (look === 'dark') await page.goto(`/prefer?mode=standard&theme=dark&back=${path}`);
      else if (look === '') await page.goto(path);
      else await page.goto(`/prefer?theme=system&lang=${look}&back=${path}`);
      await hydrated(page);
      await expect(page.locator('h1')).toHaveCount(1);
      expect(await faultsOfAccess(page), look).toEqual([]);
      await expectNoSidewaysScroll(page);
    }
  });
}
