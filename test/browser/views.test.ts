import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chartsWithoutTable, shifted, watchShifts } from './charts-and-shifts.ts';
import { faultsOfAxe } from './faults-of-axe.ts';
import { chromiumPath, enter, launch, missingChromium, plantedCase, type Server, serve } from './workbench.ts';

if (chromiumPath === null) console.log(`skipping: ${missingChromium}`);

/** Every view with what shows that it is there. */
const views: [name: string, path: string, heading: string][] = [
  ['start', '/', 'Stories of this case'],
  ['sources', '/sources', 'Sources'],
  ['context', '/context', 'What you know besides the posts'],
  ['stories', '/stories', 'Stories'],
  ['query', '/story/ferry-papers/query', 'Which posts belong to ferry-papers'],
  ['spread map', '/story/ferry-papers', 'How it spread'],
  ['accounts', '/story/ferry-papers/accounts?kind=all', 'Who did what'],
  ['network', '/story/ferry-papers/network', 'Network'],
  ['bridges', '/story/ferry-papers/bridges', 'How it crossed'],
  ['timeline', '/story/ferry-papers/timeline', 'Timeline'],
  ['statistics', '/story/ferry-papers/statistics', 'Statistics'],
  ['report', '/story/ferry-papers/report', 'Report'],
  ['alerts', '/alerts', 'Alerts'],
  ['compare', '/compare', 'Compare campaigns'],
  ['evidence', '/story/ferry-papers?evidence=finding:2', 'How it spread'],
];

/** The page of an account that the trace calls a catalyst. */
async function withAccount(page: Page): Promise<typeof views> {
  const { account, handle } = await page.evaluate(() =>
    fetch('/api/stories/ferry-papers/roles?role=catalyst').then((answer) =>
      answer.json().then((found) => found.roles[0] as { account: string; handle: string }),
    ),
  );
  return [...views, ['account', `/story/ferry-papers/account/${account}`, handle]];
}

async function shown(page: Page, name: string, heading: string): Promise<void> {
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor({ timeout: 60_000 });
  if (name === 'compare') await page.getByRole('heading', { name: 'At a glance' }).waitFor({ timeout: 60_000 });
  if (name === 'evidence') await page.getByRole('button', { name: 'Original record' }).first().click();
  await page.waitForLoadState('networkidle');
}

/** The layout shift of a load; of a second one where a busy machine brought the parts of the first late. */
async function jumped(page: Page, name: string, heading: string): Promise<number> {
  const first = await shifted(page);
  if (first < 0.1) return first;
  await page.reload();
  await shown(page, name, heading);
  return shifted(page);
}

/** Pixels by which the page is wider than the window, once what follows a new size has been drawn. */
async function sideways(page: Page): Promise<number> {
  for (let tries = 0; ; tries++) {
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over <= 0 || tries === 20) return over;
    await page.waitForTimeout(150);
  }
}

