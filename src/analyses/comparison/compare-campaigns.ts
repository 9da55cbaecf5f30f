import { hypergeometricUpperTail } from '../../base/hypergeometric.ts';
import { matchAccounts } from './account-candidates.ts';
import type { CampaignProfile } from './campaign-profile.ts';
import type {
  ComparedCampaign,
  Comparison,
  OverlapTest,
  PartInStory,
  RecurringAccount,
  ReturningGroup,
} from './comparison-result.ts';
import { comparisonSentence } from './comparison-sentence.ts';
import { matchedShapes } from './matched-shapes.ts';
import { sharedThings } from './shared-things.ts';

const groupP = 0.05;
const testedRoles = ['catalyst', 'booster'] as const;
const mostRecurring = 1000;
/** Fewer accounts in both collections say nothing of chance: they are the few that speak to everybody. */
const fewestSeenByBoth = 30;

/** Puts two or more traced stories side by side. The order of the profiles names them in the result. */
export function compareCampaigns(
  profiles: readonly CampaignProfile[],
  alignedAt: 'first-seen' | 'crossing',
): Comparison {
  const parts = profiles.map(partsOf);
  const pairs = profiles.flatMap((_, a) => profiles.slice(a + 1).map((__, at): [number, number] => [a, a + 1 + at]));
  const recurring = recurringAccounts(profiles, parts);
  const comparison: Comparison = {
    alignedAt,
    campaigns: profiles.map((profile) => describe(profile, alignedAt)),
    sentence: '',
    overlaps: adjusted(pairs.flatMap((pair) => overlapTests(profiles, parts, pair))),
    recurring: recurring.slice(0, mostRecurring),
    candidates: pairs.flatMap((pair) => matchAccounts(profiles, pair)).sort((x, y) => y.score - x.score),
    sharedOrder: pairs.map((pair) => sharedOrder(profiles, pair)),
    shapes: pairs.flatMap((pair) => matchedShapes(profiles, pair)),
    shared: sharedThings(profiles),
    groups: pairs.flatMap((pair) => returningGroups(profiles, pair)),
    caveats: [
      'An account that recurs took part in both stories; that does not say that somebody directed it.',
      'Candidates over platforms share handles, names, links or habits; names are common, so each is a question to look into, not an identity.',
      'Roles are tested within the accounts of a story: whether those that recur hold the role more often than others. What was not collected cannot recur.',
      'Accounts that speak for a public (outlets, channels) recur wherever their subject comes up.',
    ],
  };
  comparison.sentence = comparisonSentence(comparison);
  return comparison;
}

/** What each account did: the most telling role of the trace, membership in a significant group. */
function partsOf(profile: CampaignProfile, campaign: number): Map<string, PartInStory> {
  const groups = new Map(
    profile.trace.groups
      .filter((group) => group.pValue < groupP)
      .flatMap((group) => group.accounts.map((account): [string, string] => [account, group.id])),
  );
  const parts = new Map<string, PartInStory>();
  for (const one of profile.accounts)
    parts.set(one.account, {
      campaign,
      account: one.account,
      role: groups.has(one.account) ? 'booster' : 'participant',
      score: null,
      significant: groups.has(one.account),
      group: groups.get(one.account) ?? null,
      posts: one.posts,
      evidence: one.evidence,
    });
  const order = ['catalyst', 'influencer', 'mainstream', 'origin', 'booster', 'participant'];
  const rank = (role: string, significant: boolean) => (significant ? 0 : 10) + order.indexOf(role);
  for (const role of profile.trace.roles) {
    const part = parts.get(role.account);
    if (!part || role.role === 'participant' || rank(role.role, role.significant) > rank(part.role, part.significant))
      continue;
    Object.assign(part, {
      role: role.role,
      score: role.score,
      significant: role.significant,
      evidence: role.posts.length > 0 ? role.posts.slice(0, 5) : part.evidence,
    });
  }
  return parts;
}

function recurringAccounts(
  profiles: readonly CampaignProfile[],
  parts: readonly Map<string, PartInStory>[],
): RecurringAccount[] {
  const known = new Map(profiles.flatMap((profile) => profile.accounts.map((one) => [one.account, one] as const)));
  const found: RecurringAccount[] = [];
  for (const [account, one] of known) {
    const own = parts.flatMap((campaign) => campaign.get(account) ?? []);
    if (own.length >= 2) found.push({ account, platform: one.platform, handle: one.handle, parts: own });
  }
  const weight: Record<string, number> = {
    catalyst: 8,
    influencer: 6,
    booster: 4,
    origin: 3,
    mainstream: 2,
    participant: 0,
  };
  const telling = (one: RecurringAccount) =>
    one.parts.reduce((sum, part) => sum + (part.significant ? 3 : 1) * (weight[part.role] ?? 0), 0);
  return found.sort((x, y) => telling(y) - telling(x) || (x.account < y.account ? -1 : 1));
}

