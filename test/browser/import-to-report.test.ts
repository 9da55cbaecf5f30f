import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, enter, forget, launch, missingChromium, plantedFiles, type Server, serve } from './workbench.ts';

if (chromiumPath === null) console.log(`skipping: ${missingChromium}`);

describe.skipIf(chromiumPath === null)('from an empty case to the report', () => {
  let browser: Browser;
  let server: Server;
  let planted: Awaited<ReturnType<typeof plantedFiles>>;
  const folder = mkdtempSync(join(tmpdir(), 'spillover-empty-'));

  beforeAll(async () => {
    planted = await plantedFiles();
    [browser, server] = await Promise.all([launch(), serve(join(folder, 'case'))]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    forget(folder);
  });

  test('drop the planted files, define the story, trace it, read the map, publish', async () => {
    const { page, faults } = await enter(browser, server);
    await page.getByRole('heading', { name: 'How did this story get here?' }).waitFor();
    await page.getByRole('button', { name: 'Add files' }).click();

    const chosen = readdirSync(planted.files, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/^(story\.txt|context\.json|truth\.json)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
    await page.locator('input[data-files]').setInputFiles(chosen);
    await page.getByRole('button', { name: `Import these ${chosen.length} files` }).click({ timeout: 90_000 });
    await page.locator('.sum b').first().waitFor({ timeout: 90_000 });
    const read = await page.locator('.sum b').allTextContents();
    const [records, added, duplicates, problems] = read.map((text) => Number(text.replace(/\D/g, '')));
    expect(records).toBeGreaterThan(3000);
    expect(added! + duplicates! + problems!).toBe(records);

    await page.getByRole('link', { name: 'Stories', exact: true }).click();
    await page.getByLabel('Name').fill('ferry');
    await page.getByLabel('Which posts belong to the story').fill('#FerryPapers OR (');
    await page.getByText('Mend the query to see the counts.').waitFor();
    await page.getByLabel('Which posts belong to the story').fill(planted.query);
    await page.getByText(/posts by \d/).waitFor();
    await page.getByRole('button', { name: 'Save and trace' }).click();
    await page.getByRole('heading', { name: 'How it spread' }).waitFor({ timeout: 60_000 });
    await page
      .getByRole('button', { name: /Reaches x/ })
      .first()
      .click();
    await page.getByRole('complementary', { name: 'Evidence' }).getByRole('article').first().waitFor();
    await page.keyboard.press('Escape');

    await page.getByRole('link', { name: 'Report', exact: true }).click();
    await page.getByLabel('Headline').fill('The ferry papers, hour by hour');
    await page.frameLocator('iframe').getByText('The ferry papers, hour by hour').first().waitFor({ timeout: 60_000 });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Save the page' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^ferry.*\.html$/);
    expect(faults).toEqual([]);
  });
});
