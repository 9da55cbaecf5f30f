import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, enter, forget, launch, missingChromium, plantedCase, type Server, serve } from './workbench.ts';

if (chromiumPath === null) console.log(`skipping: ${missingChromium}`);

const story = '/story/ferry-papers';

const patiently = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 60_000, interval: 100 });

describe.skipIf(chromiumPath === null)('what an analyst does', () => {
  let browser: Browser;
  let server: Server;
  let nothing: Server;
  const folder = mkdtempSync(join(tmpdir(), 'spillover-work-'));

  beforeAll(async () => {
    const directory = await plantedCase({ posts: 3000, second: true });
    [browser, server, nothing] = await Promise.all([launch(), serve(directory), serve(join(folder, 'case'))]);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all([server?.stop(), nothing?.stop()]);
    forget(folder);
  });

  test('first run: the demo is made from an empty case, and the tour shows it', { timeout: 120_000 }, async () => {
    const { page, context, faults } = await enter(browser, nothing);
    await page.getByRole('heading', { name: /No files at hand/ }).waitFor();
    await page.evaluate(() => localStorage.removeItem('spillover-tour-seen'));
    await page.getByLabel('Posts of the demo').fill('2000');
    await page.getByRole('button', { name: 'Make the demo' }).click();
    await page.getByRole('progressbar').first().waitFor();
    const tour = page.getByRole('complementary', { name: 'Tour' });
    await tour.getByText('1 of 6').waitFor({ timeout: 90_000 });
    for (let step = 2; step <= 6; step++) {
      await tour.getByRole('button', { name: 'Next' }).click();
      await tour.getByText(`${step} of 6`).waitFor();
      await page.locator('.toured').waitFor({ timeout: 60_000 });
    }
    await tour.getByRole('button', { name: 'Done' }).click();
    await tour.waitFor({ state: 'detached' });
    await page.goto(nothing.origin);
    await page.getByRole('button', { name: 'Take the tour' }).click();
    await tour.getByText('1 of 6').waitFor();
    await page.keyboard.press('Escape');
    await tour.waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await context.close();
  });

  test('a table that no format knows: its columns are explained, previewed, imported, and the file is taken out again', async () => {
    const { page, context, faults } = await enter(browser, nothing, '/sources');
    const rows = Array.from(
      { length: 30 },
      (_, at) => `k${at};w${at % 5};${10 + (at % 18)}.05.2024 10:00;Harbour words ${at}`,
    );
    const file = join(folder, 'rows.csv');
    writeFileSync(file, `code;writer;moment;words\n${rows.join('\n')}\n`);
    await page.locator('input[data-files]').setInputFiles(file);
    await page.getByRole('button', { name: 'Columns and preview' }).click();
    await page.getByLabel('Platform of all rows').fill('gab');
    await page.getByRole('combobox', { name: 'Id of the account' }).click();
    await page.getByRole('option', { name: 'writer' }).click();
    await page.getByRole('combobox', { name: 'Zone of the time' }).fill('UTC');
    await page.getByRole('region', { name: 'First posts of the file' }).getByText('gab').first().waitFor();
    await page.getByRole('button', { name: 'Import this file with these columns' }).click();
    const files = page.getByRole('region', { name: 'Imported files' });
    const remove = files.getByRole('button', { name: 'Remove rows.csv' });
    await remove.click({ timeout: 60_000 });
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/30 posts, 5 accounts/).waitFor();
    await dialog.getByRole('button', { name: 'Take it out' }).click();
    await remove.waitFor({ state: 'detached', timeout: 60_000 });
    expect(faults).toEqual([]);
    await context.close();
  });

  test('the map plays, and an account opens with its activity, its roles and its posts', async () => {
    const { page, context, faults } = await enter(browser, server, story);
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.locator('.spread-head').waitFor({ state: 'attached' });
    const at = () => page.locator('.spread-head').getAttribute('x1');
    const first = await at();
    await patiently(at).not.toBe(first);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.goto(`${server.origin}${story}/accounts?role=catalyst`);
    await page.locator('tr[data-place="0"] a').first().click();
    await page.getByRole('heading', { name: 'When it posted' }).waitFor();
    await page.getByRole('heading', { name: 'Roles in stories' }).waitFor();
    await page.getByRole('button', { name: 'As a table' }).first().click();
    expect(
      await page
        .getByRole('region', { name: /over time as a table/ })
        .getByRole('row')
        .count(),
    ).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Read its posts' }).click();
    await page.getByRole('complementary', { name: 'Evidence' }).getByRole('article').first().waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  test('the timeline is edited by keyboard: words changed, a moment added that cites a post, hidden, moved, all taken back', async () => {
    const { page, context, faults } = await enter(browser, server, `${story}/timeline`);
    const events = page.locator('.timeline-event');
    await events.first().waitFor();
    const heads = () => events.locator('h2').allTextContents();
    const before = await heads();
    const undo = page.getByRole('button', { name: 'Undo' });
    await events
      .nth(1)
      .getByRole('button', { name: /^Edit / })
      .press('Enter');
    await page.getByLabel('Headline').fill('In my words');
    await page.getByRole('button', { name: 'Keep' }).press('Enter');
    await patiently(heads).toContain('In my words');
    const post = await page.evaluate(() =>
      fetch('/api/posts?limit=1').then((answer) => answer.json().then((found) => found.posts[0].post as string)),
    );
    await page.getByRole('button', { name: 'Add a moment' }).press('Enter');
    await page.getByLabel('Time (UTC)').fill('2024-05-15T23:00:00');
    await page.getByLabel('Headline').fill('A call from the ministry');
    await page.getByLabel('Cited posts').fill(post);
    await page.getByRole('button', { name: 'Add it' }).press('Enter');
    const own = events.filter({ hasText: 'A call from the ministry' });
    await own.getByRole('button', { name: 'The post' }).press('Enter');
    await page.getByRole('complementary', { name: 'Evidence' }).getByRole('article').first().waitFor();
    await page.keyboard.press('Escape');
    await events
      .first()
      .getByRole('button', { name: /^Hide / })
      .press('Enter');
    await patiently(heads).not.toContain(before[0]);
    for (const _ of ['hide', 'add', 'change']) {
      await patiently(() => undo.isEnabled()).toBe(true);
      const now = await heads();
      await undo.press('Enter');
      await patiently(heads).not.toEqual(now);
    }
    expect(await heads()).toEqual(before);
    const down = events.first().getByRole('button', { name: /^Move .* down$/ });
    await down.press('Enter');
    await patiently(heads).toEqual([before[1], before[0], ...before.slice(2)]);
    await events
      .nth(1)
      .getByRole('button', { name: /^Move .* up$/ })
      .press('Enter');
    await patiently(heads).toEqual(before);
    await page.goto(`${server.origin}${story}/timeline?tab=preview`);
    await page.locator('.timeline-preview .tl-timemarker').first().waitFor({ state: 'attached', timeout: 60_000 });
    await patiently(() => page.locator('.timeline-preview .tl-timeaxis').innerText()).toMatch(/\d\d:\d\d/);
    expect(await page.locator('.timeline-preview').innerText()).not.toMatch(/\d [AP]M\b/);
    expect(faults).toEqual([]);
    await context.close();
  });

  test('exports are made, masked, and saved; two stories are compared', async () => {
    const { page, context, faults } = await enter(browser, server, `${story}/report`);
    await page.getByLabel('Mask handles of private accounts').check();
    await page.getByRole('button', { name: 'Make it GEXF' }).click();
    const link = page.getByRole('link', { name: 'Save ferry-papers-masked.gexf' }).first();
    await link.waitFor({ timeout: 60_000 });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe('ferry-papers-masked.gexf');
    await page.goto(`${server.origin}/compare`);
    await page.getByRole('heading', { name: 'The way each one took' }).waitFor({ timeout: 60_000 });
    expect(await page.locator('.compare-sentence').textContent()).toContain('millbrook');
    await page.getByRole('region', { name: 'Stages side by side' }).getByRole('button').first().click();
    await page.getByRole('complementary', { name: 'Evidence' }).getByRole('article').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('Mask handles').check({ force: true });
    await page.waitForURL(/mask=yes/);
    await page.getByRole('heading', { name: 'The way each one took' }).waitFor({ timeout: 60_000 });
    expect(faults).toEqual([]);
    await context.close();
  });

  test('suggestions are accepted and refused, in two tabs, and taken back', async () => {
    const { page, context, faults } = await enter(browser, server, `${story}/query`);
    const other = await context.newPage();
    await other.goto(`${server.origin}${story}/query`);
    const field = page.getByLabel('Which posts belong to the story');
    const before = await field.inputValue();
    const refuse = page.getByRole('button', { name: /^Refuse / });
    await refuse.first().waitFor();
    const refused = (await refuse.first().textContent())!.slice('Refuse '.length);
    await refuse.first().click();
    await page.getByRole('button', { name: `Refuse ${refused}`, exact: true }).waitFor({ state: 'detached' });
    const accept = page.getByRole('button', { name: /^Accept / }).first();
    const accepted = (await accept.textContent())!.slice('Accept '.length);
    await accept.click();
    await patiently(() => field.inputValue()).toContain(accepted);
    await patiently(() => other.getByLabel('Which posts belong to the story').inputValue()).toContain(accepted);
    const undo = page.getByRole('region', { name: 'Goes with it' }).getByRole('button', { name: 'Undo' });
    await undo.click();
    await patiently(() => field.inputValue()).toBe(before);
    await undo.click();
    await page.getByRole('button', { name: `Refuse ${refused}`, exact: true }).waitFor();
    await patiently(() => other.getByLabel('Which posts belong to the story').inputValue()).toBe(before);
    expect(faults).toEqual([]);
    await context.close();
  });
});
