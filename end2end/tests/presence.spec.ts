// The desk, live: colleagues see each other, and what one writes is not touched by what another does.
import { expect, hydrated, signIn, test } from './hall';
import { ELDER, begin, fillIn, handIn } from './matters';

test('colleagues at the same case see each other within a second @desktop', async ({ page, browser }) => {
  test.setTimeout(120_000);
  await signIn(page, 'citizen');
  await begin(page, 'gljt', 'family');
  await fillIn(page, ELDER);
  const id = (await handIn(page)).split('/').pop()!;

  const desks = await Promise.all([browser.newContext(), browser.newContext()]);
  const [clerk, approver] = await Promise.all(desks.map((desk) => desk.newPage()));
  await signIn(clerk, 'clerk');
  await clerk.goto(`/desk/cases/${id}`);
  await hydrated(clerk);
  await expect(clerk.locator('.present')).toHaveText('');
  await signIn(approver, 'approver');
  await approver.goto(`/desk/cases/${id}`);
  await hydrated(approver);
  await expect(clerk.locator('.present')).toContainText('赵某也在看', { timeout: 3_000 });
  await expect(approver.locator('.present')).toContainText('张某也在看', { timeout: 3_000 });

  // the clerk's act arrives as a small update; the page is never loaded again
  await approver.evaluate(() => ((window as unknown as { same: boolean }).same = true));
  await clerk.locator('#acts form[action$="/claim"] button').click();
  await expect(approver.locator('#case')).toContainText('张某', { timeout: 3_000 });
  expect(await approver.evaluate(() => (window as unknown as { same?: boolean }).same)).toBe(true);

  await Promise.all(desks.map((desk) => desk.close()));
});
