// A form is changed while somebody fills it in: the editor works on a copy, a colleague approves it, and the draft is carried along
// with every answer. Each project has an item of its own, because a published change stays.
import { expect, expectNoSidewaysScroll, faultsOfAccess, hydrated, signIn, test } from './hall';
import { JPG } from './matters';

// all of them filed by the same demo citizen
const ITEMS: Record<string, string> = { desktop: 'lsjz', phone: 'zdsh', nojs: 'lhjy' };

test('an editor changes a form, a colleague approves it, a draft is carried @nojs', async ({ page }) => {
  test.setTimeout(240_000);
  const code = ITEMS[test.info().project.name];
  const mark = `申请人签名 ${test.info().project.name}`;
  const out = async () => {
    await page.context().clearCookies();
  };

  // somebody begins to fill in
  await signIn(page, 'citizen');
  await page.goto(`/apply/${code}`);
  await hydrated(page);
  const first = page.locator('input[name="situation"], input[name^="f."]').first();
  if (await first.count()) await first.check();
  await page.locator(`form[action="/apply/${code}/start"] button.button`).first().click();
  await page.waitForURL(/\/apply\/[a-z]+\/[0-9a-f-]{36}/);
  const draft = new URL(page.url()).pathname.split('/').slice(0, 4).join('/');
  // whoever leaves while the page is still on its way is told so on the console
  await expect(page.locator(`main a[href^="${draft}/"]`).first()).toBeVisible();
  await out();

  // the editor's list and the form in force
  await signIn(page, 'editor');
  await page.goto('/admin/forms');
  await hydrated(page);
  await expect(page.locator('h1')).toHaveText('表单');
  await expectNoSidewaysScroll(page);
  expect(await faultsOfAccess(page)).toEqual([]);
  await page.locator(`a[href="/admin/forms/${code}"]`).click();
  await expect(page.getByText('第 1 版')).toBeVisible();
  await hydrated(page);
  await page.getByRole('button', { name: '开始改' }).click();
  await expect(page.getByText('第 2 版')).toBeVisible();
  await hydrated(page);
  expect(await faultsOfAccess(page)).toEqual([]);
  await expectNoSidewaysScroll(page);

  // a question is added: at first it has no words, and the page says so
  await page.locator('a[href="#parts"]').filter({ visible: true }).click({ timeout: 2_000 }).catch(() => undefined); // folded on a phone
  await page.locator('.parts li[data-depth="0"] a').nth(1).click();
  await expect(page.locator('.parts [aria-current]')).toHaveAttribute('data-depth', '0');
  await hydrated(page);
  await page.getByRole('button', { name: '加一个问题' }).click();
  await expect(page.locator('.parts [aria-current] a')).toHaveText('（还没写）');
  await hydrated(page);
  await expect(page.getByText('改好才能送审')).toBeVisible();
  await page.locator('input[name="f.label"]').fill(mark);
  await page.locator('select[name="f.kind"]').selectOption('signature');
  await page.locator('input[name="f.optional"][value="yes"]').check();
  await page.getByRole('button', { name: '保存', exact: true }).last().click();
  await expect(page.locator('.parts [aria-current] a')).toHaveText(mark);
  await hydrated(page);
  expect(await faultsOfAccess(page)).toEqual([]);
  await expectNoSidewaysScroll(page);

  // a rule that does not read is told beside its box, and stays as it was typed
  await page.getByRole('link', { name: '规则' }).click();
  await hydrated(page);
  const rule = page.locator('textarea[name="f.when"]');
  await rule.fill('situation = ');
  await page.getByRole('button', { name: '保存', exact: true }).last().click();
  await expect(page.locator('[role="alert"]').first()).toContainText('第');
  await hydrated(page);
  await expect(rule).toHaveValue(/situation =/);
  await rule.fill('');
  await page.getByRole('button', { name: '保存', exact: true }).last().click();
  await expect(page.getByText('没有发现问题')).toBeVisible();
  await hydrated(page);

  // as applicants will see it
  const preview = page.getByRole('link', { name: '看看填的人看到什么' });
  await preview.click();
  await expect(page.getByText('填了也不会提交')).toBeVisible();
  await expect(page.getByText(mark)).toBeVisible();
  await hydrated(page);
  expect(await faultsOfAccess(page)).toEqual([]);
  await expectNoSidewaysScroll(page);
  await page.goto(`/admin/forms/${code}`);
  await hydrated(page);

  // two people
  await page.getByRole('button', { name: '送审', exact: true }).click();
  await expect(page.getByText('等人审')).toBeVisible();
  await expect(page.getByRole('button', { name: '通过', exact: true })).toHaveCount(0);
  await out();
  await signIn(page, 'admin');
  await page.goto(`/admin/forms/${code}`);
  await hydrated(page);
  await expect(page.getByText(mark).filter({ visible: true }).first()).toBeVisible();
  expect(await faultsOfAccess(page)).toEqual([]);
  await page.getByRole('button', { name: '通过', exact: true }).click();
  await expect(page.locator('h1')).toContainText('现行');
  await expect(page.getByText('第 2 版')).toBeVisible();
  await out();

  // the draft: told once, nothing lost
  await signIn(page, 'citizen');
  await page.goto(draft);
  await hydrated(page);
  await expect(page.getByText('这张表更新了')).toBeVisible();
  await expect(page.getByText(`新问的，可以不填：${mark}`)).toBeVisible();
  expect(await faultsOfAccess(page)).toEqual([]);
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: '知道了' }).click();
  await expect(page.getByText('这张表更新了')).toHaveCount(0);

  // what was added is signed by hand; without scripts a photo of a signature is handed in
  await hydrated(page);
  await page.goto((await page.locator(`main a[href^="${draft}/"]`).first().getAttribute('href'))!);
  await hydrated(page);
  const field = page.locator('fieldset.field').filter({ hasText: mark });
  if (test.info().project.name === 'nojs') {
    await expect(field.locator('canvas')).toBeHidden();
    await field.locator('input[type="file"]').setInputFiles({ name: '签名.jpg', mimeType: 'image/jpeg', buffer: JPG });
    await page.locator('form button[name="act"][value="save"]:visible').last().click();
  } else {
    const take = field.getByRole('button', { name: '用这个签名' });
    await expect(take).toBeDisabled();
    await field.locator('canvas').scrollIntoViewIfNeeded();
    const box = (await field.locator('canvas').boundingBox())!;
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 120, box.y + 60, { steps: 5 });
    await page.mouse.up();
    expect(await faultsOfAccess(page)).toEqual([]);
    await take.click();
    await expect(page.locator('.files li').filter({ hasText: '签名.png' })).toBeVisible();
    await expect(page.locator('.files progress')).toHaveCount(0);
  }
  await page.goto(page.url());
  await expect(page.locator('.files li').filter({ hasText: '签名' })).toBeVisible();
});
