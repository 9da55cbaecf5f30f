import type { CitedPost, CoverageEntry, RoleEntry, Stage, TraceResult } from '../../src/analyses/trace/trace-result.ts';

const at = (minutes: number) => new Date(Date.UTC(2024, 4, 13, 18, minutes)).toISOString();

const post = (
  id: string,
  minutes: number,
  account: string | null,
  handle: string | null,
  name: string | null,
): CitedPost => ({
  post: id,
  platform: id.split('/')[0]!,
  account,
  handle,
  name,
  time: at(minutes),
  precisionMs: 1000,
  text: `text of ${id}`,
  permalink: null,
  file: 'posts.jsonl',
  line: 1,
});

const stage = (id: Stage['id'], minutes: number, of: string, account: string | null): Stage => ({
  id,
  time: at(minutes),
  earliest: at(minutes),
  latest: at(minutes),
  platform: of.split('/')[0]!,
  account,
  post: of,
  lagSeconds: minutes === 0 ? null : 60,
  method: `how ${id} is found`,
});

const coverage = (platform: string, tier: CoverageEntry['tier']): CoverageEntry => ({
  platform,
  tier,
  from: at(-600),
  to: at(600),
  posts: 50,
  storyPosts: 5,
  declared: true,
  spans: [[at(-600), at(600)]],
  loss: 0,
  gaps: [],
  capped: [],
  statement: 'Collected as declared by the analyst.',
});

const role = (account: string, name: RoleEntry['role'], handle: string, of: string): RoleEntry => ({
  account,
  platform: account.split('/')[0]!,
  handle,
  role: name,
  score: 0.6,
  low: 0.5,
  high: 0.7,
  significant: name !== 'participant',
  evidence: { storyPosts: 2, group: null },
  posts: [of],
});

/** A small traced story of invented posts: a board, a carrier on X, a channel, an outlet. Every call makes it anew. */
export function tracedExample(): TraceResult {
  const board = '4chan/b/1';
  const carried = 'x/p2';
  const channel = 'telegram/c/3';
  const item = 'news/https://courier.example/a';
  const end = (id: string, minutes: number, account: string | null, community: string | null) => ({
    post: id,
    platform: id.split('/')[0]!,
    account,
    time: at(minutes),
    community,
  });
  const bridge = {
    artifact: '4chan/b/1',
    kind: 'cites-thread' as const,
    from: end(board, 0, null, '4chan/anonymous'),
    to: end(carried, 10, 'x/11', 'community-1'),
    lagSeconds: 600,
    certain: true,
    byReshare: false,
  };
  return {
    story: 'ferry',
    query: '#ferry',
    version: '0.1.0/trace-test',
    options: { seed: 1 },
    window: { from: at(0), to: at(150) },
    posts: 40,
    accounts: 12,
    withoutTime: 0,
    coverage: [
      coverage('4chan', 'fringe'),
      coverage('telegram', 'fringe'),
      coverage('x', 'social'),
      coverage('news', 'mainstream'),
    ],
    notCollected: ['gab'],
    communities: {
      method: 'outside-story',
      statement: 'Communities come from who reshared whom outside the story.',
      count: 2,
      list: [
        {
          id: 'community-1',
          around: ['Quiet_Hub'],
          accounts: 6,
          posts: 20,
          platforms: [{ platform: 'x', posts: 20 }],
          firstPost: carried,
          firstTime: at(10),
          own: true,
          entry: {
            from: '4chan/anonymous',
            how: 'cites-thread',
            post: carried,
            time: at(10),
            account: 'x/11',
            sourcePost: board,
            lagSeconds: 600,
          },
        },
        {
          id: '4chan/anonymous',
          around: [],
          accounts: 0,
          posts: 4,
          platforms: [{ platform: '4chan', posts: 4 }],
          firstPost: board,
          firstTime: at(0),
          own: true,
          entry: null,
        },
      ],
    },
    stages: [
      stage('first-seen', 0, board, null),
      stage('crossing', 10, carried, 'x/11'),
      stage('crossing', 20, channel, 'telegram/9'),
      stage('mainstream', 120, item, 'news/courier.example'),
    ],
    artifacts: [],
    origin: {
      statement: `Origin candidate: ${board} on 4chan by an anonymous poster.`,
      leftEdgeClean: true,
      candidates: [
        {
          post: board,
          platform: '4chan',
          account: null,
          time: at(0),
          earliest: at(0),
          latest: at(0),
          probability: 1,
        },
      ],
    },
    bridges: [bridge],
    bridgeMatrix: [{ from: '4chan', to: 'x', bridges: 1, firstTime: at(10), lagSeconds: 600 }],
    communityBridges: [bridge],
    communityMatrix: [
      {
        from: '4chan/anonymous',
        to: 'community-1',
        bridges: 1,
        kinds: { 'cites-thread': 1 },
        reshares: 0,
        firstTime: at(10),
        firstPost: carried,
        lagSeconds: 600,
      },
    ],
    roles: [
      role('x/11', 'catalyst', 'Carrier_One', carried),
      role('news/courier.example', 'mainstream', 'The Courier', item),
      role('x/12', 'booster', 'Booster_Two', carried),
    ],
    roleCounts: [{ role: 'catalyst', accounts: 1, significant: 1, listed: 1 }],
    groups: [{ id: 'group-1', accounts: ['x/12', 'x/11'], pValue: 0.01, shareOfPosts: 0.2, posts: [carried] }],
    absent: [
      {
        account: 'x/99',
        name: 'Silent_Star',
        platform: 'x',
        verdict: 'absent',
        collectedPosts: 10,
        upperRate: 0.2,
        reason: 'Its own posts were collected.',
      },
    ],
    breakout: { category: 4, reasons: [{ text: 'A mainstream venue carried it.', posts: [item] }] },
    reshareRankings: [
      {
        crossing: `x ${at(10)}`,
        stage: 'crossing',
        platform: 'x',
        time: at(10),
        post: carried,
        before: [{ post: channel, account: 'telegram/9', reshares: 2 }],
        after: [{ post: carried, account: 'x/11', reshares: 7 }],
        resharesBefore: 2,
        resharesAfter: 7,
        accountsBefore: [{ account: 'telegram/9', posts: 1, reshares: 2 }],
      },
    ],
    concentration: { accounts: 12, top1: 0.1, top5: 0.1, top10: 0.2, gini: 0.4 },
    volume: ['4chan', 'x', 'telegram', 'news'].map((platform, place) => ({
      binStart: at(place * 10),
      binSeconds: 10,
      platform,
      posts: 3 + place,
    })),
    openingVolume: [],
    findings: [
      { text: `Origin candidate: ${board} on 4chan.`, method: 'origin', posts: [board] },
      {
        text: 'Carried across by Carrier_One; Hidden Channel had it next.',
        method: 'catalyst score',
        posts: [carried, channel],
      },
    ],
    caveats: ['Not a verdict.'],
    cited: [
      post(board, 0, null, null, null),
      post(carried, 10, 'x/11', 'Carrier_One', 'Carrier One'),
      post(channel, 20, 'telegram/9', null, 'Hidden Channel'),
      post(item, 120, 'news/courier.example', null, 'The Courier'),
    ],
  };
}
