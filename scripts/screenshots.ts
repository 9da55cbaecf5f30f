import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { enter, launch, plantedCase, serve } from '../test/browser/workbench.ts';
import { findChromium } from './find-chromium.ts';

/** Takes a picture of every view on a planted case into docs/guide/screens: 1440 x 900, light; the map dark too; 390 wide where a phone is of use. */
const story = '/story/ferry-papers';
const views: [file: string, path: string, also: ('dark' | 'narrow')[]][] = [
  ['start', '/', []],
  ['sources', '/sources', []],
  ['context', '/context', []],
  ['story', `${story}/query`, []],
  ['spread-map', story, ['dark', 'narrow']],
  ['evidence', `${story}?evidence=finding:2`, ['narrow']],
  ['accounts', `${story}/accounts`, ['dark', 'narrow']],
  ['network', `${story}/network`, ['dark', 'narrow']],
  ['bridges', `${story}/bridges`, ['narrow']],
  ['timeline', `${story}/timeline`, ['narrow']],
  ['statistics', `${story}/statistics`, ['dark']],
  ['report', `${story}/report`, []],
  ['compare', '/compare', []],
];

const posts = Number(process.argv[2] ?? 8000);
const out = join(import.meta.dirname, '..', 'docs', 'guide', 'screens');

if (findChromium() === null) {
  console.error('No Chromium on this machine: scripts/install-browser.sh installs Debian’s.');
  process.exit(2);
}
const directory = await plantedCase({ posts, second: true });
const server = await serve(directory);
const browser = await launch();
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
try {
  for (const look of ['light', 'dark', 'narrow'] as const) {
    const { page, context } = await enter(browser, server, '/', {
      colorScheme: look === 'dark' ? 'dark' : 'light',
      viewport: look === 'narrow' ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    });
    for (const [file, path, also] of views) {
      if (look !== 'light' && !also.includes(look)) continue;
      await page.goto(server.origin + path);
      await page.waitForLoadState('networkidle');
      const build = page.getByRole('button', { name: /^(Lay it out|Run)$/ }).first();
      if (await build.isVisible()) {
        await build.click();
        await page.locator('.network-canvas canvas, .findings').first().waitFor({ timeout: 240_000 });
      }
      await page.waitForTimeout(900);
      const name = look === 'light' ? `${file}.png` : `${file}-${look}.png`;
      await page.screenshot({ path: join(out, name) });
      console.log(name);
    }
    await context.close();
  }
} finally {
  await browser.close();
  await server.stop();
  rmSync(dirname(directory), { recursive: true, force: true });
}
const bytes = readdirSync(out).reduce((sum, name) => sum + statSync(join(out, name)).size, 0);
console.log(`${readdirSync(out).length} pictures, ${(bytes / 1e6).toFixed(1)} MB in docs/guide/screens`);
