// Hands at the desk: a browser of a clerk's own, and one act after the other.
import type { Browser, Page } from '@playwright/test';
import { expect, hydrated, signIn, test } from './hall';

/** A clerk's desk in a browser of its own, with the same JavaScript setting as the test. */
export async function desk(browser: Browser, name: string): Promise<Page> {
  const { javaScriptEnabled, viewport, baseURL } = test.info().project.use;
  const context = await browser.newContext({ javaScriptEnabled, viewport, baseURL });
  const page = await context.newPage();
  await signIn(page, name);
  return page;
}

/** Opens the case at the desk and does an act, claiming first when nobody has it. */
export async function act(page: Page, casePath: string, word: string, fields: Record<string, string> = {}): Promise<void> {
  const id = casePath.split('/').pop();
  await page.goto(`/desk/cases/${id}`);
  await hydrated(page);
  const claim = page.locator(`form[action="/desk/cases/${id}/claim"] button`);
  if (await claim.count()) {
    await claim.first().click();
    await expect(claim).toHaveCount(0);
    await page.goto(`/desk/cases/${id}`);
    await hydrated(page);
  }
  // an act's button stands in its own form, or outside and points at the form its words are written in
  const own = page.locator(`form[action="/desk/cases/${id}/${word}"]`);
  const pointing = page.locator(`button[formaction="/desk/cases/${id}/${word}"]`);
  const points = (await pointing.count()) > 0;
  const form = points ? page.locator('main') : own.first();
  for (const details of await page.locator(`details:has(form[action="/desk/cases/${id}/${word}"])`).all()) {
    if (!(await details.evaluate((d: HTMLDetailsElement) => d.open))) await details.locator('summary').first().click();
  }
  for (const [name, value] of Object.entries(fields)) {
    const control = form.locator(`[name="${name}"]`);
    const kind = await control.first().evaluate((e) => (e instanceof HTMLInputElement ? e.type : e.tagName.toLowerCase()));
    if (kind === 'checkbox' || kind === 'radio') await form.locator(`[name="${name}"][value="${value}"]`).check();
    else if (kind === 'select') await control.first().selectOption(value);
    else if (name === 'site_staff') for (const [i, one] of value.split('、').entries()) await control.nth(i).fill(one);
    else await control.first().fill(value);
  }
  await (points ? pointing.first() : own.first().locator('button:visible').last()).click();
  // done: the same act is no longer on offer until somebody claims the next step
  await expect(points ? pointing : own).toHaveCount(0);
}
