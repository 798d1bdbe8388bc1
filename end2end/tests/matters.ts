// Hands that fill in the hall's forms as a person would: with whatever is on the page, whether JavaScript runs or not.
import { expect, type Locator, type Page } from '@playwright/test';
import { hydrated, test } from './hall';

/** One answer: text for a box, a value (or several) to choose, or a file to hand in. */
export type Answer = string | string[] | { file: string };
export type Answers = Record<string, Answer>;

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
// one white pixel
export const JPG = Buffer.from(
  '/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/9oACAEBAAA/APn+v//Z',
  'base64',
);

const KINDS: Record<string, [string, Buffer]> = { pdf: ['application/pdf', PDF], jpg: ['image/jpeg', JPG] };

async function put(page: Page, key: string, answer: Answer): Promise<boolean> {
  const name = `f.${key}`;
  const control = page.locator(`[name="${name}"]`);
  if ((await control.count()) === 0) return false;
  const first = control.first();
  const kind = await first.evaluate((e) => (e instanceof HTMLInputElement ? e.type : e.tagName.toLowerCase()));
  if (typeof answer === 'object' && !Array.isArray(answer)) {
    if (kind !== 'file') return false;
    // a field that is full no longer offers its control, so the list is looked for on the whole page
    const kept = page.locator('.files li').filter({ hasText: answer.file });
    if ((await kept.count()) > 0) return true;
    const [mimeType, buffer] = KINDS[answer.file.split('.').pop()!];
    await first.setInputFiles({ name: answer.file, mimeType, buffer });
    if (await page.locator('html[data-hydrated]').count()) {
      await expect(kept.first()).toBeVisible();
      await expect(page.locator('.files progress')).toHaveCount(0);
    }
    return true;
  }
  if (kind === 'radio' || kind === 'checkbox') {
    for (const value of Array.isArray(answer) ? answer : [answer]) {
      const one = page.locator(`[name="${name}"][value="${value}"]`);
      if (!(await one.isVisible())) return false;
      await one.check();
    }
    return true;
  }
  if (kind === 'hidden') return lookUp(page, first, (answer as string).split('｜').pop()!);
  if (!(await first.isVisible()) || !(await first.isEditable())) return false;
  if (kind === 'select') await first.selectOption(answer as string);
  else await first.fill((answer as string).split('｜').pop()!);
  return true;
}

/** A question that is looked up: part of the name is typed, and what is offered is chosen. */
async function lookUp(page: Page, kept: Locator, name: string): Promise<boolean> {
  const lookup = page.locator('.lookup').filter({ has: kept });
  const box = lookup.locator('input:not([type="hidden"])');
  if (!(await box.isVisible())) return false;
  if ((await box.inputValue()) === name) return true;
  await box.fill(name.split(' ').slice(-2).join(' '));
  await lookup.getByRole('option', { name, exact: true }).click();
  await expect(box).toHaveValue(name);
  return true;
}

/** Begins a form, in the situation that is named if the item asks for one, and opens its first page. Answers the draft's address. */
export async function begin(page: Page, code: string, situation?: string): Promise<string> {
  await page.goto(`/apply/${code}`);
  await hydrated(page);
  const start = page.locator(`form[action="/apply/${code}/start"]`);
  if (situation) await start.locator(`input[value="${situation}"]`).check();
  await start.locator('button.button').first().click();
  await page.waitForURL(new RegExp(`/apply/${code}/[0-9a-f-]{36}`));
  const draft = new URL(page.url()).pathname.split('/').slice(0, 4).join('/');
  const first = page.locator(`main a[href^="${draft}/"]`).first();
  await page.goto((await first.getAttribute('href'))!);
  return draft;
}

/** What else is done on every page of a form: when it is met for the first time, and when it is filled and not yet sent. */
export type OnTheWay = {
  arrived?: () => Promise<void>;
  filled?: () => Promise<void>;
  /** Entries of lists that may be empty: nothing on the page tells which questions they have. */
  rows?: Record<string, string[]>;
};

