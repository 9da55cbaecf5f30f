import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, enter, forget, launch, missingChromium, type Server, serve } from './workbench.ts';

if (chromiumPath === null) console.log(`skipping: ${missingChromium}`);

const column = (place: number) => ({
  id: String(1_000_000 + place),
  text: `Post ${place} about #Lighthouse and the harbour`,
  created_at: new Date(Date.UTC(2024, 4, 1) + place * 1000).toISOString(),
  author_id: String(place % 500),
});

describe.skipIf(chromiumPath === null)('live work', () => {
  let browser: Browser;
  let server: Server;
  const folder = mkdtempSync(join(tmpdir(), 'spillover-live-'));
  const file = join(folder, 'many.jsonl');

  beforeAll(async () => {
    writeFileSync(file, Array.from({ length: 300_000 }, (_, place) => JSON.stringify(column(place))).join('\n'));
    [browser, server] = await Promise.all([launch(), serve(join(folder, 'case'))]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    forget(folder);
  });

  test('an import shows its progress in two tabs, survives a reload, can be stopped, and leaves nothing half done', async () => {
    const { page, context, faults } = await enter(browser, server, '/sources');
    const other = await context.newPage();
    await other.goto(`${server.origin}/sources`);
    await page.locator('input[data-files]').setInputFiles(file);
    await page.getByText('many.jsonl').first().waitFor();
    await page.getByRole('button', { name: 'Import this file' }).click();
    await other.locator('[role=progressbar]').first().waitFor({ timeout: 60_000 });
    await page.reload();
    await page.locator('[role=progressbar]').first().waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Stop' }).first().click();
    await page.getByText('cancelled').first().waitFor({ timeout: 60_000 });
    await other.getByText('cancelled').first().waitFor({ timeout: 60_000 });
    const status = await page.evaluate(() =>
      fetch('/api/status').then((answer) => answer.json() as Promise<{ totals: { recordsRead: number } }>),
    );
    expect(status.totals.recordsRead).toBe(0);

    const again = page.getByRole('button', { name: 'Import this file' });
    await page.waitForLoadState('networkidle');
    if (!(await again.isVisible())) await page.locator('input[data-files]').setInputFiles(file);
    await again.click();
    await page.locator('.sum b').first().waitFor({ timeout: 180_000 });
    await other.locator('.sum b').first().waitFor({ timeout: 60_000 });
    expect(await other.locator('.sum b').first().textContent()).toBe('300,000');
    expect(faults).toEqual([]);
    await context.close();
  });

  test('a restart of the server: the page says so, and goes on when it is opened anew', async () => {
    const { page, context } = await enter(browser, server, '/sources');
    await page.locator('.sum b').first().waitFor({ timeout: 60_000 });
    const { port } = new URL(server.origin);
    await server.stop();
    await page.getByText('No answer from the workbench').waitFor({ timeout: 60_000 });
    server = await serve(join(folder, 'case'), '--port', port);
    await page.goto(server.url);
    await page.goto(`${server.origin}/sources`);
    await page.locator('.sum b').first().waitFor({ timeout: 60_000 });
    expect(await page.locator('.sum b').first().textContent()).toBe('300,000');
    await context.close();
  });
});
