import type { BrowserContext, Page } from 'playwright-core';

/** Makes every page of the context add up its layout shifts (Cumulative Layout Shift without what follows an input). */
export const watchShifts = (context: BrowserContext) =>
  context.addInitScript(() => {
    const page = globalThis as unknown as { shifted: number };
    page.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!entry.hadRecentInput) page.shifted += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });

/** What has shifted since the last time it was asked. */
export const shifted = (page: Page) =>
  page.evaluate(() => {
    const found = globalThis as unknown as { shifted: number };
    const { shifted } = found;
    found.shifted = 0;
    return shifted;
  });

/** How many charts the view shows, and the names of those that have no table with rows, neither beside them nor behind a button near them. */
export async function chartsWithoutTable(page: Page): Promise<{ charts: number; bare: string[] }> {
  const charts = page.locator('main :is([role=img], canvas, [role=group][aria-label^="Spread map"]):not([role=img] *)');
  const total = await charts.count();
  const bare: string[] = [];
  for (let place = 0; place < total; place++) {
    const chart = charts.nth(place);
    const near = chart.locator(
      'xpath=ancestor::*[descendant::table or descendant::button[contains(translate(., "T", "t"), "table")]][1]',
    );
    const tables = near.locator('table tbody tr');
    if ((await near.count()) === 0) bare.push((await chart.getAttribute('aria-label')) ?? 'a chart without a name');
    else if ((await tables.count()) === 0) {
      await near.getByRole('button', { name: /table/i }).first().click();
      await tables.first().waitFor({ timeout: 5000 });
    }
  }
  return { charts: total, bare };
}
