// 一件事: a newborn's register and insurance on one form, asked once, handed in once, followed under one number.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, expectNoSidewaysScroll, faultsOfAccess, hydrated, signIn, test } from './hall';
import { type Answer, type Answers, fillIn } from './matters';

type Sample = { login: string; answers: Record<string, string | string[]>; files?: Record<string, string> };
const samples = (code: string): Sample[] =>
  JSON.parse(readFileSync(new URL(`../../data/procedures/${code}.samples.json`, `file://${__filename}`), 'utf8')).samples;

const dated = (text: string) => {
  const days = /^\{today([+-]\d+)?\}$/.exec(text);
  const day = new Date(Date.now() + Number(days?.[1] ?? 0) * 86_400_000);
  return days ? new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai' }).format(day) : text;
};

/** What a matter's sample answers, under the names of the joint form; what is shared stands under the first matter's. */
function answersOf(code: string, sample: Sample): Answers {
  const said = Object.entries(sample.answers).map(([key, said]): [string, Answer] => [`${code}_${key}`, Array.isArray(said) ? said.map(dated) : dated(said)]);
  const files = Object.entries(sample.files ?? {}).map(([key, file]): [string, Answer] => [`${code}_${key}`, { file }]);
  return Object.fromEntries([...said, ...files]);
}

/** A picture when pictures are wanted (TONGBAN_LOOK, as in procedures.spec.ts). */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.TONGBAN_LOOK;
  if (folder) await page.screenshot({ path: `${folder}/${test.info().project.name}/joint-${name}.png`, fullPage: true });
}

test('two matters of a newborn go in on one form and are followed under one number @phone @nojs', async ({ page }) => {
  test.setTimeout(240_000);
  const [child] = samples('csdj');
  const insured = samples('cxyb').find((sample) => sample.answers.category === 'newborn')!;
  await signIn(page, child.login);
  await page.goto('/bundles/newborn');
  await hydrated(page);
  expect(await faultsOfAccess(page)).toEqual([]);
  await picture(page, '0-bundle');
  await page.getByRole('link', { name: '填一张表，一起办' }).click();
  await page.waitForURL('**/apply/newborn');
  await hydrated(page);
  await page.locator('form[action="/apply/newborn/start"] button.button').first().click();
  await page.waitForURL(/\/apply\/newborn\/[0-9a-f-]{36}$/);
  await hydrated(page);
  const draft = new URL(page.url()).pathname;
  await page.goto((await page.locator(`main a[href^="${draft}/"]`).first().getAttribute('href'))!);
  let asked = 0;
  await fillIn(page, { matters: ['csdj', 'cxyb'], ...answersOf('cxyb', insured), ...answersOf('csdj', child) }, {
    arrived: async () => {
      asked += await page.locator('[name="f.csdj_child_name"], [name="f.cxyb_person_name"]').count();
      await expectNoSidewaysScroll(page);
      expect(await faultsOfAccess(page)).toEqual([]);
      await picture(page, new URL(page.url()).pathname.split('/').pop()!);
    },
  });
  expect(asked, 'the name of the child is asked once').toBe(1);
  await hydrated(page);
  await picture(page, '7-check');
  for (const box of await page.locator('input[type="checkbox"][name^="d."]').all()) await box.check();
  await page.locator('form[action$="/submit"] button.button').first().click();
  await page.waitForURL(/\/my\/joints\/[0-9a-f-]{36}$/);
  await hydrated(page);
  await expect(page.locator('h1')).toHaveText('新生儿出生');
  await expect(page.locator('main li.panel')).toHaveCount(2);
  await expectNoSidewaysScroll(page);
  expect(await faultsOfAccess(page)).toEqual([]);
  await picture(page, '8-joint');
  const number = (await page.locator('h1 ~ *, main .keep').first().innerText()).replace(/\s/g, '');
  const code = (await page.locator('aside .keep').innerText()).trim();

  // one's own page leads there, and so does each case
  await page.goto('/my');
  await expect(page.locator(`main a[href^="/my/joints/"]`).first()).toBeVisible();

  // without signing in, with the one number
  await page.context().clearCookies();
  await page.goto('/track');
  await hydrated(page);
  await page.locator('[name="number"]').fill(number);
  await page.locator('[name="code"]').fill(code);
  await page.locator('form[action="/track"] button.button').click();
  await page.waitForURL(/\/track\/.+/);
  await hydrated(page);
  await expect(page.locator('main li.panel')).toHaveCount(2);
  expect(await faultsOfAccess(page)).toEqual([]);
  await picture(page, '9-track');
});
