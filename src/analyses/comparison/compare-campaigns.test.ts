import { expect, test } from 'vitest';
import { Mask } from '../../domain/mask.ts';
import type { RoleEntry, Stage, TraceResult } from '../trace/trace-result.ts';
import type { CampaignProfile, ProfileAccount } from './campaign-profile.ts';
import { compareCampaigns } from './compare-campaigns.ts';
import { maskComparison } from './mask-comparison.ts';

const stage = (id: Stage['id'], platform: string, minute: number): Stage => ({
  id,
  platform,
  time: new Date(Date.UTC(2024, 4, 13, 10, minute)).toISOString(),
  earliest: '',
  latest: '',
  account: null,
  post: null,
  lagSeconds: null,
  method: '',
});
const person = (account: string, more: Partial<ProfileAccount> = {}): ProfileAccount => ({
  account,
  platform: account.slice(0, account.indexOf('/')),
  handle: null,
  name: null,
  description: null,
  posts: 1,
  hours: new Array(24).fill(0),
  evidence: [`${account}-post`],
  ...more,
});

function profile(label: string, accounts: ProfileAccount[], boosters: string[], lag: number): CampaignProfile {
  const roles = boosters.map(
    (account): RoleEntry => ({
      account,
      platform: 'x',
      handle: null,
      role: 'booster',
      score: 0.9,
      low: 0.8,
      high: 1,
      significant: true,
      evidence: {},
      posts: [`${account}-post`],
    }),
  );
  const trace = {
    story: label,
    version: 'test',
    posts: 1000,
    accounts: accounts.length,
    window: { from: '2024-05-13T10:00:00Z', to: '2024-05-14T10:00:00Z' },
    stages: [stage('first-seen', '4chan', 0), stage('crossing', 'x', 10), stage('mainstream', 'news', lag)],
    roles,
    groups: [],
    concentration: { top1: 0.1, top5: 0.2, top10: 0.3, gini: 0.5, accounts: accounts.length },
    breakout: { category: 4, reasons: [] },
  } as unknown as TraceResult;
  return {
    label,
    case: label,
    trace,
    accounts,
    collected: new Set(accounts.map((one) => one.account)),
    artifacts: new Map([['url:https://a.example/', { posts: 3, display: 'https://a.example/' }]]),
    cascades: [],
  };
}
const many = (prefix: string, count: number) => Array.from({ length: count }, (_, at) => person(`x/${prefix}${at}`));
const ids = (list: ProfileAccount[]) => list.map((one) => one.account);

test('boosters that return stand out against the accounts of their story', () => {
  const a = many('a', 500);
  const returning = a.slice(0, 6);
  const b = [...returning, ...many('b', 500)];
  const result = compareCampaigns(
    [profile('one', a, ids(a.slice(0, 60)), 100), profile('two', b, ids(b.slice(0, 60)), 130)],
    'first-seen',
  );
  const boosters = result.overlaps.find((one) => one.what.startsWith('boosters'))!;
  expect(boosters).toMatchObject({ population: 500, inFirst: 60, inSecond: 6, both: 6 });
  expect(boosters.adjusted).toBeLessThan(0.001);
  expect(result.recurring.map((one) => one.account)).toEqual(ids(returning));
  expect(result.recurring[0]!.parts.map((part) => part.role)).toEqual(['booster', 'booster']);
  expect(result.campaigns.map((one) => one.stages.at(-1)!.lagSeconds)).toEqual([6000, 7800]);
  expect(result.sentence).toContain('6 accounts take part again, more than chance explains for boosters');
  expect(result.sharedOrder[0]).toMatchObject({ platforms: ['4chan', 'x'], same: true });
  expect(result.shared).toEqual([{ kind: 'url', value: 'https://a.example/', posts: [3, 3] }]);
});

test('outlets and channels that speak everywhere make no overlap', () => {
  const desks = Array.from({ length: 6 }, (_, at) => person(`news/desk${at}.example`));
  const a = [...desks, ...many('a', 300)];
  const b = [...desks, ...many('b', 300)];
  const result = compareCampaigns(
    [profile('one', a, ids(a.slice(6, 40)), 90), profile('two', b, ids(b.slice(6, 40)), 90)],
    'crossing',
  );
  expect(Math.min(...result.overlaps.map((one) => one.adjusted))).toBe(1);
  expect(result.recurring.length).toBe(6);
  expect(result.sentence).toContain('no more accounts recur (6) than chance explains');
});

test('candidates over platforms come with their reasons; a common name alone is none', () => {
  const day = new Array(24).fill(0).map((_, hour) => (hour > 8 && hour < 20 ? 5 : 0));
  const a = [
    person('x/1', { handle: 'Harbour_Watch', name: 'Harbour Watcher', hours: day }),
    person('x/2', { handle: 'quietone', description: 'also @loud_voice on Telegram' }),
    person('x/3', { handle: 'zeta9', name: 'Maria' }),
  ];
  const b = [
    person('bluesky/did:plc:q', { handle: 'harbourwatch.example.social', name: 'Harbour Watcher', hours: day }),
    person('telegram/channel5', { handle: 'loud_voice' }),
    person('bluesky/did:plc:r', { handle: 'omega', name: 'Maria' }),
  ];
  const result = compareCampaigns([profile('one', a, [], 90), profile('two', b, [], 90)], 'first-seen');
  expect(result.candidates.map((one) => one.accounts)).toEqual([
    ['x/1', 'bluesky/did:plc:q'],
    ['x/2', 'telegram/channel5'],
  ]);
  expect(result.candidates[0]!.reasons).toEqual([
    'handles "harbour_watch" and "harbourwatch" differ in digits and signs only',
    'same name "Harbour Watcher"',
    'post at the same hours (cosine 1.00)',
  ]);
  const masked = JSON.stringify(maskComparison(result, new Mask('00', []), new Map()));
  for (const secret of ['arbour', 'loud_voice', 'x/1"', 'did:plc']) expect(masked).not.toContain(secret);
});
