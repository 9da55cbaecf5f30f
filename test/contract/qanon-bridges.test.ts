import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quietEffects } from '../../src/case/effects.ts';
import { addStory } from '../../src/case/stories.ts';
import { trace } from '../../src/case/trace.ts';
import { canonicalUrl } from '../../src/domain/canonical-url.ts';
import { importedCase } from '../support/imported-case.ts';
import { sharedData } from '../support/shared-data.ts';

const folder = sharedData('qanon');

/** The page that stands under two spellings in the data: its first times are earlier than those of the one spelling. */
const twoSpellings = 'time.com/5324130';

describe('bridges from the boards to Telegram', () => {
  it.skipIf(!folder)('have the first times of cross_platform_examples.csv', { timeout: 240_000 }, async () => {
    const [header, ...rows] = readFileSync(`${folder}/cross_platform_examples.csv`, 'utf8').trim().split(/\r?\n/);
    const columns = header!.split(',');
    const examples = rows.map((row) => Object.fromEntries(row.split(',').map((cell, at) => [columns[at]!, cell])));
    const urlColumn = columns.find((name) => /url|address/i.test(name))!;
    const timeColumns = columns.filter((name) => /utc/i.test(name));
    const { spilloverCase, remove } = await importedCase([
      `${folder}/posts.json.gz`,
      `${folder}/chan_posts`,
      `${folder}/news.json.gz`,
      `${folder}/telegram_links.ndjson.gz`,
    ]);
    try {
      await addStory(spilloverCase, {
        name: 'links',
        query: examples.map((example) => `url:${example[urlColumn]!.replace(/^https?:\/\//, '')}`).join(' OR '),
      });
      const result = await trace(spilloverCase, 'links', { fewestSharers: 1 }, quietEffects);
      let checked = 0;
      for (const example of examples) {
        if (example[urlColumn]!.includes(twoSpellings)) continue;
        const artifact = canonicalUrl(example[urlColumn]!)!.url;
        const times = timeColumns.map((name) => Date.parse(example[name]!));
        const bridge = result.bridges.find(
          (one) =>
            one.artifact === artifact &&
            one.to.platform === 'telegram' &&
            one.kind === 'direct' &&
            Date.parse(one.from.time) === times[0],
        );
        expect(bridge, `${artifact} ${JSON.stringify(example)}`).toBeDefined();
        expect(['4chan', '8chan', '8kun']).toContain(bridge!.from.platform);
        expect(Date.parse(bridge!.to.time)).toBe(times[1]);
        checked++;
      }
      expect(checked).toBe(examples.length - 1);
    } finally {
      remove();
    }
  });
});
