import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Timeline } from '../../src/exports/timeline-event.ts';
import { timelinePage } from '../../src/exports/timeline-page.ts';

const executablePath = process.env.SPILLOVER_CHROMIUM ?? '/usr/bin/chromium';
const hostile =
  '<script>document.title="owned"</script><img src="https://outside.example/x.png" onerror="document.title=\'owned\'"><iframe src="https://outside.example/"></iframe> https://x.com/a/status/1 https://www.youtube.com/watch?v=abc [soundcite] <b>bold</b>';

const timeline: Timeline = {
  story: 'harbour',
  title: 'How <b>harbour</b> spread',
  introduction: hostile,
  version: 'test',
  events: Array.from({ length: 24 }, (_, at) => ({
    id: `stage:${at}:x/${at}`,
    time: new Date(Date.UTC(2024, 4, 13, 10, at * 7, 5, 250)).toISOString(),
    earliest: null,
    latest: null,
    precisionMs: at === 3 ? 86_400_000 : 1,
    group: at % 2 === 0 ? 'x' : '4chan',
    headline: `Event ${at} ${hostile}`,
    text: at === 0 ? hostile : '',
    reason: 'stage <i>crossing</i>',
    posts: [`x/${at}`],
    weight: 1,
    origin: 'trace' as const,
    edited: false,
    hidden: at === 5,
  })),
  eras: [{ name: 'silence <script>', from: '2024-05-13T10:30:00Z', to: '2024-05-13T11:30:00Z' }],
  cited: Array.from({ length: 24 }, (_, at) => ({
    post: `x/${at}`,
    platform: 'x',
    account: 'x/1',
    handle: 'sanuni<img>',
    name: null,
    time: new Date(Date.UTC(2024, 4, 13, 10, at * 7, 5, 250)).toISOString(),
    precisionMs: 1,
    text: hostile,
    permalink: at === 1 ? 'javascript:alert(1)' : `https://x.com/sanuni/status/${at}`,
    file: 'x.jsonl',
    line: at,
  })),
};

it.skipIf(!existsSync(executablePath))(
  'opens from the disk without a request to anywhere, an error or a word of the posts taken for markup (skipped without chromium)',
  { timeout: 120_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'timeline-page-'));
    for (const { path, content } of timelinePage(timeline)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      const asked: string[] = [];
      const errors: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
      });
      page.on('pageerror', (error) => errors.push(String(error)));
      await page.goto(pathToFileURL(join(folder, 'index.html')).href);
      await page.waitForSelector('#timeline .tl-timemarker', { state: 'attached' });
      await page.click('.tl-slidenav-next');
      await page.waitForTimeout(800);
      expect(asked.filter((url) => !url.startsWith('file://') && !url.startsWith('data:'))).toEqual([]);
      expect(errors).toEqual([]);
      expect(await page.title()).toBe('How <b>harbour</b> spread');
      expect(await page.locator('#timeline .tl-timemarker').count()).toBe(23);
      expect(await page.locator('main li h3').count()).toBe(23);
      expect(await page.locator('iframe, main img, .tl-slide img, .tl-slide script').count()).toBe(0);
      expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
      if (process.env.SPILLOVER_SCREENSHOT) await page.screenshot({ path: process.env.SPILLOVER_SCREENSHOT });
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
