// Two offices at the same case at the same time (并联), and a booking: filled in from the samples that come with the procedures.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { act, desk } from './desk';
import { expect, expectNoSidewaysScroll, faultsOfAccess, hydrated, signIn, test } from './hall';
import { type Answers, begin, fillIn, handIn } from './matters';

const day = (shift: number) => new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai' }).format(Date.now() + shift * 86_400_000);

/** The first sample of a procedure, with its days near today. */
function sample(code: string): Answers {
  const [first] = JSON.parse(readFileSync(`../data/procedures/${code}.samples.json`, 'utf8')).samples;
  const dated = (said: string | string[]) => (typeof said === 'string' ? said.replace(/^\{today([+-]\d+)\}$/, (_, n) => day(Number(n))) : said);
  const typed = Object.entries<string | string[]>(first.answers).map(([key, said]) => [key, dated(said)]);
  const files = Object.entries<string>(first.files ?? {}).map(([key, file]) => [key, { file }]);
  return Object.fromEntries([...typed, ...files]);
}

/** Fills in the first sample and hands it in. */
async function apply(page: Page, code: string, situation: string): Promise<string> {
  await begin(page, code, situation);
  await fillIn(page, sample(code));
  await expectNoSidewaysScroll(page);
  return handIn(page);
}

/** Claims the case and asks the applicant for something. */
async function ask(clerk: Page, id: string, text: string): Promise<void> {
  await clerk.goto(`/desk/cases/${id}`);
  await hydrated(clerk);
  await clerk.locator(`form[action="/desk/cases/${id}/claim"] button`).first().click();
  const fold = clerk.locator(`details:has(form[action="/desk/cases/${id}/ask"])`);
  await fold.locator('summary').click();
  await fold.locator('[name="words"]').fill(text);
  await fold.locator('button').last().click();
  await expect(clerk.locator('#s-history ~ *').filter({ hasText: text }).first()).toBeVisible();
}

test('road office and traffic police look at one case at the same time @nojs', async ({ page, browser }) => {
  test.setTimeout(180_000);
  await signIn(page, 'enterprise');
  const path = await apply(page, 'wjdl', 'new');
  const id = path.split('/').pop()!;
  const clerk = await desk(browser, 'clerk');
  await act(clerk, path, 'accept');

  // the applicant sees both, and what comes once both have answered
  await page.goto(path);
  await hydrated(page);
  await expect(page.locator('.timeline [aria-current="step"]')).toContainText('现场踏勘、听交警的意见');
  await expect(page.locator('.timeline')).toContainText('同时请公安分局办理');
  await expect(page.locator('.timeline [data-state="next"]')).toHaveText(['审查、核定修复费', '审批']);
  await expectNoSidewaysScroll(page);
  expect(await faultsOfAccess(page)).toEqual([]);

  // at the desk both stand by name, and the link leads to the other one
  await clerk.goto(`/desk/cases/${id}`);
  await hydrated(clerk);
  await expect(clerk.locator('#case [aria-current="step"]')).toHaveText('现场踏勘');
  await clerk.locator(`#case a[href="/desk/cases/${id}?node=police"]`).click();
  await expect(clerk.locator('#case [aria-current="step"]')).toHaveText('听交警的意见');
  await hydrated(clerk);
  expect(await faultsOfAccess(clerk)).toEqual([]);
  await clerk.locator(`form[action="/desk/cases/${id}/claim"] button`).first().click();
  const opinion = clerk.locator('[name="opinion"]');
  await expect(clerk.locator(`button[formaction="/desk/cases/${id}/pass"]`)).toBeVisible();
  await expect(clerk.locator('#case [aria-current="step"]')).toHaveText('听交警的意见');
  await opinion.fill('同意夜间半幅施工。');
  await clerk.locator(`button[formaction="/desk/cases/${id}/pass"]`).click();
  await expect(clerk.locator('[name="findings"]')).toBeVisible();

  await act(clerk, path, 'pass', { site_on: day(0), site_staff: '张某、钱某', findings: '18.5 米乘 1.2 米，铺砖。' });
  // the fee is asked for, and stands before the applicant until it has come in
  await ask(clerk, id, '挖掘修复费共 3330 元：铺砖 22.2 平方米，每平方米 150 元。');
  await page.goto('/my');
  await hydrated(page);
  await page.locator(`.todos a[href="${path}"]`).first().click();
  await expect(page.locator('main')).toContainText('挖掘修复费共 3330 元');
  await expectNoSidewaysScroll(page);
  expect(await faultsOfAccess(page)).toEqual([]);
  await act(clerk, path, 'pass', { opinion: '踏勘、交警都同意。修复费已到账，缴款书 2026-0001。' });
  const approver = await desk(browser, 'approver');
  await act(approver, path, 'grant');
  await page.goto(path);
  await expect(page.locator('main')).toContainText('证照已经签发');
});

test('a couple books a time for their marriage @nojs', async ({ page, browser }) => {
  test.setTimeout(180_000);
  await signIn(page, 'citizen');
  const path = await apply(page, 'jhdj', 'new');
  const clerk = await desk(browser, 'clerk');
  await act(clerk, path, 'accept');
  await act(clerk, path, 'grant');
  await page.goto('/my');
  await expect(page.locator('main')).toContainText('结婚登记预约单');
});
