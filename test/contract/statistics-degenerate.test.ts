import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BurstsResult } from '../../src/analyses/bursts/bursts-result.ts';
import type { CascadesResult } from '../../src/analyses/cascades/cascades-result.ts';
import { chance, measured } from '../../src/analyses/in-words.ts';
import { analyse } from '../../src/case/analyse.ts';
import type { Case } from '../../src/case/case.ts';
import { caseMask } from '../../src/case/case-mask.ts';
import { quietEffects } from '../../src/case/effects.ts';
import { maskAnalysis } from '../../src/case/mask-analysis.ts';
import { addStory } from '../../src/case/stories.ts';
import { caseOfPosts } from '../support/case-of-posts.ts';

const start = Date.UTC(2024, 4, 1);
/** Sixty posts in one second: four originals whose ids sort after those of many of their reshares. */
const sameSecond = Array.from({ length: 60 }, (_, i) => ({
  id: i < 4 ? `z${i}` : `p${i}`,
  account: `u${i % 20}`,
  time: start,
  kind: i < 4 ? ('original' as const) : ('reshare' as const),
  ...(i < 4 ? { text: `all in the same second, number ${i}` } : { parent: `z${i % 4}` }),
  hashtags: ['same'],
}));

describe('a story in which everything happens in one second', () => {
  let spilloverCase: Case;
  let remove: () => void;
  const run = (id: string) => analyse(spilloverCase, id, { story: 'same' }, quietEffects);
  beforeAll(async () => {
    ({ spilloverCase, remove } = await caseOfPosts(sameSecond));
    await addStory(spilloverCase, { name: 'same', query: '#same' });
  });
  afterAll(() => remove());

  it('links reshares to an original of the same moment, whatever their ids', async () => {
    const { result } = (await run('cascades')) as { result: CascadesResult };
    expect(result.parentLater).toBe(0);
    expect(result.links.reshare).toBe(56);
  });

  it('does not say what bursts now where no time lies before', async () => {
    const { result, summary } = await run('bursts');
    expect((result as BurstsResult).burstingNow).toEqual([]);
    expect(summary.findings.map((one) => one.text).join('\n')).toMatch(/What bursts at .* cannot be said/);
    expect([...summary.tables[0]!.rows][0]!.slice(-2)).toEqual([null, null]);
  });

  it('says what one run of communities cannot tell', async () => {
    const one = await analyse(spilloverCase, 'communities', { story: 'same', options: { seeds: 1 } }, quietEffects);
    expect(one.summary.findings[1]!.text).toMatch(/how firm the groups are was not asked/);
    await expect(
      analyse(spilloverCase, 'automation', { story: 'same', options: { minimumPosts: 1 } }, quietEffects),
    ).rejects.toThrow('minimumPosts must be at least 2, not 1');
  });

  it('masks handles of two letters in every analysis that names accounts', async () => {
    const mask = await caseMask(spilloverCase);
    for (const id of ['communities', 'superspreaders', 'cascades']) {
      const shown = await maskAnalysis(spilloverCase, await run(id), mask);
      expect(JSON.stringify([shown.result, shown.summary]), id).not.toMatch(/"(x\/)?u\d+"|\bu\d+ \(|reshared: u\d/);
    }
    const { summary } = await run('communities');
    expect(summary.tables[1]!.columns).toEqual(['account', 'handle', 'community']);
    expect([...summary.tables[1]!.rows][0]![1]).toMatch(/^u\d+$/);
  });
});

it('warns where one side of a comparison of words has few posts', async () => {
  const posts = Array.from({ length: 9 }, (_, i) => ({
    id: `p${i}`,
    account: i < 5 ? 'talker' : `quiet${i}`,
    time: start + i * 60_000,
    text: `the harbour closes again, number ${i}`,
    hashtags: ['few'],
  }));
  const { spilloverCase, remove } = await caseOfPosts(posts);
  try {
    await addStory(spilloverCase, { name: 'few', query: '#few' });
    const { summary } = await analyse(spilloverCase, 'booster-language', { story: 'few' }, quietEffects);
    expect(summary.findings[0]!.text).toMatch(
      /^High against low volume: 1 account \(.*; 4 others the rest\. One side has only 4 posts/,
    );
  } finally {
    remove();
  }
});

it('writes numbers without powers of ten', () => {
  expect([measured(17_012), measured(9), measured(4.194), measured(0.000012), chance(0.0123), chance(3e-9)]).toEqual([
    '17,000',
    '9',
    '4.19',
    '0.000012',
    'p = 0.012',
    'p < 0.0001',
  ]);
});
