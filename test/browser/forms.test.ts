import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsOfAxe } from './faults-of-axe.ts';
import { chromiumPath, enter, launch, missingChromium, plantedCase, type Server, serve } from './workbench.ts';

if (chromiumPath === null) console.log(`skipping: ${missingChromium}`);

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
const patiently = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 60_000, interval: 100 });

describe.skipIf(chromiumPath === null)('forms that open within a view', () => {
  let browser: Browser;
  let server: Server;
  let site: HttpServer;

  beforeAll(async () => {
    const directory = await plantedCase({ posts: 2500 });
    site = createServer((_, response) =>
      response
        .writeHead(200, { 'content-type': 'application/rss+xml' })
        .end(
          '<rss version="2.0"><channel><title>News</title><item><title>Ferry</title><link>https://news.example/1</link><guid>1</guid><pubDate>Mon, 13 May 2024 10:00:00 GMT</pubDate></item></channel></rss>',
        ),
    );
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    [browser, server] = await Promise.all([launch(), serve(directory)]);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    site?.close();
  });

  test('the forms of the timeline have no serious faults, in the dark either', async () => {
    const { page, context, faults } = await enter(browser, server, '/story/ferry-papers/timeline', {
      colorScheme: 'dark',
    });
    await page
      .getByRole('button', { name: /^Edit / })
      .first()
      .click();
    await page.getByLabel('Headline').waitFor();
    expect.soft(await faultsOfAxe(page, 'editing', wcag, '.page')).toEqual([]);
    await page.getByRole('button', { name: 'Leave as it was' }).click();
    await page.getByRole('button', { name: 'Add a moment' }).click();
    await page.getByLabel('Time (UTC)').waitFor();
    expect.soft(await faultsOfAxe(page, 'adding', wcag, '.page')).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  });

  test('an alert is read with its posts and acknowledged by keyboard, with a note', async () => {
    const { page, context, faults } = await enter(browser, server, '/alerts');
    const alert = page.getByRole('article', { name: 'ferry-papers takes off' });
    await alert.getByRole('button', { name: 'Read the 2 posts' }).press('Enter');
    await page.getByRole('complementary', { name: 'Evidence' }).getByRole('article').first().waitFor();
    await page.keyboard.press('Escape');
    await alert.getByLabel('What came of alert 1').fill('called the ministry');
    await page.keyboard.press('Enter');
    await alert.waitFor({ state: 'detached' });
    await page.getByText('No alert waits').waitFor();
    await page.getByText('All', { exact: true }).click();
    await patiently(() => alert.innerText()).toContain('called the ministry');
    expect(faults).toEqual([]);
    await context.close();
  });

  test('names are masked in every view by one button, nothing can be edited meanwhile, and they come back', async () => {
    const { page, context, faults } = await enter(
      browser,
      server,
      '/story/ferry-papers/accounts?role=catalyst&kind=all',
    );
    const name = page.locator('tr[data-place="0"] a').first();
    const handle = await name.innerText();
    await page.getByRole('button', { name: 'Mask names' }).click();
    await patiently(() => name.innerText()).toMatch(/^account-[0-9a-f]{12}$/);
    await name.click();
    await page.getByRole('heading', { name: 'When it posted' }).waitFor();
    await page.getByRole('button', { name: 'Read its posts' }).click();
    await page.getByRole('complementary', { name: 'Evidence' }).getByRole('article').first().waitFor();
    expect(await page.content()).not.toContain(handle);
    await page.goto(`${server.origin}/story/ferry-papers/timeline`);
    await page.locator('.timeline-event').first().waitFor();
    expect(await page.getByRole('button', { name: 'Add a moment' }).count()).toBe(0);
    expect(await page.content()).not.toContain(handle);
    await page.getByRole('button', { name: 'Names masked' }).click();
    await page.getByRole('button', { name: 'Add a moment' }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  test('every live source has a form without serious faults; one is filled in, runs, and is stopped', async () => {
    const { page, context, faults } = await enter(browser, server, '/sources');
    await page.getByRole('button', { name: 'Collect from a live source' }).click();
    const source = page.getByRole('combobox', { name: 'Source' });
    const { collectors } = await page.evaluate(() =>
      fetch('/api/collectors').then((answer) => answer.json() as Promise<{ collectors: { title: string }[] }>),
    );
    expect(collectors.length).toBeGreaterThan(5);
    for (const { title } of collectors) {
      await source.click();
      await page.getByRole('option', { name: title, exact: true }).click();
      await page.getByLabel('Name of the collection').waitFor();
      expect.soft(await faultsOfAxe(page, title, wcag, '.new-collection')).toEqual([]);
    }
    await source.click();
    await page.getByRole('option', { name: /feeds/i }).click();
    const address = page
      .locator('.new-collection')
      .getByLabel('Url', { exact: true })
      .and(page.locator('input:visible'));
    await address.fill(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    await address.press('Enter');
    await page.getByLabel('Name of the collection').fill('papers');
    await page.getByRole('button', { name: 'Start collecting' }).click();
    await page.getByRole('button', { name: 'Stop papers' }).click();
    await page.getByRole('button', { name: 'Go on papers' }).waitFor();
    expect.soft(await faultsOfAxe(page, 'a collection', wcag, '.collections')).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  });
});
