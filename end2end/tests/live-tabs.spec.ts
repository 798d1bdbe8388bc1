// All desk tabs of a browser share one stream of news: a browser opens no more than six connections to a house.
import type { BrowserContext, Page } from '@playwright/test';
import { expect, hydrated, signIn, test } from './hall';
import { ELDER, begin, fillIn, handIn } from './matters';

/** The tabs that hold a stream open, each as often as it has one; kept up to date. */
function streams(context: BrowserContext): Page[] {
  const open: Page[] = [];
  const gone = (tab: Page) => open.splice(0, open.length, ...open.filter((other) => other !== tab));
  context.on('page', (tab) => {
    tab.on('close', () => gone(tab));
    tab.on('request', (request) => {
      if (request.isNavigationRequest()) gone(tab);
      if (new URL(request.url()).pathname === '/live') open.push(tab);
    });
  });
  return open;
}

const linkOf = (tab: Page) => tab.locator('.deskbar [role="status"]');

const locksOf = (tab: Page) => tab.evaluate(async () => (await navigator.locks.query()).held!.map((lock) => lock.name!).sort());

async function write(page: Page, words: string): Promise<void> {
  await page.locator('[name="message"]').fill(words);
  await page.locator('form[action$="/write"] button').click();
  await expect(page.locator('.thread li').last()).toContainText(words);
}

test('three tabs hear one stream, and another listens when the first is closed @desktop', async ({ page, browser }) => {
  test.setTimeout(180_000);
  await signIn(page, 'citizen');
  await begin(page, 'gljt', 'family');
  await fillIn(page, ELDER);
  const path = await handIn(page);
  const id = path.split('/').pop()!;
  await page.goto(path);
  await hydrated(page);

  const context = await browser.newContext();
  const open = streams(context);
  const tabs = [await context.newPage(), await context.newPage(), await context.newPage()];
  await signIn(tabs[0], 'clerk');
  for (const tab of tabs) {
    await tab.goto(`/desk/cases/${id}`);
    await hydrated(tab);
    await expect(linkOf(tab)).toHaveText('实时');
  }
  expect(open).toHaveLength(1);

  const heard = (those: Page[], words: string) =>
    Promise.all(those.map((tab) => expect(tab.locator('.thread li').last()).toContainText(words, { timeout: 2_000 })));
  await write(page, '要换新卡吗？');
  await heard(tabs, '要换新卡吗？');
  expect(open, 'still one').toHaveLength(1);

  const [leader] = open;
  const rest = tabs.filter((tab) => tab !== leader);
  await leader.close();
  await expect.poll(() => open.map((tab) => rest.includes(tab))).toEqual([true]);
  for (const tab of rest) await expect(linkOf(tab)).toHaveText('实时');
  await write(page, '旧卡还能用吗？');
  await heard(rest, '旧卡还能用吗？');
  expect(open, 'still one').toHaveLength(1);
  await context.close();
});

test('a tab that sleeps loses its turn to one that is awake @desktop', async ({ browser }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext();
  const tab = await context.newPage();
  await signIn(tab, 'clerk');
  await tab.goto('/desk');
  await hydrated(tab);
  await expect(linkOf(tab)).toHaveText('实时');
  const [name] = await locksOf(tab);
  // another page of the house takes the lock and never says a word, like a tab that was put to sleep
  const sleeper = await context.newPage();
  await sleeper.goto('/help/accessibility');
  await sleeper.evaluate((name) => {
    navigator.locks.request(name, { steal: true }, () => new Promise(() => {})).catch(() => {});
  }, name);
  await expect(linkOf(tab)).not.toHaveText('实时');
  await expect(linkOf(tab)).toHaveText('实时', { timeout: 45_000 });
  await context.close();
});

test('who signs in after another in the same browser has a stream of their own @desktop', async ({ browser }) => {
  const context = await browser.newContext();
  const open = streams(context);
  const tabs = [await context.newPage(), await context.newPage()];
  for (const [n, account] of ['clerk', 'approver'].entries()) {
    await signIn(tabs[n], account);
    await tabs[n].goto('/desk');
    await hydrated(tabs[n]);
    await expect(linkOf(tabs[n])).toHaveText('实时');
  }
  expect(tabs.map((tab) => open.filter((other) => other === tab).length)).toEqual([1, 1]);
  expect(new Set(await locksOf(tabs[0])).size).toBe(2);
  await context.close();
});

test('where a browser has no locks every tab listens by itself @desktop', async ({ browser }) => {
  const context = await browser.newContext();
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined }));
  const open = streams(context);
  const tabs = [await context.newPage(), await context.newPage()];
  await signIn(tabs[0], 'clerk');
  for (const tab of tabs) {
    await tab.goto('/desk');
    await hydrated(tab);
    await expect(linkOf(tab)).toHaveText('实时');
  }
  expect(tabs.map((tab) => open.filter((other) => other === tab).length)).toEqual([1, 1]);
  await context.close();
});
