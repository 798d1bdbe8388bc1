// Applicant and office write to each other on the case: what one sends stands before the other, and nothing typed is lost on the way.
import { act, desk } from './desk';
import { expect, expectNoSidewaysScroll, faultsOfAccess, hydrated, signIn, test } from './hall';
import { ELDER, begin, fillIn, handIn } from './matters';

test('a son asks, the clerk answers, and each finds the other’s words @nojs', async ({ page, browser }) => {
  test.setTimeout(180_000);
  const { javaScriptEnabled } = test.info().project.use;
  await signIn(page, 'citizen');
  await begin(page, 'gljt', 'family');
  await fillIn(page, ELDER);
  const path = await handIn(page);
  const id = path.split('/').pop()!;
  const clerk = await desk(browser, 'clerk');
  await act(clerk, path, 'accept');
  await clerk.goto(`/desk/cases/${id}`);
  await hydrated(clerk);
  const answer = clerk.locator('[name="message"]');
  await answer.fill('不用，到期前');
  await clerk.evaluate(() => ((window as unknown as { same: boolean }).same = true));

  await page.goto(path);
  await hydrated(page);
  const box = page.locator('[name="message"]');
  const send = page.locator('form[action$="/write"] button');
  // nothing to send: said at the top of the page that stays, or beside the box of the page that comes back
  await send.click();
  const alert = page.locator('[role="alert"]').first();
  await expect(alert).toContainText('请填写要说的话');
  // in line with the page below it, not at the edge of the window
  expect((await alert.boundingBox())!.x).toBeCloseTo((await page.locator('main h1').boundingBox())!.x, 0);
  expect(await faultsOfAccess(page)).toEqual([]);
  await box.fill('母亲的银行卡下月到期，要换新卡吗？\n<b>谢谢</b>');
  await send.click();
  const mine = page.locator('.thread li').last();
  await expect(mine).toContainText('要换新卡吗？');
  await expect(mine).toContainText('<b>谢谢</b>');
  await expect(page.locator('[name="message"]')).toHaveValue('');
  await expectNoSidewaysScroll(page);
  expect(await faultsOfAccess(page)).toEqual([]);

  // at the desk it arrives by itself, and does not touch what is being typed
  if (javaScriptEnabled === false) {
    await clerk.goto(`/desk/cases/${id}`);
  } else {
    await expect(clerk.locator('.thread li').last()).toContainText('要换新卡吗？', { timeout: 5_000 });
    expect(await clerk.evaluate(() => (window as unknown as { same?: boolean }).same)).toBe(true);
    await expect(answer).toHaveValue('不用，到期前');
  }
  expect(await faultsOfAccess(clerk)).toEqual([]);
  await answer.fill('不用，到期前在“我的”里改卡号就行。');
  await clerk.locator('form[action$="/write"] button').click();
  await expect(clerk.locator('.thread li').last()).toContainText('到期前在“我的”里改卡号就行');
  await expect(clerk.locator('form[action$="/settle"]')).toHaveCount(0);

  await page.goto(path);
  await expect(page.locator('.thread li').last()).toContainText('到期前在“我的”里改卡号就行');
  await expect(page.locator('.thread li')).toHaveCount(2);
});
