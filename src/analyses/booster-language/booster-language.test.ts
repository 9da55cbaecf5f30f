import { describe, expect, it } from 'vitest';
import { caseOfPosts, type TestAccount, type TestPost } from '../../../test/support/case-of-posts.ts';
import { analyse } from '../../case/analyse.ts';
import { quietEffects } from '../../case/effects.ts';
import type { BoosterLanguageResult } from './booster-language-result.ts';

const start = Date.UTC(2017, 7, 12);
const hour = 3_600_000;

/** Three loud accounts that write "media fomenting anger" for a day, thirty quiet ones in the first hours, one newspaper afterwards. */
function posts(): TestPost[] {
  const made: TestPost[] = [];
  for (let i = 0; i < 120; i++)
    made.push({
      id: `loud${i}`,
      account: `loud${i % 3}`,
      time: start + 2 * hour + i * 0.15 * hour,
      text: `The media fomenting anger again, number ${i} https://loud.example/${i}`,
      domains: ['loud.example'],
      hashtags: ['wave'],
    });
  for (let i = 0; i < 60; i++)
    made.push({
      id: `quiet${i}`,
      account: `quiet${i}`,
      time: start + 2 * hour + i * 30_000,
      text: 'Watching a peaceful march downtown with friends',
      domains: [i % 2 === 0 ? 'press.example' : 'loud.example'],
    });
  made.push({
    id: 'paper1',
    platform: 'news',
    account: 'gazette.example',
    time: start + 30 * hour,
    text: 'Speech blames Media Fomenting division',
  });
  made.push({ id: 'paper0', platform: 'news', account: 'gazette.example', time: start, text: 'Nothing to see' });
  return made;
}

const accounts: TestAccount[] = [0, 1, 2].map((i) => ({ account: `loud${i}`, created: start - hour, posts: 500_000 }));

async function run(given: readonly TestPost[], options: Record<string, unknown> = {}): Promise<BoosterLanguageResult> {
  const { spilloverCase, remove } = await caseOfPosts(given, accounts);
  try {
    return (await analyse(spilloverCase, 'booster-language', { options }, quietEffects))
      .result as BoosterLanguageResult;
  } finally {
    remove();
  }
}

describe('booster language', () => {
  it('tells the words, pairs and domains of the loud from those of the quiet', async () => {
    const { contrasts } = await run(posts(), { volumeThreshold: 20 });
    const volume = contrasts[0]!;
    expect(volume).toMatchObject({ id: 'volume', highAccounts: 3, lowAccounts: 61, highPosts: 120, missing: null });
    const bigrams = volume.measures.find((one) => one.kind === 'bigram')!;
    expect(bigrams.high.map((one) => one.value)).toEqual(['fomenting anger', 'media fomenting']);
    expect(bigrams.low[0]!.value).toBe('march downtown');
    const domains = volume.measures.find((one) => one.kind === 'domain')!;
    expect(domains.high[0]).toMatchObject({ value: 'loud.example', high: 120, low: 30, post: 'x/loud0' });
    const [loud, press] = [Math.log(121 / 122 / (31 / 62)), Math.log(1 / 122 / (31 / 62))];
    expect(domains.high[0]!.logRatio).toBeCloseTo(loud, 4);
    expect(domains.low[0]!.logRatio).toBeCloseTo(press, 4);
    expect(volume.persistence!.after.find((one) => one.hours === 6)!.highShare).toBeGreaterThan(
      volume.persistence!.highShareAtPeak,
    );
    expect(contrasts[1]!.missing).toMatch(/lifetime/);
    expect(contrasts[2]!.missing).toMatch(/creation dates/);
  });

  it('finds the phrase in the newspaper afterwards, not before', async () => {
    const { crossings, listeners } = await run(posts(), { volumeThreshold: 20 });
    expect(listeners).toBe(1);
    expect(crossings).toHaveLength(1);
    expect(crossings[0]).toMatchObject({
      phrase: 'media fomenting',
      accountsBefore: 3,
      usedBefore: 120,
      first: { post: 'x/loud0' },
      crossing: { post: 'news/paper1', account: 'news/gazette.example' },
      lagSeconds: 28 * 3600,
    });
    const early = posts().map((post) => (post.id === 'paper1' ? { ...post, time: start + hour } : post));
    expect((await run(early, { volumeThreshold: 20 })).crossings).toEqual([]);
  });

  it('refuses one account', async () => {
    await expect(run(posts().filter((post) => post.account === 'loud0'))).rejects.toThrow(/two groups are needed/);
  });
});