function overlapTests(
  profiles: readonly CampaignProfile[],
  parts: readonly Map<string, PartInStory>[],
  pair: [number, number],
): Omit<OverlapTest, 'adjusted'>[] {
  const [first, second] = pair.map((at) => profiles[at]!) as [CampaignProfile, CampaignProfile];
  const [a, b] = pair.map((at) => parts[at]!) as [Map<string, PartInStory>, Map<string, PartInStory>];
  const speaks = (account: string) =>
    account.startsWith('news/') || [a, b].some((side) => side.get(account)?.role === 'mainstream');
  const seenByBoth = [...first.collected].filter((account) => second.collected.has(account) && !speaks(account));
  const tests: Omit<OverlapTest, 'adjusted'>[] = [];
  if (seenByBoth.length >= fewestSeenByBoth)
    tests.push(
      test(
        pair,
        'accounts of the stories, among the accounts that both collections hold (outlets left out)',
        seenByBoth.length,
        seenByBoth.filter((one) => a.has(one)).length,
        seenByBoth.filter((one) => b.has(one)).length,
        seenByBoth.filter((one) => a.has(one) && b.has(one)).length,
      ),
    );
  for (const role of testedRoles) {
    const holds = (side: Map<string, PartInStory>, account: string) => {
      const part = side.get(account);
      return part !== undefined && part.role === role && part.significant;
    };
    const within = (side: Map<string, PartInStory>, other: Map<string, PartInStory>, name: string) => {
      const accounts = [...side.keys()];
      const again = accounts.filter((one) => other.has(one));
      return test(
        pair,
        `${role}s of ${name}, among its accounts that take part again`,
        accounts.length,
        accounts.filter((one) => holds(side, one)).length,
        again.length,
        again.filter((one) => holds(side, one)).length,
      );
    };
    const both = [within(a, b, first.label), within(b, a, second.label)];
    tests.push(both[0]!.pValue >= both[1]!.pValue ? both[0]! : both[1]!);
  }
  return tests;
}

function test(
  campaigns: [number, number],
  what: string,
  population: number,
  inFirst: number,
  inSecond: number,
  both: number,
): Omit<OverlapTest, 'adjusted'> {
  return {
    campaigns,
    what,
    population,
    inFirst,
    inSecond,
    both,
    expected: population === 0 ? 0 : (inFirst * inSecond) / population,
    pValue: both === 0 ? 1 : Math.min(1, hypergeometricUpperTail(both, population, inFirst, inSecond)),
  };
}

function adjusted(tests: Omit<OverlapTest, 'adjusted'>[]): OverlapTest[] {
  return tests.map((one) => ({ ...one, adjusted: Math.min(1, one.pValue * tests.length) }));
}

function describe(profile: CampaignProfile, alignedAt: 'first-seen' | 'crossing'): ComparedCampaign {
  const { trace } = profile;
  const anchor =
    trace.stages.find((stage) => stage.id === alignedAt) ?? trace.stages.find((stage) => stage.id === 'first-seen');
  const counts = new Map<string, Set<string>>();
  for (const role of trace.roles.filter((one) => one.significant && one.role !== 'participant'))
    counts.set(role.role, (counts.get(role.role) ?? new Set()).add(role.account));
  const order = trace.stages
    .filter((stage) => stage.id === 'first-seen' || stage.id === 'crossing')
    .sort((x, y) => (x.time < y.time ? -1 : 1));
  return {
    label: profile.label,
    case: profile.case,
    story: trace.story,
    version: trace.version,
    posts: trace.posts,
    accounts: trace.accounts,
    from: trace.window.from,
    to: trace.window.to,
    alignedAt: anchor ? { stage: anchor.id, time: anchor.time } : null,
    stages: trace.stages.map((stage) => ({
      id: stage.id,
      platform: stage.platform,
      time: stage.time,
      lagSeconds: anchor ? (Date.parse(stage.time) - Date.parse(anchor.time)) / 1000 : null,
      post: stage.post,
    })),
    platformOrder: [...new Set(order.map((stage) => stage.platform))],
    roles: [...counts].map(([role, accounts]) => ({
      role,
      accounts: accounts.size,
      shareOfAccounts: accounts.size / Math.max(1, trace.accounts),
    })),
    groupShareOfPosts: trace.groups
      .filter((group) => group.pValue < groupP)
      .reduce((sum, group) => sum + group.shareOfPosts, 0),
    concentration: {
      top1: trace.concentration.top1,
      top5: trace.concentration.top5,
      top10: trace.concentration.top10,
      gini: trace.concentration.gini,
    },
    breakout: trace.breakout.category,
    cascades: profile.cascades.length,
  };
}

function sharedOrder(profiles: readonly CampaignProfile[], pair: [number, number]) {
  const [a, b] = pair.map((at) => describe(profiles[at]!, 'first-seen').platformOrder) as [string[], string[]];
  const platforms = a.filter((one) => b.includes(one));
  return { campaigns: pair, platforms, same: platforms.join() === b.filter((one) => a.includes(one)).join() };
}

/** Groups that share more members than two sets of their sizes would among the accounts of both stories. */
function returningGroups(profiles: readonly CampaignProfile[], pair: [number, number]): ReturningGroup[] {
  const [first, second] = pair.map((at) => profiles[at]!) as [CampaignProfile, CampaignProfile];
  const population = new Set([...first.accounts, ...second.accounts].map((one) => one.account)).size;
  const found: ReturningGroup[] = [];
  for (const a of first.trace.groups.filter((group) => group.pValue < groupP))
    for (const b of second.trace.groups.filter((group) => group.pValue < groupP)) {
      const members = new Set(b.accounts);
      const both = a.accounts.filter((account) => members.has(account));
      if (both.length < 2) continue;
      const pValue = hypergeometricUpperTail(both.length, population, a.accounts.length, b.accounts.length);
      if (pValue < 0.01)
        found.push({
          campaigns: pair,
          groups: [a.id, b.id],
          sizes: [a.accounts.length, b.accounts.length],
          both,
          pValue,
        });
    }
  return found.sort((x, y) => x.pValue - y.pValue);
}
