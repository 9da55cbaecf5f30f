import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/find-chromium.ts';
import { type NewAlert, storeAlerts } from '../../src/case/alerts.ts';
import { analyse } from '../../src/case/analyse.ts';
import { type Case, openCase } from '../../src/case/case.ts';
import { importPlanted, plantedStory } from '../../src/case/demo.ts';
import { quietEffects } from '../../src/case/effects.ts';
import { layOutStory } from '../../src/case/lay-out-story.ts';
import { addStory } from '../../src/case/stories.ts';
import { trace } from '../../src/case/trace.ts';
import { plantCampaign } from '../../src/plant/plant-campaign.ts';
import { resolvePlantOptions } from '../../src/plant/plant-options.ts';

/** Where Chromium is; null makes the browser tests skip with a message. */
export const chromiumPath = findChromium();
export const missingChromium = 'no Chromium on this machine: scripts/install-browser.sh installs Debian’s';

const cli = join(import.meta.dirname, '..', '..', 'bin', 'spillover');

export function spillover(...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`spillover ${words.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}

/** Files of an invented campaign and the query of its story. */
export async function plantedFiles(posts = 4000): Promise<{ folder: string; files: string; query: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'spillover-browser-'));
  const files = join(folder, 'files');
  await plantCampaign(resolvePlantOptions({ seed: 3, posts }), files, {});
  return { folder, files, query: readFileSync(join(files, 'story.txt'), 'utf8').trim() };
}

/** A case with such a campaign and its traced story `ferry-papers`; with `second` another traced story to compare with, with `results` a network and a coordination analysis. */
export async function plantedCase({ posts = 4000, second = false, results = false } = {}): Promise<string> {
  const { folder, files } = await plantedFiles(posts);
  const directory = join(folder, 'case');
  const spilloverCase = await openCase(directory, { purpose: 'a test' });
  try {
    await importPlanted(spilloverCase, files, quietEffects);
    await trace(spilloverCase, plantedStory, {}, quietEffects);
    await storeAlerts(spilloverCase, [await invented(spilloverCase)], ['terminal'], Date.now());
    if (results) {
      await layOutStory(spilloverCase, plantedStory, 'reshare', quietEffects);
      await analyse(spilloverCase, 'coordination', { story: plantedStory, options: {} }, quietEffects);
    }
    if (second) {
      await addStory(spilloverCase, { name: 'millbrook', query: 'millbrook NOT "ferry papers"' });
      await trace(spilloverCase, 'millbrook', {}, quietEffects);
    }
  } finally {
    spilloverCase.close();
  }
  return directory;
}

/** An alert of the watch as a rule would tell it. */
async function invented({ database }: Case): Promise<NewAlert> {
  const rows = await database.rows<{ post: string }>(
    `select platform || '/' || post_id as post from post where time is not null order by time, post_key limit 2`,
  );
  return {
    rule: 'takeoff',
    story: plantedStory,
    subject: plantedStory,
    key: 'test',
    at: '2024-05-15T18:20:00.000Z',
    headline: 'ferry-papers takes off',
    reasons: ['40 posts in 5 minutes where 2 were usual'],
    posts: rows.map(({ post }) => post),
    isUrgent: true,
    blind: ['telegram: nothing was collected for an hour'],
  };
}

export interface Server {
  url: string;
  origin: string;
  process: ChildProcess;
  stop: () => Promise<void>;
}

/** `spillover serve` in a process of its own. */
export async function serve(directory: string, ...flags: string[]): Promise<Server> {
  const child = spawn(
    process.execPath,
    [cli, 'serve', '--case', directory, '--json', ...(flags.includes('--port') ? [] : ['--port', '0']), ...flags],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let out = '';
  let errors = '';
  child.stderr!.on('data', (chunk) => {
    errors += chunk;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout!.on('data', (chunk) => {
      out += chunk;
      if (out.includes('\n')) resolve((JSON.parse(out) as { url: string }).url);
    });
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${errors}`)));
  });
  return {
    url,
    origin: new URL(url).origin,
    process: child,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath!,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  });

/** A page that is let in, with everything that went wrong in it. */
export async function enter(
  browser: Browser,
  server: Server,
  path = '/',
  options: BrowserContextOptions = {},
): Promise<{ page: Page; context: BrowserContext; faults: string[] }> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    reducedMotion: 'reduce',
    ...options,
  });
  await context.addInitScript({ content: "localStorage.setItem('spillover-tour-seen', 'yes')" });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d|ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY/.test(message.text()))
      faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(server.origin) && !/^(data|blob):/.test(request.url()))
      faults.push(`leaves the machine: ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(server.url);
  if (path !== '/') await page.goto(server.origin + path);
  return { page, context, faults };
}

export const forget = (path: string) => rmSync(path, { recursive: true, force: true });
