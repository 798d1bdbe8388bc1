// The open API as its page tells it: the commands are taken from the page and pasted into a shell, as printed.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, faultsOfAccess, hydrated, test } from './hall';

test('the curl story works as printed @desktop', async ({ page }) => {
  const bin = process.env.TONGBAN_BIN!;
  const issued = execFileSync(bin, ['keys', 'issue', '--account', 'enterprise', '--name', 'story'], { encoding: 'utf8' });
  const key = issued.split('\n')[0];
  expect(key).toMatch(/^tongban_\w{32}$/);
  await page.goto('/open');
  const blocks = await page.locator('.story pre').allTextContents();
  expect(blocks.length).toBe(9);
  const folder = mkdtempSync(join(tmpdir(), 'tongban-story-'));
  try {
    // the one thing a reader puts in
    const script = ['set -eu', ...blocks.map((block) => `${block}\necho`)].join('\n').replace('KEY=tongban_…', `KEY=${key}`);
    const said = execFileSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' });
    const receipt = JSON.parse(readFileSync(join(folder, 'receipt.json'), 'utf8'));
    expect(receipt.number).toMatch(/^\d{20}[0-9A-Z]$/);
    expect(said).toContain('"stage":"pre_review"');
    expect(said).toContain('"verdict":"not_found"');
    expect(said).not.toContain('application/problem+json');
    // the case is there for the people of the enterprise as well
    const mine = execFileSync('bash', ['-c', `curl -sS ${new URL('/api/v1/cases', page.url())} -H "Authorization: Bearer ${key}"`], { encoding: 'utf8' });
    expect(mine).toContain(receipt.number);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the page of the open API explains every problem it names @nojs', async ({ page }) => {
  await page.goto('/open');
  await hydrated(page);
  const told = await page.request.get('/api/v1/me', { headers: { accept: 'application/json' } });
  const problem = await told.json();
  expect(problem.type).toBe('/open#problem-key_needed');
  await expect(page.locator(`#${problem.type.split('#')[1]}`)).toBeVisible();
  expect(await faultsOfAccess(page)).toEqual([]);
});
