// Rooms of the browser's side: each page fetches the code of its own room and no other, and without it goes on plain.
import type { Page } from '@playwright/test';
import { expect, hydrated, signIn, test } from './hall';

/** Names of the WASM files the page has fetched. */
const fetched = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const paths = performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname);
    return [...new Set(paths.filter((path) => path.endsWith('.wasm')).map((path) => path.split('/').pop()!))].sort();
  });

/** Names the boot script of the page fetches ahead, the module included. */
const ahead = async (page: Page): Promise<string[]> => {
  const script = await page.locator('head script[type=module]').innerHTML();
  return [...script.matchAll(/\/pkg\/[0-9a-f]{16}\/([\w.]+\.wasm)/g)].map((found) => found[1]).sort();
};

const rooms: Record<string, string[]> = {
  reading: ['/', '/items', '/items/gljt', '/open', '/help/accessibility', '/site-map'],
  following: ['/track', '/my'],
  verifying: ['/verify'],
  filling: ['/apply/gljt', '/items/gljt/eligible'],
};

for (const [room, paths] of Object.entries(rooms)) {
  test(`pages of ${room} fetch their own room and nothing else @desktop`, async ({ page }) => {
    await signIn(page, 'citizen');
    for (const path of paths) {
      await page.goto(path);
      await hydrated(page);
      const files = await fetched(page);
      expect(files, path).toEqual(await ahead(page));
      expect(files.filter((name) => name.startsWith('split_')), path).toEqual([`split_${room}.wasm`]);
    }
  });
}

test('the workbench fetches its own room and nothing else @desktop', async ({ page }) => {
  await signIn(page, 'clerk');
  await page.goto('/desk');
  await hydrated(page);
  const files = await fetched(page);
  expect(files).toEqual(await ahead(page));
  expect(files.filter((name) => name.startsWith('split_'))).toEqual(['split_desk.wasm']);
});

test('from room to room without leaving the page @desktop', async ({ page }) => {
  await page.goto('/');
  await hydrated(page);
  await page.evaluate(() => Object.assign(window, { stayed: true }));
  for (const [link, heading] of [['/track', '查'], ['/verify', '证']]) {
    await page.locator(`a[href="${link}"]`).filter({ visible: true }).first().click();
    await expect(page).toHaveURL(link);
    await expect(page.locator('h1')).toContainText(heading);
  }
  expect(await page.evaluate(() => 'stayed' in window)).toBe(true);
  expect(await fetched(page)).toEqual(expect.arrayContaining(['split_reading.wasm', 'split_following.wasm', 'split_verifying.wasm']));
});

test('a room that cannot be fetched is entered as without scripts @desktop', async ({ context }) => {
  // a page that may write to the console: what was not found is told there by the browser's side itself
  const page = await context.newPage();
  await page.goto('/');
  await hydrated(page);
  await page.evaluate(() => Object.assign(window, { stayed: true }));
  // as after a change of the hall: the module that is open finds no more of its files
  await page.route('**/split_following.wasm', (route) => route.fulfill({ status: 204 }));
  await page.locator('a[href="/track"]').filter({ visible: true }).first().click();
  await expect(page).toHaveURL('/track');
  await expect(page.locator('h1')).toContainText('查');
  expect(await page.evaluate(() => 'stayed' in window)).toBe(false);
});

test('files of an edition are kept, those of another are not there @desktop', async ({ page, request }) => {
  await page.goto('/');
  const script = await page.locator('head script[type=module]').innerHTML();
  const [path] = script.match(/\/pkg\/[0-9a-f]{16}\/tongban\.js/)!;
  const kept = await request.get(path);
  expect(kept.status()).toBe(200);
  expect(kept.headers()['cache-control']).toContain('immutable');
  expect((await request.get(path.replace(/[0-9a-f]{16}/, '0123456789abcdef'))).status()).toBe(404);
  // only the style: a page of the build before is not left without its looks
  const style = await request.get('/pkg/0123456789abcdef/tongban.css');
  expect(style.status()).toBe(200);
  expect(style.headers()['cache-control']).toContain('no-cache');
});
