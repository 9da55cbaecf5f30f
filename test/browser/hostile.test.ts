import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, enter, forget, launch, missingChromium, type Server, serve, spillover } from './workbench.ts';

if (chromiumPath === null) console.log(`skipping: ${missingChromium}`);

const script = '<img src=x onerror="window.owned=1"><script>window.owned=1</script><svg onload="window.owned=1">';
const hostile = [
  script,
  `javascript:window.owned=1 "'\`><iframe src="https://evil.example/">`,
  `\u202Ereversed \u2066isolated \u202Aembedded`,
  `z${'\u0300\u0301\u0302\u0303\u0304\u0305'.repeat(200)}algo`,
  'W'.repeat(100_000),
  `${'\u200F'.repeat(50)} ${'🏴‍☠️'.repeat(500)}`,
  '=cmd|"/c calc"!A1',
];

/** Posts of two platforms whose every field is hostile. */
function hostilePosts(): string {
  const rows = hostile.flatMap((text, place) =>
    ['x', 'gab'].map((platform, second) => ({
      platform,
      post_id: `${place}-${second}${place === 0 ? script : ''}`,
      account_id: `a${place}${text.slice(0, 80)}`,
      handle: text.slice(0, 300),
      name: text.slice(0, 300),
      time: new Date(Date.UTC(2024, 4, 1, 12, place * 3 + second)).toISOString(),
      text: `#trap ${text}`,
      permalink:
        place % 2 ? 'javascript:window.owned=1' : `https://example.org/${encodeURIComponent(text.slice(0, 60))}`,
      lang: '<b>',
    })),
  );
  return rows.map((row) => JSON.stringify(row)).join('\n');
}

describe.skipIf(chromiumPath === null)('hostile text', () => {
  let browser: Browser;
  let server: Server;
  const folder = mkdtempSync(join(tmpdir(), 'spillover-hostile-'));

  beforeAll(async () => {
    const file = join(folder, 'posts.jsonl');
    const map = join(folder, 'map.json');
    const directory = join(folder, 'case');
    writeFileSync(file, hostilePosts());
    writeFileSync(
      map,
      JSON.stringify({
        platform: { column: 'platform' },
        post_id: 'post_id',
        account_id: 'account_id',
        handle: 'handle',
        name: 'name',
        time: { column: 'time' },
        text: 'text',
        permalink: 'permalink',
        lang: 'lang',
        hashtags: 'from text',
      }),
    );
    spillover('import', file, '--map', map, '--case', directory);
    spillover('story', 'add', 'trap', '--match', '#trap', '--case', directory);
    spillover('trace', 'trap', '--case', directory);
    [browser, server] = await Promise.all([launch(), serve(directory)]);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    forget(folder);
  });

  test('no script runs, no request leaves, no view is broken by text, names, ids and links of strangers', async () => {
    const { page, context, faults } = await enter(browser, server);
    for (const path of [
      '',
      '/accounts?kind=all',
      '/bridges',
      '/timeline',
      '/report',
      '/query',
      '?evidence=window',
      '?evidence=platform:x',
    ]) {
      await page.goto(`${server.origin}/story/trap${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      const found = await page.evaluate(() => ({
        owned: (window as unknown as { owned?: number }).owned ?? null,
        injected: document.querySelectorAll(
          'main img, main iframe[src*="evil"], main script, .evidence img, .evidence script',
        ).length,
        links: [...document.querySelectorAll('a')].filter((one) => /^javascript:/i.test(one.href)).length,
        height: document.documentElement.scrollHeight,
      }));
      expect(found, path).toMatchObject({ owned: null, injected: 0, links: 0 });
      // The network may be idle before the last frame is drawn.
      const sideways = () =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      await expect.poll(sideways, { message: path, timeout: 20_000 }).toBeLessThanOrEqual(0);
      expect(found.height, path).toBeLessThan(20_000);
    }
    await page.goto(`${server.origin}/story/trap?evidence=window`);
    const drawer = page.getByRole('complementary', { name: 'Evidence' });
    await drawer.getByRole('article').first().waitFor();
    expect(await drawer.getByRole('article').count()).toBe(hostile.length * 2);
    await drawer.getByText('without direction marks').first().waitFor();
    await drawer.getByText('without piled-up accents').first().waitFor();
    await drawer.getByRole('button', { name: 'Original record' }).first().click();
    await drawer.locator('pre').first().waitFor();
    expect(await page.evaluate(() => (window as unknown as { owned?: number }).owned ?? null)).toBeNull();
    expect(faults).toEqual([]);
    await context.close();
  });
});