/** Presses a button of the open form page that says `act`, and waits until the page it leads to is there: the same one or another. */
export async function press(page: Page, act: string): Promise<void> {
  if (test.info().project.use.javaScriptEnabled === false) {
    // a plain form: the next document is there when it has loaded
    const landed = page.waitForEvent('load');
    await page.locator(`form button[name="act"][value="${act}"]:visible`).last().click();
    await landed;
    return;
  }
  const said = new RegExp(`((^|&)act=${encodeURIComponent(act)}(&|$))|(name="act"\\r\\n\\r\\n${act}\\r\\n)`);
  const sent = page.waitForResponse((response) => said.test(response.request().postDataBuffer()?.toString('latin1') ?? ''));
  await page.locator(`form button[name="act"][value="${act}"]:visible`).last().click();
  const answer = await sent;
  const { location } = await answer.json();
  await page.waitForURL((url) => url.pathname === location.split(/[?#]/)[0]);
  // the same page is drawn anew
  await expect(page.locator('form[data-sending]')).toHaveCount(0);
  await hydrated(page);
}

/** Fills page after page until the summary is reached. Answers a page does not ask are left alone. */
export async function fillIn(page: Page, answers: Answers, way: OnTheWay = {}): Promise<void> {
  const met = new Set<string>();
  for (let turn = 0; turn < 40; turn += 1) {
    if (page.url().endsWith('/check')) return;
    await hydrated(page);
    const first = !met.has(page.url());
    met.add(page.url());
    if (first) await way.arrived?.();
    await addEntries(page, answers, way.rows ?? {});
    for (const [key, answer] of Object.entries(answers)) await put(page, key, answer);
    // a second look: what was answered above may ask further
    for (const [key, answer] of Object.entries(answers)) await put(page, key, answer);
    if (first) await way.filled?.();
    await press(page, 'save');
  }
  throw new Error(`the form did not end; now at ${page.url()}: ${await page.locator('[role="alert"]').allInnerTexts()}`);
}

/** Adds the entries of the groups on this page that the answers speak of (`staff_name.2`) and the page has not yet. */
async function addEntries(page: Page, answers: Answers, rows: Record<string, string[]>): Promise<void> {
  for (const add of await page.locator('form button[name="act"][value^="add:"]').all()) {
    const act = (await add.getAttribute('value'))!;
    const list = act.slice('add:'.length);
    const row = async () => page.locator(`form input[name="rows.${list}"]`).count();
    // the page is drawn anew with every entry; until it is, the old one would be counted
    const one = async (have: number) => {
      await press(page, act);
      await expect.poll(row).toBe(have + 1);
    };
    for (let have = await row(); (rows[list] ?? []).length > have && (await add.isVisible()); have += 1) await one(have);
    for (const key of Object.keys(answers)) {
      const [field, wanted] = key.split('.');
      const ours = (await page.locator(`[name^="f.${field}."]`).count()) > 0;
      for (let have = await row(); ours && Number(wanted) > have; have += 1) await one(have);
    }
  }
}

/** Ticks every declaration and hands the application in. Answers the case page's address. */
export async function handIn(page: Page): Promise<string> {
  await hydrated(page);
  // the summary may still be on its way
  const submit = page.locator('form[action$="/submit"] button.button').first();
  await expect(submit).toBeVisible();
  for (const box of await page.locator('input[type="checkbox"][name^="d."]').all()) await box.check();
  await submit.click();
  await page.waitForURL(/\/my\/cases\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

export const FOOD: Answers = {
  situation: 'new',
  contact_name: '王某',
  contact_mobile: '19900000003',
  premises_address: '青禾区望河街道示例路 18 号 1 层',
  premises_area: '86',
  premises_use: 'rent',
  premises_until: '2029-08-31',
  online: 'yes',
  platforms: '某外卖平台',
  uses_machines: 'no',
  business_type: 'catering',
  catering_form: 'restaurant',
  projects: ['hot', 'drinks'],
  simple_only: 'no',
  'equipment_name.1': '冷藏柜',
  'equipment_count.1': '2',
  'equipment_use.1': '后厨，存放生鲜',
  'staff_name.1': '李某',
  'staff_id.1': '350205188001010017',
  'staff_role.1': 'cook',
  'staff_manager.1': 'yes',
  'staff_health_number.1': 'QH2026-0001',
  'staff_health_until.1': '2027-08-08',
  'staff_health_file.1': { file: '健康证明.jpg' },
  outside_manager: 'no',
  layout: { file: '平面图.pdf' },
  rules: { file: '制度目录.pdf' },
  paper: 'none',
};

export const ELDER: Answers = {
  applicant: 'family',
  relation: 'child',
  agent_mobile: '19900000001',
  elder_name: '陈某',
  elder_id: '350205188304250245',
  household: 'wanghe_wanghe',
  live_address: '青禾区望河街道望河社区示例路 6 号',
  'contact_name.1': '李某',
  'contact_relation.1': 'child',
  'contact_phone.1': '19900000001',
  account_name: '陈某',
  bank: 'icbc',
  bank_card: '6222020000000000000',
  elder_photo: { file: '照片.jpg' },
  elder_id_card: { file: '身份证.jpg' },
};
