// 我符合条件吗: told as soon as a box is left, and the same when the browser itself posts it; nothing typed stands in an address.
import { expect, hydrated, test } from './hall';

test('whoever tries whether they may apply is told why not, and when @desktop', async ({ page }) => {
  await page.goto('/items/gljt');
  await hydrated(page);
  await page.getByRole('link', { name: '我符合条件吗' }).click();
  await expect(page).toHaveURL(/\/items\/gljt\/eligible$/);
  await hydrated(page);
  await page.locator('[name="f.elder_id"]').fill('11010519491231002X');
  await page.locator('[name="f.elder_id"]').blur();
  await expect(page.locator('.notice[data-kind="bad"]')).toContainText('2029 年 12 月 31 日满 80 周岁');
  await page.locator('[name="f.household"]').selectOption('wanghe_wanghe');
  await page.getByRole('button', { name: '看结果' }).click();
  await expect(page).toHaveURL(/\/items\/gljt\/eligible$/);
  await hydrated(page);
  await expect(page.locator('.notice[data-kind="bad"]')).toContainText('老年人权益保障法');
  await expect(page.locator('[name="f.elder_id"]')).toHaveValue('11010519491231002X');
  await page.locator('[name="f.elder_id"]').fill('350205188304250245');
  await page.locator('[name="f.elder_id"]').blur();
  await expect(page.locator('.notice[data-kind="ok"]').getByRole('link')).toHaveAttribute('href', '/apply/gljt');
});
