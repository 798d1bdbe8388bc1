// A question that is looked up in a list of forty thousand places: by keyboard, by hand, and without scripts; and a matter that was done
// before is begun from what was answered then.
import { expect, expectNoSidewaysScroll, faultsOfAccess, hydrated, signIn, test } from './hall';
import { begin, press } from './matters';

/** The page of the residence permit's form on which the household's county is asked. */
async function toHome(page: import('@playwright/test').Page): Promise<void> {
  await signIn(page, 'citizen');
  const draft = await begin(page, 'jzz', 'first');
  await page.goto(draft);
  await hydrated(page);
  for (const link of await page.locator(`main a[href^="${draft}/"]`).all()) {
    await page.goto((await link.getAttribute('href'))!);
    await hydrated(page);
    if (await page.locator('#f-home').count()) return;
    await page.goBack();
    await hydrated(page);
  }
}

test('a county is looked up by keyboard @desktop', async ({ page }) => {
  await toHome(page);
  const box = page.getByRole('combobox');
  await box.fill('海沧');
  const options = page.getByRole('option');
  await expect(options.first()).toHaveText('福建省 厦门市 海沧区');
  await expect(box).toHaveAttribute('aria-expanded', 'true');
  expect(await faultsOfAccess(page)).toEqual([]);
  await box.press('ArrowDown');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await box.press('Escape');
  await expect(options.first()).toBeHidden();
  await box.press('ArrowDown');
  await box.press('Enter');
  await expect(box).toHaveValue('福建省 厦门市 海沧区');
  await expect(page.locator('input[type="hidden"][name="f.home"]')).toHaveValue('350205｜福建省 厦门市 海沧区');
  await box.press('Tab');
  await expect(page.locator('#f-home-e')).toHaveCount(0);

  // an input method composes, and says when it is done
  await box.fill('');
  await box.focus();
  const client = await page.context().newCDPSession(page);
  await client.send('Input.imeSetComposition', { selectionStart: 3, selectionEnd: 3, text: 'hai' });
  await client.send('Input.insertText', { text: '海沧' });
  await expect(options.first()).toHaveText('福建省 厦门市 海沧区');
  // Enter where nothing is marked sends what stands there, not what stood there before
  await box.fill('大观区');
  await box.press('Enter');
  await expect(page.locator('#f-home')).toHaveValue('安徽省 安庆市 大观区');
  await hydrated(page);

  // what is in no list is told, and stays as it was typed
  await box.fill('火星县');
  await box.press('Tab');
  await expect(page.locator('#f-home-e')).toContainText('火星县');
  await press(page, 'save');
  await expect(page.locator('#f-home')).toHaveValue('火星县');
  // a name that can only mean one place is taken without choosing
  await page.getByRole('combobox').fill('大观区');
  await expect(options.first()).toContainText('大观区');
  await page.getByRole('combobox').press('Tab');
  await expect(page.locator('input[type="hidden"][name="f.home"]')).toHaveValue('340803｜安徽省 安庆市 大观区');
});

test('a county is tapped @phone', async ({ page }) => {
  await toHome(page);
  await page.getByRole('combobox').fill('安庆 大观区');
  await page.getByRole('option', { name: '安徽省 安庆市 大观区', exact: true }).click();
  await expect(page.getByRole('combobox')).toHaveValue('安徽省 安庆市 大观区');
  await expectNoSidewaysScroll(page);
});

// of the three ways tests run, the first two leave out what carries the other's mark
test('without scripts the name is typed and found @nojs @phone @desktop', async ({ page }) => {
  await toHome(page);
  const box = page.locator('#f-home');
  await box.fill('海沧');
  await press(page, 'save');
  await expect(page.locator('#f-home-e')).toContainText('海沧');
  await box.fill('海沧区');
  await press(page, 'save');
  await page.goBack();
  await page.reload();
  await expect(box).toHaveValue('福建省 厦门市 海沧区');
});

test('the empty form is there as PDF @desktop', async ({ page, request }) => {
  await page.goto('/items/jzz');
  const href = await page.getByRole('link', { name: '下载空白表' }).getAttribute('href');
  const answer = await request.get(href!);
  expect(answer.status()).toBe(200);
  expect(answer.headers()['content-type']).toBe('application/pdf');
  expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
  expect((await request.get('/items/nothing/form.pdf')).status()).toBe(404);
});

test('a link brings answers, and says so @nojs', async ({ page }) => {
  await signIn(page, 'citizen');
  await page.goto('/apply/jzz?f.situation=change&f.kind=rent&f.landlord=' + encodeURIComponent('陈某'));
  await hydrated(page);
  await expect(page.getByText('您打开的链接带来了 2 项内容')).toBeVisible();
  await expect(page.locator('input[name="f.situation"][value="change"], input[name="situation"][value="change"]').first()).toBeChecked();
  expect(await faultsOfAccess(page)).toEqual([]);
  await page.locator('form[action="/apply/jzz/start"] button.button').first().click();
  await page.waitForURL(/\/apply\/jzz\/[0-9a-f-]{36}/);
  const draft = new URL(page.url()).pathname.split('/').slice(0, 4).join('/');
  await page.goto(`${draft}/live`);
  await hydrated(page);
  await expect(page.locator('[name="f.landlord"]')).toHaveValue('陈某');
  await expect(page.getByText('来自链接').first()).toBeVisible();
});
