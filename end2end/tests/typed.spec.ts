// What is typed stays, and what was said is not said again, whatever comes in between: a slow answer, a file on its way, a mended answer.
import { expect, hydrated, signIn, test } from './hall';
import { ELDER, FOOD, begin, fillIn, handIn, press } from './matters';

/** Something that is held until it is let go. */
function gate(): { open: () => void; opened: Promise<void> } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

test('what was refused before the page woke is not told again once it is mended', async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, 'citizen');
  await begin(page, 'gljt', 'family');
  await fillIn(page, ELDER);
  const path = await handIn(page);
  await page.goto(path);
  await hydrated(page);
  const box = page.locator('[name="message"]');
  const beside = page.locator('.field:has([name="message"]) .error');
  const long = '字'.repeat(3_000);
  await box.fill(long);
  // sent by the browser itself, as until the page is awake
  const landed = page.waitForEvent('load');
  await page.locator('form[action$="/write"]').evaluate((form) => HTMLFormElement.prototype.submit.call(form));
  await landed;
  await hydrated(page);
  await expect(beside).toContainText('500');
  await expect(box).toHaveValue(long);

  await box.fill('要换新卡吗？');
  await page.locator('form[action$="/write"] button').click();
  await expect(page.locator('.thread li').last()).toContainText('要换新卡吗？');
  await expect(box).toHaveValue('');
  await expect(beside).toBeHidden();
  await expect(page.locator('main .errors')).toHaveCount(0);
});

// one leads to the page that the reader has gone on to by themselves, the other back to the page they left
for (const [mobile, leads] of [[FOOD.contact_mobile as string, 'on'], ['1380000', 'back']]) {
  test(`a late answer that leads ${leads} fetches nobody away from what they type @desktop`, async ({ page }) => {
    await signIn(page, 'enterprise');
    const draft = await begin(page, 'spjyxk', 'new');
    await page.goto(`${draft}/operator`);
    await hydrated(page);
    await page.locator('[name="f.contact_name"]').fill('王某');
    await page.locator('[name="f.contact_mobile"]').fill(mobile);
    const { open, opened } = gate();
    await page.route(`**${draft}/operator`, async (route) => {
      await opened;
      await route.continue();
    });
    await page.locator('form button[name="act"][value="save"]:visible').last().click();
    await page.locator(`#tasks a[href="${draft}/premises"]`).click();
    const box = page.locator('[name="f.premises_address"]');
    await box.fill('青禾区望河街道示例路 18 号');
    const answered = page.waitForResponse((response) => !!response.request().postData()?.includes('act=save'));
    open();
    await (await answered).finished();
    // time enough to be led away
    await page.waitForTimeout(1_000);
    await expect(page).toHaveURL(`${draft}/premises`);
    await expect(box).toHaveValue('青禾区望河街道示例路 18 号');
  });
}

test('a file that is on its way while its page is drawn anew arrives there', async ({ page }) => {
  await signIn(page, 'enterprise');
  const draft = await begin(page, 'spjyxk', 'new');
  await page.goto(`${draft}/people`);
  await hydrated(page);
  await page.locator('[name="f.staff_role.1"][value="cook"]').check();
  const { open, opened } = gate();
  let uploads = 0;
  await page.route(`**${draft}/people`, async (route) => {
    const kind = await route.request().headerValue('content-type');
    if (kind?.startsWith('multipart/') && uploads++ === 0) await opened;
    await route.continue();
  });
  const buffer = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
  await page.locator('[name="f.staff_health_file.1"]').setInputFiles({ name: '健康证明.pdf', mimeType: 'application/pdf', buffer });
  const line = page.locator('.files li').filter({ hasText: '健康证明.pdf' });
  await expect(line.locator('progress')).toBeVisible();
  await press(page, 'add:staff');
  // drawn anew, the page still tells that it is on its way
  await expect(line.locator('progress')).toBeVisible();
  const box = page.locator('[name="f.staff_name.2"]');
  await box.fill('张某');
  open();
  await expect(line.locator('button[value^="unfile:"]')).toBeVisible();
  await expect(page.locator('.files progress')).toHaveCount(0);
  await expect(line).toHaveCount(1);
  await expect(box).toHaveValue('张某');
});

test('who mends one answer of the summary is led back to it @nojs', async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, 'citizen');
  const draft = await begin(page, 'gljt', 'family');
  await fillIn(page, ELDER);
  await hydrated(page);
  await page.locator(`a[href^="${draft}/elder?back=check"]`).first().click();
  await expect(page.locator('[name="f.live_address"]')).toBeVisible();
  await hydrated(page);
  // not right at once: the way back is not forgotten
  await page.locator('[name="f.live_address"]').fill('');
  await press(page, 'save');
  await expect(page.locator('[name="f.live_address"]')).toHaveAttribute('aria-invalid', 'true');
  await hydrated(page);
  await page.locator('[name="f.live_address"]').fill('青禾区望河街道望河社区示例路 8 号');
  await press(page, 'save');
  await expect(page).toHaveURL(`${draft}/check`);
  await expect(page.locator('main')).toContainText('示例路 8 号');
});
