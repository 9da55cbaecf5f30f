import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { backtest } from '../../src/case/backtest.ts';
import { type Case, openCase } from '../../src/case/case.ts';
import { importPlanted, plantedStory } from '../../src/case/demo.ts';
import { quietEffects } from '../../src/case/effects.ts';
import { readTruth, type Truth } from '../../src/case/evaluate.ts';
import { storeResult } from '../../src/case/results.ts';
import { evaluateRules, type RuleSettings, ruleCatalogue } from '../../src/case/watch-rules.ts';
import { plantCampaign } from '../../src/plant/plant-campaign.ts';
import { resolvePlantOptions } from '../../src/plant/plant-options.ts';
import { tracedExample } from '../support/traced-example.ts';

const folder = mkdtempSync(join(tmpdir(), 'spillover-rules-'));
const minute = 60_000;
const hour = 60 * minute;
const rules: RuleSettings[] = ruleCatalogue.map(({ id }) => ({ rule: id, options: {} }));
let whole: Case;
let truth: Truth;
const stage = (id: string) => Date.parse(truth.stages.find((one) => one.id === id)!.inFiles!.time);

beforeAll(async () => {
  const planted = join(folder, 'planted');
  await plantCampaign(resolvePlantOptions({ seed: 205, posts: 8000 }), planted, {});
  truth = readTruth(planted);
  whole = await openCase(join(folder, 'whole'));
  await importPlanted(whole, planted, quietEffects);
});
afterAll(() => {
  whole?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('rules of the watch', () => {
  it('see nothing of what is posted later', async () => {
    const moments = [
      stage('first-seen') + 70 * minute,
      stage('mainstream') + 20 * minute,
      stage('mainstream') + 20 * hour,
    ];
    const found = [];
    for (const [place, asOf] of moments.entries()) {
      const question = { stories: [plantedStory], rules, asOf };
      const signals = await evaluateRules(whole, question);
      expect(await evaluateRules(whole, { ...question, replayUntil: asOf + 24 * hour })).toEqual(signals);
      await whole.database.run('checkpoint');
      const directory = join(folder, `until-${place}`);
      cpSync(join(folder, 'whole', 'case.duckdb'), join(directory, 'case.duckdb'), { recursive: true });
      const cut = await openCase(directory);
      try {
        const bound = { asOf: new Date(asOf).toISOString().replace('Z', '') };
        await cut.database.run('delete from post where time > $asOf::timestamp', bound);
        await cut.database.run('delete from share where time > $asOf::timestamp', bound);
        expect(await evaluateRules(cut, question)).toEqual(signals);
      } finally {
        cut.close();
      }
      for (const signal of signals) {
        expect(Date.parse(signal.at)).toBeLessThanOrEqual(asOf);
        expect(signal.posts.length).toBeGreaterThan(0);
      }
      expect(new Set(signals.map(({ key }) => key)).size).toBe(signals.length);
      found.push(...signals.map(({ rule }) => rule));
    }
    expect(new Set(found)).toEqual(
      new Set(['early-warning', 'higher-tier', 'takeoff', 'coordination', 'mainstream-crossing']),
    );
  });

  it('call nothing unusual before a day of the venue is known', async () => {
    const options = { pValue: 1, bridges: 1, oldestHours: 48 };
    const ask = (asOf: number) =>
      evaluateRules(whole, { stories: [], rules: [{ rule: 'fringe-burst', options }], asOf });
    const { start } = (await whole.database.first<{ start: number }>(
      `select epoch_ms(min(time))::double as start from post where platform = '4chan'`,
    ))!;
    const found = await ask(stage('mainstream'));
    expect(found.length).toBeGreaterThan(0);
    for (const { posts } of found) {
      const [first] = await whole.database.rows<{ time: number }>(
        `select epoch_ms(min(time))::double as time from post where platform || '/' || post_id in (select unnest(from_json($posts, '["varchar"]')))`,
        { posts: JSON.stringify(posts) },
      );
      expect(first!.time).toBeGreaterThanOrEqual(start + 24 * hour);
    }
  });

  it('tell an artifact on a tier below the mainstream only before a mainstream venue has the story, unless asked to', async () => {
    const asOf = stage('mainstream') + 20 * hour;
    const ask = (belowMainstreamOnly: boolean) =>
      evaluateRules(whole, {
        stories: [plantedStory],
        rules: [{ rule: 'higher-tier', options: { belowMainstreamOnly, recentHours: 72 } }],
        asOf,
      });
    const [usual, all] = [await ask(true), await ask(false)];
    const keys = new Set(usual.map(({ key }) => key));
    const added = all.filter(({ key }) => !keys.has(key));
    expect(usual.length).toBeGreaterThan(0);
    expect(usual.every(({ key }) => all.some((one) => one.key === key))).toBe(true);
    for (const { at, headline } of usual)
      expect(Date.parse(at) <= stage('mainstream') || headline.includes('mainstream')).toBe(true);
    for (const { at, headline } of added) {
      expect(Date.parse(at)).toBeGreaterThan(stage('mainstream'));
      expect(headline).not.toContain('mainstream');
    }
  });

  it('know catalysts of a campaign only once it lies wholly in the past', async () => {
    const account = truth.catalysts[0]!.account;
    const asOf = stage('first-seen') + 60 * minute;
    const ask = (from: number, to: number) => storeAndAsk(account, from, to, asOf);
    const day = 24 * hour;
    const [signal, ...others] = await ask(asOf - 2 * day, asOf - 2 * day + hour);
    expect(others).toEqual([]);
    expect(signal).toMatchObject({ rule: 'recurring-catalyst', story: plantedStory });
    expect(signal!.reasons[0]).toContain('earlier');
    expect(await ask(asOf - 2 * day, asOf + minute)).toEqual([]);
    expect(await ask(asOf - 3 * hour, asOf - 2 * hour)).toEqual([]);
  });

  it('are silent in an empty case', async () => {
    const empty = await openCase(join(folder, 'empty'));
    try {
      const story = { name: 'any', query: '#any', from: null, to: null };
      expect(await evaluateRules(empty, { stories: [story], rules, asOf: Date.now() })).toEqual([]);
    } finally {
      empty.close();
    }
  });

  it('refuse options and stories that do not exist', async () => {
    const ask = (stories: string[], options: Record<string, unknown>) =>
      evaluateRules(whole, { stories, rules: [{ rule: 'early-warning', options }], asOf: 0 });
    await expect(ask([], { threshold: 2 })).rejects.toThrow(UserError);
    await expect(ask([], { treshold: 0.5 })).rejects.toThrow('treshold');
    await expect(ask(['nothing'], {})).rejects.toThrow('There is no story "nothing"');
  });
});

async function storeAndAsk(account: string, from: number, to: number, asOf: number) {
  const example = tracedExample();
  const [first] = example.roles;
  const result = {
    ...example,
    window: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    stages: example.stages.map((one) => ({ ...one, time: new Date(from + 10 * minute).toISOString() })),
    roles: [{ ...first!, account, role: 'catalyst', significant: true }],
  };
  await storeResult(whole, {
    story: 'earlier',
    analysis: 'trace',
    version: 'test',
    options: {},
    seed: 1,
    result,
  });
  const asked: RuleSettings[] = [{ rule: 'recurring-catalyst', options: {} }];
  return (await evaluateRules(whole, { stories: [plantedStory], rules: asked, asOf })).filter(
    ({ story }) => story === plantedStory,
  );
}

describe('backtest', () => {
  const window = () => ({
    from: stage('first-seen') - hour,
    to: stage('mainstream') + hour,
    stepMinutes: 10,
    horizonHours: 24,
  });

  it('warns of the campaign before the press has it, without knowing the story', async () => {
    const asks = [{ stories: [], rules: [{ rule: 'early-warning' as const, options: {} }] }];
    const result = await backtest(whole, { asks, ...window() }, quietEffects);
    const [story] = result.stories;
    expect(story).toMatchObject({ story: plantedStory, watched: false, missed: false });
    expect(Date.parse(story!.firstSeen)).toBe(stage('first-seen'));
    expect(Date.parse(story!.crossing!.time)).toBe(stage('mainstream'));
    expect(story!.leadPart).toBeGreaterThan(0.25);
    expect(result.alerts.every((one) => one.about === plantedStory && one.score!.probability >= 0.8)).toBe(true);
    expect(result.falseAlarms).toBe(0);
    expect(await backtest(whole, { asks, ...window() }, quietEffects)).toEqual(result);
  });

  it('tells of stories that never cross and of stories without posts', async () => {
    const text = (query: string) => ({ name: query, query, from: null, to: null });
    const rule = { rule: 'takeoff' as const, options: { belowMainstreamOnly: false } };
    const stories = [text('#FerryPapers platform:x'), text('nobody-says-this')];
    const result = await backtest(whole, { asks: [{ stories, rules: [rule] }], ...window() }, quietEffects);
    expect(result.withoutPosts).toEqual(['nobody-says-this']);
    expect(result.stories.find((one) => one.watched)).toMatchObject({
      story: '#FerryPapers platform:x',
      crossing: null,
      firstAlert: { rule: 'takeoff', toldAt: result.alerts[0]!.toldAt },
      leadSeconds: null,
      leadPart: null,
      missed: false,
    });
  });

  it('counts a story that nothing warned of as missed, and a wrong alert as false', async () => {
    const silent = await backtest(
      whole,
      { asks: [{ stories: [], rules: [{ rule: 'early-warning', options: { threshold: 1 } }] }], ...window() },
      quietEffects,
    );
    expect(silent).toMatchObject({ alerts: [], misses: 1, falseAlarms: 0 });
    const hasty = await backtest(
      whole,
      {
        asks: [{ stories: [], rules: [{ rule: 'early-warning', options: { threshold: 0 } }] }],
        from: Date.parse('2024-05-13T00:00:00Z'),
        to: Date.parse('2024-05-14T12:00:00Z'),
        stepMinutes: 60,
        horizonHours: 6,
      },
      quietEffects,
    );
    expect(hasty.falseAlarms).toBeGreaterThan(0);
    expect(hasty.misses).toBe(0);
    await expect(
      backtest(whole, { asks: [], from: 0, to: 1, stepMinutes: 10, horizonHours: 1 }, quietEffects),
    ).rejects.toThrow('There is no post in the time to replay');
  });
});
