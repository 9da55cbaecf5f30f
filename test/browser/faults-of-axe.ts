import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Serious and critical violations, in words. */
export async function faultsOfAxe(page: Page, name: string, runOnly: string[], within = 'body'): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .include(within)
    .exclude('iframe')
    .options({ resultTypes: ['violations'], runOnly })
    .analyze();
  return violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .map(({ id, nodes }) => {
      const places = nodes.slice(0, 4).map((node) => node.target.join(' '));
      return `${name}: ${id} at ${places.join(' | ')}`;
    });
}
