// Applicant and office write to each other on the case: what one sends stands before the other, and nothing typed is lost on the way.
import type { Page } from '@playwright/test';
import { act, desk } from './desk';
import { expect, expectNoSidewaysScroll, faultsOfAccess, hydrated, signIn, test } from './hall';
import { ELDER, begin, fillIn, handIn } from './matters';

const BESIDE = '.field:has([name="message"]) .error';

/** The sentence stands beside the box and describes it; awake, it is heard, and the focus is in the box. */
async function refusedBeside(page: Page, words: string): Promise<void> {
  const box = page.locator('[name="message"]');
  await expect(page.locator(BESIDE)).toContainText(words);
  await expect(box).toHaveAttribute('aria-invalid', 'true');
  await expect(box).toHaveAttribute('aria-describedby', /\bmessage-e\b/);
  if (test.info().project.use.javaScriptEnabled === false) return;
  await expect(page.locator(BESIDE)).toHaveAttribute('role', 'alert');
  await expect(page.locator('.errors')).toHaveCount(0);
  await expect(box).toBeFocused();
}

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
  // nothing to send, or too much: said beside the box, by the page that stays as by the page that comes back
  const long = '字'.repeat(501);
  await send.click();
  await refusedBeside(page, '请填写要说的话');
  if (javaScriptEnabled === false) {
    const summary = page.locator('.errors');
    await expect(summary.locator('a')).toHaveAttribute('href', '#message');
    // in line with the page below it, not at the edge of the window
    expect((await summary.boundingBox())!.x).toBeCloseTo((await page.locator('main h1').boundingBox())!.x, 0);
  }
  expect(await faultsOfAccess(page)).toEqual([]);
  await box.fill(long);
  await send.click();
  await refusedBeside(page, '500');
  await expect(box).toHaveValue(long);
  expect(await faultsOfAccess(page)).toEqual([]);
  await expectNoSidewaysScroll(page);
  await box.fill('母亲的银行卡下月到期，要换新卡吗？\n<b>谢谢</b>');
  await send.click();
  const mine = page.locator('.thread li').last();
  await expect(mine).toContainText('要换新卡吗？');
  await expect(mine).toContainText('<b>谢谢</b>');
  await expect(page.locator('[name="message"]')).toHaveValue('');
  await expect(page.locator(BESIDE)).toBeHidden();
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
  const reply = clerk.locator('form[action$="/write"] button');
  await answer.fill(long);
  await reply.click();
  await refusedBeside(clerk, '500');
  await expect(answer).toHaveValue(long);
  expect(await faultsOfAccess(clerk)).toEqual([]);
  await answer.fill('不用，到期前在“我的”里改卡号就行。');
  await reply.click();
  await expect(clerk.locator('.thread li').last()).toContainText('到期前在“我的”里改卡号就行');
  await expect(clerk.locator('form[action$="/settle"]')).toHaveCount(0);
  await expect(clerk.locator(BESIDE)).toBeHidden();

  await page.goto(path);
  await expect(page.locator('.thread li').last()).toContainText('到期前在“我的”里改卡号就行');
  await expect(page.locator('.thread li')).toHaveCount(2);
});