describe.skipIf(chromiumPath === null)('every view', () => {
  let browser: Browser;
  let server: Server;

  beforeAll(async () => {
    const directory = await plantedCase({ second: true, results: true });
    [browser, server] = await Promise.all([launch(), serve(directory)]);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test('light, 1440 wide: axe finds nothing serious, nothing fails, nothing leaves the machine', {
    timeout: 240_000,
  }, async () => {
    const { page, context, faults } = await enter(browser, server);
    const charted = new Map<string, number>();
    for (const [name, path, heading] of await withAccount(page)) {
      await page.evaluate((to) => {
        history.pushState(null, '', to);
        dispatchEvent(new PopStateEvent('popstate'));
      }, path);
      await shown(page, name, heading);
      expect.soft(await faultsOfAxe(page, name, ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])).toEqual([]);
      expect.soft(await sideways(page), `${name} scrolls sideways`).toBeLessThanOrEqual(0);
      if (name === 'evidence') continue;
      const { charts, bare } = await chartsWithoutTable(page);
      expect.soft(bare, `${name}: charts without a table`).toEqual([]);
      charted.set(name, charts);
    }
    for (const name of ['sources', 'spread map', 'network', 'statistics', 'compare', 'account'])
      expect.soft(charted.get(name), `${name} shows a chart`).toBeGreaterThan(0);
    expect(faults).toEqual([]);
    await context.close();
  });

  test('each view by its address, 390 wide without scrolling sideways, then 1440 wide in the dark scheme with contrast', {
    timeout: 240_000,
  }, async () => {
    const wide = { width: 1440, height: 900 };
    const narrow = { width: 390, height: 844 };
    const { page, context, faults } = await enter(browser, server, '/', { colorScheme: 'dark', viewport: narrow });
    await watchShifts(context);
    for (const [name, path, heading] of await withAccount(page)) {
      await page.setViewportSize(narrow);
      await page.goto(server.origin + path);
      await shown(page, name, heading);
      expect.soft(await sideways(page), `${name} scrolls sideways at 390`).toBeLessThanOrEqual(0);
      if (name !== 'evidence') expect.soft(await jumped(page, name, heading), `${name} jumps at 390`).toBeLessThan(0.1);
      await page.setViewportSize(wide);
      expect.soft(await faultsOfAxe(page, name, ['color-contrast'])).toEqual([]);
      expect.soft(await sideways(page), `${name} scrolls sideways`).toBeLessThanOrEqual(0);
    }
    expect(faults).toEqual([]);
    await context.close();
  });

  test('the address holds the state: a brushed, zoomed map with evidence opens the same in another tab and after a reload', async () => {
    const { page, context } = await enter(browser, server, '/story/ferry-papers');
    const touch = page.locator('.spread-touch');
    await touch.waitFor();
    const box = (await touch.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.3, box.y + 80);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 90, { steps: 5 });
    await page.mouse.up();
    await page.getByRole('heading', { name: 'In the selected window' }).waitFor();
    await page.getByRole('button', { name: 'Zoom to selection' }).click();
    await page.waitForURL(/span=/);
    await page.getByRole('button', { name: 'Read them' }).click();
    const drawer = page.getByRole('complementary', { name: 'Evidence' });
    await drawer.getByRole('article').first().waitFor();
    const counted = await page.locator('.ribbon-words').textContent();
    const first = await drawer.getByRole('article').first().textContent();

    const other = await context.newPage();
    await other.goto(page.url());
    await other.getByRole('complementary', { name: 'Evidence' }).getByRole('article').first().waitFor();
    expect(
      await other.getByRole('complementary', { name: 'Evidence' }).getByRole('article').first().textContent(),
    ).toBe(first);
    await page.reload();
    await drawer.getByRole('article').first().waitFor();
    await expect.poll(() => page.locator('.ribbon-words').textContent()).toBe(counted);
    await page.getByRole('link', { name: 'Accounts' }).click();
    await page.getByText('Only accounts with evidence inside the selected window.').waitFor();
    await context.close();
  });

  test('keyboard only: to the map, along its moments, into the evidence and back, zoom, brush, sort a table', async () => {
    const { page, context, faults } = await enter(browser, server);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Skip to the view');
    await page.goto(`${server.origin}/story/ferry-papers/accounts`);
    await page.getByRole('heading', { name: 'Who did what' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await page.getByRole('heading', { name: 'How it spread' }).waitFor();
    const marks = page
      .getByRole('group', { name: 'Moments of the story' })
      .getByRole('button', { name: /Open the post/ });
    await marks.first().focus();
    await page.keyboard.press('ArrowRight');
    expect(await marks.nth(1).evaluate((node) => node === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('complementary', { name: 'Evidence' });
    await drawer.getByRole('article').first().waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    expect(await marks.nth(1).evaluate((node) => node === document.activeElement)).toBe(true);

    await page.getByRole('group', { name: /Spread map/ }).focus();
    await page.keyboard.press('+');
    await page.waitForURL(/span=/);
    await page.getByRole('slider', { name: 'Beginning of the selected window' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/from=/);
    await page.keyboard.press('Delete');
    await page.waitForURL((url) => !url.search.includes('from='));

    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await page.getByRole('heading', { name: 'Who did what' }).waitFor();
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Search accounts');
    await page.getByRole('columnheader', { name: 'Account', exact: true }).getByRole('button').focus();
    await page.keyboard.press('Enter');
    expect(await page.getByRole('columnheader', { name: 'Account', exact: true }).getAttribute('aria-sort')).toBe(
      'ascending',
    );
    await page.locator('tr[data-place="0"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await drawer.getByRole('article').first().waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });
});
