import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { caseOfPosts, type TestAccount, type TestPost } from '../../../test/support/case-of-posts.ts';
import { sharedData } from '../../../test/support/shared-data.ts';
import { botRuler } from '../../base/bot-ruler.ts';
import { lempelZivRatio } from '../../base/lempel-ziv.ts';
import { Random } from '../../base/random.ts';
import { analyse } from '../../case/analyse.ts';
import { quietEffects } from '../../case/effects.ts';
import { activityOf } from './activity-kernel.ts';
import type { AutomationResult } from './automation-result.ts';
import { birthClusters } from './birth-clusters-kernel.ts';

const oracleFile = sharedData('oracle/methods.json');
const day = 86_400_000;
const hour = 3_600_000;
const start = Date.UTC(2020, 0, 1);

describe.skipIf(!oracleFile)('BotRuler numbers of shared/data/oracle/methods.json', () => {
  it('botruler_raw', () => {
    const { inputs, expected } = JSON.parse(readFileSync(oracleFile!, 'utf8')).oracles.find(
      (one: { id: string }) => one.id === 'botruler_raw',
    );
    inputs.rows.forEach((row: number[], at: number) => {
      const [friends, followers, statuses, ageDays, background, profile, verified] = row as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      const found = botRuler({
        friends,
        followers,
        statuses,
        ageDays,
        usesBackgroundImage: background === 1,
        defaultProfile: profile === 1,
        verified: verified === 1,
      });
      expect(Math.abs(found.raw! - expected.raw_score[at])).toBeLessThan(1e-5);
      found.parts.forEach((part, i) => {
        expect(Math.abs(part! - expected.parts[at][i])).toBeLessThan(1e-5);
      });
    });
  });
});

describe('kernels', () => {
  it('compress repetition and not chance', () => {
    const random = new Random(1);
    expect(lempelZivRatio(new Uint8Array(1000).fill(2), 3)).toBeLessThan(0.3);
    expect(
      lempelZivRatio(
        Uint8Array.from({ length: 1000 }, () => random.int(3)),
        3,
      ),
    ).toBeGreaterThan(0.9);
    expect(() => lempelZivRatio(new Uint8Array(0), 3)).toThrow(RangeError);
  });

  it('see pauses across midnight and leave out what cannot be known', () => {
    const awake = Array.from({ length: 60 }, (_, i) => start + Math.floor(i / 12) * day + (14 + (i % 12)) * hour);
    const found = activityOf(Float64Array.from(awake));
    expect(found.longestPauseHours).toBe(13);
    expect(found.mostIn24Hours).toBe(12);
    expect(found.hours[14]).toBe(5);
    expect(activityOf(Float64Array.of(start))).toMatchObject({
      postsPerDay: Number.NaN,
      longestPauseHours: Number.NaN,
      mostIn24Hours: 1,
    });
  });

  it('find accounts that were made together, and none among births by chance', () => {
    const random = new Random(2);
    const born = Float64Array.from({ length: 800 }, () => random.int(2000));
    const volume = Float64Array.from(born, () => random.int(50_000));
    expect(birthClusters(born, volume)).toEqual([]);
    for (let i = 0; i < 12; i++) {
      born[i] = 777;
      volume[i] = 1000 + 20 * i;
    }
    const [cluster, ...more] = birthClusters(born, volume);
    expect(more).toEqual([]);
    expect(cluster!.accounts.filter((account) => account < 12)).toHaveLength(12);
    expect(birthClusters(new Float64Array(3).fill(Number.NaN), volume)).toEqual([]);
  });

  it('leave out what is not known', () => {
    const unknown = {
      friends: null,
      followers: null,
      statuses: null,
      ageDays: null,
      usesBackgroundImage: null,
      defaultProfile: null,
      verified: null,
    };
    expect(botRuler(unknown).raw).toBeNull();
    expect(botRuler({ ...unknown, friends: 0, followers: 0, statuses: 0, ageDays: 0 })).toMatchObject({ known: 3 });
  });
});

describe('automation', () => {
  const posts: TestPost[] = [];
  for (let i = 0; i < 300; i++) {
    posts.push({
      id: `seed${i}`,
      account: 'desk',
      time: start + i * hour,
      text: `headline number ${i} about the weather in town`,
    });
    posts.push({
      id: `echo${i}`,
      account: 'echo99887',
      time: start + i * hour + 3000,
      kind: 'reshare',
      parent: `seed${i}`,
    });
    if (i % 24 > 8)
      posts.push({
        id: `person${i}`,
        account: 'person',
        time: start + i * hour + 1_800_000 + (i % 7) * 60_000,
        kind: i % 3 === 0 ? 'reply' : 'original',
        text: `thought ${i * 7919} of mine on something`,
      });
  }
  const accounts: TestAccount[] = [
    { account: 'echo99887', created: start - 3 * day, posts: 900 },
    { account: 'person', created: start - 3000 * day, posts: 9000, followers: 100, following: 120 },
  ];
  async function run(options: Record<string, unknown> = {}, some = posts): Promise<AutomationResult> {
    const { spilloverCase, remove } = await caseOfPosts(some, accounts);
    try {
      return (await analyse(spilloverCase, 'automation', { options }, quietEffects)).result as AutomationResult;
    } finally {
      remove();
    }
  }

  it('puts the echo first, with its signs and without a verdict', async () => {
    const result = await run();
    const [first] = result.entries;
    expect(first).toMatchObject({ account: 'x/echo99887', posts: 300 });
    expect(first!.values).toMatchObject({
      reshareShare: 1,
      fastReshareShare: 1,
      medianReshareDelaySeconds: 3,
      handleDigits: 5,
      longestPauseHours: 1,
      coordinationDegree: null,
      nearDuplicateShare: null,
    });
    const person = result.entries.find((one) => one.account === 'x/person')!;
    expect(person.values.longestPauseHours).toBeGreaterThan(8);
    expect(person.values.fastReshareShare).toBeNull();
    expect(result.coordination).toBe('missing');
    expect(first!.evidence).toHaveLength(3);
  });

  it('refuses where no account has enough posts', async () => {
    await expect(run({ minimumPosts: 1000 })).rejects.toThrow(/no behaviour to look at/);
    await expect(
      run(
        {},
        posts.slice(0, 20).map((post) => ({ ...post, account: null })),
      ),
    ).rejects.toThrow(/no behaviour/);
  });
});
