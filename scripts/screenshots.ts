import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { enter, launch, plantedCase, serve } from '../test/browser/workbench.ts';
import { findChromium } from './find-chromium.ts';

/**
 * Takes a picture of every view on a planted case: 1440 x 900 and 390 wide in the light scheme; those that are mostly drawn in the dark one too.
 * `npm run screenshots -- [--posts N] [--out FOLDER] [--only NAME,NAME]`
 */
const story = '/story/ferry-papers';
type Act = (page: Page) => Promise<unknown>;
const views: [file: string, path: string, dark: boolean, act?: Act][] = [
  ['start', '/', false],
  ['sources', '/sources', true],
  ['context', '/context', false],
  ['stories', '/stories', false],
  ['story', `${story}/query`, false],
  ['spread-map', story, true],
  [
    'evidence',
    `${story}?evidence=finding:2`,
    true,
    (page) => page.getByRole('button', { name: 'Original record' }).first().click(),
  ],
  ['accounts', `${story}/accounts`, true],
  [
    'account',
    `${story}/accounts?role=catalyst`,
    true,
    async (page) => {
      await page.locator('tr[data-place="0"] a').first().click();
      await page
        .getByRole('heading', { name: /When it posted/ })
        .first()
        .waitFor();
    },
  ],
  ['network', `${story}/network`, true],
  ['bridges', `${story}/bridges`, false],
  ['timeline', `${story}/timeline`, true],
  ['timeline-preview', `${story}/timeline?tab=preview`, false],
  ['statistics', `${story}/statistics`, true],
  ['report', `${story}/report`, true],
  ['compare', '/compare', true, (page) => page.getByRole('heading', { name: 'At a glance' }).waitFor()],
];

/** Nothing is loading any more. */
const expectSettled = async (page: Page) => {
  while ((await page.locator('main .skeleton, main [role=progressbar]').count()) > 0) await page.waitForTimeout(200);
};

const flag = (name: string, standard: string) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? standard : (process.argv[at + 1] ?? standard);
};
const out = flag('out', join(import.meta.dirname, '..', 'docs', 'guide', 'screens'));
const only = flag('only', '')
  .split(',')
  .filter((one) => one !== '');

if (findChromium() === null) {
  console.error('No Chromium on this machine: scripts/install-browser.sh installs Debian’s.');
  process.exit(2);
}
const directory = await plantedCase({ posts: Number(flag('posts', '8000')), second: true });
const empty = mkdtempSync(join(tmpdir(), 'spillover-empty-'));
const server = await serve(directory);
const nothing = await serve(join(empty, 'case'));
const browser = await launch();
if (only.length === 0) rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
try {
  for (const look of ['light', 'dark', 'narrow'] as const) {
    const options = {
      colorScheme: look === 'dark' ? ('dark' as const) : ('light' as const),
      viewport: look === 'narrow' ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    };
    const shoot = async (page: Page, file: string) => {
      await expectSettled(page);
      await page.waitForTimeout(900);
      const name = look === 'light' ? `${file}.png` : `${file}-${look}.png`;
      await page.screenshot({ path: join(out, name) });
      console.log(name);
    };
    const { page, context } = await enter(browser, server, '/', options);
    for (const [file, path, dark, act] of views) {
      if ((look === 'dark' && !dark) || (only.length > 0 && !only.includes(file))) continue;
      await page.goto(server.origin + path);
      await page.waitForLoadState('networkidle');
      const build = page.getByRole('button', { name: /^(Lay it out|Run)$/ }).first();
      if (await build.isVisible()) {
        await build.click({ timeout: 5_000 }).catch(() => console.log(`${file}: made already`));
        await page.locator('.network-canvas canvas, .findings').first().waitFor({ timeout: 240_000 });
      }
      await act?.(page);
      await page.waitForLoadState('networkidle');
      await shoot(page, file);
    }
    await context.close();
    if (look === 'dark' || (only.length > 0 && !only.includes('first-run'))) continue;
    const first = await enter(browser, nothing, '/', options);
    await first.page.getByRole('button', { name: 'Make the demo' }).waitFor();
    await shoot(first.page, 'first-run');
    await first.context.close();
  }
} finally {
  await browser.close();
  await Promise.all([server.stop(), nothing.stop()]);
  for (const folder of [dirname(directory), empty]) rmSync(folder, { recursive: true, force: true });
}
const bytes = readdirSync(out).reduce((sum, name) => sum + statSync(join(out, name)).size, 0);
console.log(`${readdirSync(out).length} pictures, ${(bytes / 1e6).toFixed(1)} MB in ${out}`);
