// What every browser test needs of the hall. Import `test` and `expect` from here, not from Playwright:
// a test then also fails when the page wrote to the console, threw, or asked another host for anything.
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';

export { expect };

export const test = base.extend({
  page: async ({ page, baseURL }, use) => {
    const faults: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning', 'assert'].includes(message.type())) faults.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.origin !== new URL(baseURL!).origin) faults.push(`asked another host: ${url.href}`);
    });
    await use(page);
    expect(faults, 'the page kept silent and kept to itself').toEqual([]);
  },
});

/** Waits until WASM has taken the page over (`data-hydrated` on <html>). Without JavaScript there is nothing to wait for. */
export async function hydrated(page: Page): Promise<void> {
  if (test.info().project.use.javaScriptEnabled === false) return;
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached', timeout: 30_000 });
}

/** Signs in with one of the demo accounts: citizen, citizen2, enterprise, clerk, approver, approver2, supervisor, editor, admin. */
export async function signIn(page: Page, name: string): Promise<void> {
  await page.goto('/sign-in');
  await page.locator('input[name="account"]').fill(name);
  await page.locator('input[name="password"]').fill(process.env.TONGBAN_DEMO_PASSWORD!);
  await page.locator('form:has(input[name="password"]) button.button').click();
  await expect(page).not.toHaveURL(/\/sign-in/);
}

/** What axe finds on the page as it stands, at the levels of WCAG 2.2 AA; [] is the only good answer. */
export async function faultsOfAccess(page: Page): Promise<string[]> {
  // axe is JavaScript itself; the same pages are looked at with it on desktop and phone
  if (test.info().project.use.javaScriptEnabled === false) return [];
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  return found.violations.map((v) => `${v.id}: ${v.help} — ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
}

/** Nothing sticks out sideways, at the width the page has and at the narrowest phone we promise (360 px). */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const before = page.viewportSize()!;
  for (const width of [before.width, 360]) {
    await page.setViewportSize({ width, height: before.height });
    const root = page.locator('html');
    expect(await root.evaluate((html) => html.scrollWidth - html.clientWidth), `sideways scroll at ${width} px`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(before);
}
