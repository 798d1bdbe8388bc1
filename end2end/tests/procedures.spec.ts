// Every procedure that can be filed online, on a phone: guide, start, each page as it is met, as it refuses and as it is filled, the check,
// the case. A new procedure needs no new test: what is typed are the first sample's answers. With TONGBAN_LOOK=<folder> the pages
// are kept as pictures, for eyes.
//
// All pages are drawn by the same few parts. A third of the procedures, those that brought a new shape, is looked at on every page and in every
// state; the others are filled in, handed in, and must not stick out. With TONGBAN_LOOK all are looked at.
import { readFileSync, readdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, expectNoSidewaysScroll, faultsOfAccess, hydrated, signIn, test } from './hall';
import { type Answer, type Answers, begin, fillIn, handIn, press } from './matters';

const FOLDER = new URL('../../data/procedures/', `file://${__filename}`);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
const codes = readdirSync(FOLDER).filter((name) => name.endsWith('.samples.json')).map((name) => name.split('.')[0]).sort();

/** `{today+30}` as the day it means in the hall's own zone. */
function dated(text: string): string {
  const days = /^\{today([+-]\d+)?\}$/.exec(text);
  if (!days) return text;
  const day = new Date(Date.now() + Number(days[1] ?? 0) * 86_400_000);
  return new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai' }).format(day);
}

const OF_A_NEW_SHAPE = new Set(
  'cjrz dxhd ggcs gljt gzf hwgg jhdj jzz lhjy lsjz lwpq sgxk spjyxk wjdl ycls yeysl ylba yszc zdsh zfxx'.split(' '),
);

type Sample = { login: string; rows?: Record<string, string[]>; answers: Record<string, string | string[]>; files?: Record<string, string> };

function answersOf(sample: Sample): Answers {
  const said = Object.entries(sample.answers).map(([key, said]): [string, Answer] => [key, Array.isArray(said) ? said.map(dated) : dated(said)]);
  const files = Object.entries(sample.files ?? {}).map(([key, file]): [string, Answer] => [key, { file }]);
  return Object.fromEntries([...said, ...files]);
}

/** The page as it stands: nothing for axe to find, nothing sticks out; a picture when pictures are wanted. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env.TONGBAN_LOOK;
  if (folder) await page.screenshot({ path: `${folder}/${test.info().project.name}/${name}.png`, fullPage: true });
  expect(await faultsOfAccess(page), name).toEqual([]);
  await expectNoSidewaysScroll(page);
}

for (const code of codes) {
  test(`${code}: a person gets through, page by page ${process.env.TONGBAN_LOOK ? '' : '@phone'}`, async ({ page }) => {
    test.setTimeout(240_000);
    const whole = !!process.env.TONGBAN_LOOK || OF_A_NEW_SHAPE.has(code);
    const seen = (name: string) => (whole ? look(page, name) : expectNoSidewaysScroll(page));
    const sample: Sample = read(`${code}.samples.json`).samples[0];
    const form = read(`${code}.form.json`);
    // asked on the way in when it is the first page's
    const first = (form.pages[0].blocks as { field?: { id: string } }[]).some((block) => block.field?.id === form.situations);
    const situations: string | undefined = first ? form.situations : undefined;
    const answers = answersOf(sample);
    await page.goto(`/items/${code}`);
    await hydrated(page);
    await seen(`${code}-0-guide`);
    await signIn(page, sample.login);
    await page.goto(`/apply/${code}`);
    await hydrated(page);
    await seen(`${code}-0-start`);
    await begin(page, code, situations && String(answers[situations]));
    let pages = 0;
    await fillIn(page, answers, {
      rows: sample.rows,
      arrived: async () => {
        pages += 1;
        if (!whole) return;
        // all at once, with nothing typed: whatever is asked for says so, and the page stays as calm as before
        const here = page.url();
        await press(page, 'save');
        await page.goto(here);
        await hydrated(page);
        await look(page, `${code}-${pages}-errors`);
      },
      filled: () => seen(`${code}-${pages}-filled`),
    });
    await seen(`${code}-8-check`);
    const path = await handIn(page);
    await seen(`${code}-9-case`);
    await page.goto('/my');
    await expect(page.locator(`a[href="${path}"]`).first()).toBeVisible();
  });
}
