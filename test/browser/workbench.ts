import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/find-chromium.ts';

/** Where Chromium is; null makes the browser tests skip with a message. */
export const chromiumPath = findChromium();
export const missingChromium = 'no Chromium on this machine: scripts/install-browser.sh installs Debian’s';

const cli = join(import.meta.dirname, '..', '..', 'bin', 'spillover');

export function spillover(...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`spillover ${words.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}

/** A planted campaign (of 4,000 posts), its files and a case with its traced story; with `second` another traced story to compare with. */
export function plantedCase({ posts = 4000, second = false } = {}): { files: string; case: string; query: string } {
  const folder = mkdtempSync(join(tmpdir(), 'spillover-browser-'));
  const files = join(folder, 'files');
  const made = join(folder, 'case');
  spillover('plant', '--seed', '3', '--posts', String(posts), '--out', files);
  const query = readFileSync(join(files, 'story.txt'), 'utf8').trim();
  const feeds = readdirSync(files)
    .filter((name) => name.endsWith('.xml'))
    .map((name) => join(files, name));
  spillover(
    'import',
    join(files, 'x.jsonl'),
    join(files, '4chan'),
    join(files, 'telegram'),
    join(files, 'bluesky.ndjson'),
    ...feeds,
    '--case',
    made,
  );
  spillover('context', 'add', join(files, 'context.json'), '--case', made);
  spillover('story', 'add', 'ferry-papers', '--match', query, '--case', made);
  spillover('trace', 'ferry-papers', '--case', made);
  if (second) {
    spillover('story', 'add', 'millbrook', '--match', 'millbrook NOT "ferry papers"', '--case', made);
    spillover('trace', 'millbrook', '--case', made);
  }
  return { files, case: made, query };
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
